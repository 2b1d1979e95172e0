package dev.millrace.views.heatmap;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.views.charts.HeatmapPicture;
import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.charts.Ticks;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Lays one kind's latest readings out by place. FX thread only.
///
/// The grid holds every place of the feed, so that it stays the same from kind to kind; the scale
/// of a kind comes from its last 24 hours and is looked at anew each ten seconds, so that colours
/// keep their meaning while a person looks.
public final class HeatmapPlan {

  private static final Duration SCALE_AGE = Duration.ofSeconds(10);
  private static final int MOST_SAMPLES = 4_000;
  private static final int MOST_LINES = 8;
  private static final int LEAST_ANOMALIES = 4;

  /// Number of the scale for shares, from bad to good.
  private static final int SHARES = 4;

  private static final int EMBER = 3;

  private final Clock clock;
  private final Map<String, Scale> scales = new HashMap<>();
  private final FarFromUsual far = new FarFromUsual();
  private Set<String> gridOf = Set.of();
  private PlaceGrid grid = PlaceGrid.of(Set.of());
  private boolean numbers = true;

  private record Scale(double low, double high, Instant at) {}

  /// What is at one place: those who measure the kind there.
  private record Here(String place, List<Latest> latest, List<Condition> conditions) {}

  public HeatmapPlan(Clock clock) {
    this.clock = clock;
  }

  /// Whether cells tell their value in figures.
  public void numbers(boolean next) {
    numbers = next;
  }

  /// @param number the kind's number among all kinds, for its colours
  /// @param chosen places whose trend is on show
  public HeatmapPicture picture(
      LiveSnapshot live,
      String kind,
      int number,
      Measure measure,
      Set<String> chosen,
      Instant now) {
    Map<String, Here> byPlace = new TreeMap<>();
    Set<String> places = new java.util.HashSet<>();
    String unit = "";
    boolean told = live.conditions().size() == live.latest().size();
    for (int i = 0; i < live.latest().size(); i++) {
      Latest latest = live.latest().get(i);
      places.add(latest.place());
      if (latest.kind().equals(kind)) {
        Here here =
            byPlace.computeIfAbsent(
                latest.place(), p -> new Here(p, new ArrayList<>(), new ArrayList<>()));
        here.latest().add(latest);
        if (told) {
          here.conditions().add(live.conditions().get(i));
        }
        unit = latest.unit();
      }
    }
    if (!places.equals(gridOf)) {
      gridOf = places;
      grid = PlaceGrid.of(places);
    }
    Map<String, Gravity> gravities = gravities(live);
    List<Cell> cells = new ArrayList<>(byPlace.size());
    Map<String, String> drifted = far.of(live, kind, now);
    byPlace.forEach(
        (place, here) ->
            cells.add(
                cell(
                    here,
                    live,
                    measure,
                    gravities,
                    Optional.ofNullable(drifted.get(place)),
                    chosen,
                    now)));
    Scale scale =
        switch (measure) {
          case VALUE -> scale(live, kind, now);
          case ANOMALIES ->
              new Scale(
                  0,
                  Math.max(
                      LEAST_ANOMALIES,
                      cells.stream().mapToDouble(Cell::value).filter(v -> v >= 0).max().orElse(0)),
                  now);
          case HEALTH, FRESHNESS -> new Scale(0, 100, now);
        };
    return new HeatmapPicture(
        grid.rows(),
        grid.columns(),
        grid.rowCount(),
        grid.columnCount(),
        cells,
        scale.low(),
        scale.high(),
        switch (measure) {
          case VALUE -> unit;
          case ANOMALIES -> "in 5 min";
          case HEALTH, FRESHNESS -> "%";
        },
        switch (measure) {
          case VALUE -> scaleFor(unit, number);
          case ANOMALIES -> EMBER;
          case HEALTH, FRESHNESS -> SHARES;
        },
        numbers);
  }

  /// Warm colours for temperatures, water for shares; the other kinds take turns.
  private static int scaleFor(String unit, int number) {
    return switch (unit) {
      case "°C", "°F", "K" -> 0;
      case "%" -> 1;
      default -> 2 + Math.floorMod(number + 1, 2);
    };
  }

  /// Of each entity's newest anomaly that is kept.
  private static Map<String, Gravity> gravities(LiveSnapshot live) {
    Map<String, Gravity> gravities = new HashMap<>();
    for (Anomaly anomaly : live.anomalies()) {
      gravities.putIfAbsent(anomaly.entity(), Gravity.of(anomaly));
    }
    return gravities;
  }

  private Cell cell(
      Here here,
      LiveSnapshot live,
      Measure measure,
      Map<String, Gravity> gravities,
      Optional<String> drifted,
      Set<String> chosen,
      Instant now) {
    int heard = 0;
    Tone mark = drifted.isPresent() ? Tone.WARNING : Tone.MUTED;
    for (Latest latest : here.latest()) {
      if (!Silence.of(latest, live)) {
        heard++;
        if (latest.anomalous() && mark != Tone.BAD) {
          mark = gravities.get(latest.entity()) == Gravity.CRITICAL ? Tone.BAD : Tone.WARNING;
        }
      }
    }
    double value = heard == 0 && measure == Measure.VALUE ? Double.NaN : value(here, live, measure);
    boolean silent = Double.isNaN(value);
    PlaceGrid.At at = grid.places().getOrDefault(here.place(), new PlaceGrid.At(0, 0));
    return new Cell(
        here.place(),
        grid.named() ? "" : Names.place(here.place()),
        at.row(),
        at.column(),
        value,
        silent ? "silent" : text(value, measure),
        mark,
        silent,
        chosen.contains(here.place()),
        () -> detail(here, live, measure, value, now) + drifted.map(d -> "\n" + d).orElse(""));
  }

  private static String text(double value, Measure measure) {
    return measure == Measure.VALUE ? Figures.reading(value) : Figures.count(Math.round(value));
  }

  /// NaN where nothing tells.
  private static double value(Here here, LiveSnapshot live, Measure measure) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < here.latest().size(); i++) {
      Latest latest = here.latest().get(i);
      Condition condition = i < here.conditions().size() ? here.conditions().get(i) : null;
      boolean silent = Silence.of(latest, live);
      if (measure == Measure.VALUE) {
        if (silent) {
          continue;
        }
        sum += latest.value();
      } else if (condition != null) {
        sum +=
            switch (measure) {
              case VALUE -> latest.value();
              case ANOMALIES -> condition.fiveMinutes().anomalies();
              case HEALTH -> 100 * condition.health();
              case FRESHNESS -> 100 * condition.freshness();
            };
      } else {
        continue;
      }
      count++;
    }
    if (count == 0) {
      return Double.NaN;
    }
    return measure == Measure.ANOMALIES ? sum : sum / count;
  }

  private String detail(Here here, LiveSnapshot live, Measure measure, double value, Instant now) {
    StringBuilder text = new StringBuilder(Names.place(here.place()));
    if (measure != Measure.VALUE && !Double.isNaN(value)) {
      text.append("   ")
          .append(
              measure == Measure.ANOMALIES
                  ? Figures.counted(Math.round(value), "anomaly") + " in 5 min"
                  : measure.words() + " " + Figures.percent(value));
    }
    List<Latest> shown = here.latest();
    for (int i = 0; i < Math.min(MOST_LINES, shown.size()); i++) {
      Latest latest = shown.get(i);
      text.append('\n').append(latest.entity()).append("   ");
      if (Double.isNaN(latest.value())) {
        text.append("not heard yet");
        continue;
      }
      text.append(Figures.reading(latest.value(), latest.unit()))
          .append("   ")
          .append(clock.second(latest.time(), now));
      if (Silence.of(latest, live)) {
        text.append("   silent");
      } else if (i < here.conditions().size() && here.conditions().get(i).stuckFor() > 0) {
        text.append("   ").append(stuck(here.conditions().get(i)));
      } else if (latest.anomalous()) {
        text.append("   anomaly");
      }
    }
    if (shown.size() > MOST_LINES) {
      text.append("\nand ").append(shown.size() - MOST_LINES).append(" more");
    }
    return text.append('\n').append("Times in ").append(clock.zoneName(now)).toString();
  }

  /// Words for each that says the same again and again, by entity. Any thread may call.
  public static Map<String, String> stuck(LiveSnapshot live) {
    return live.conditions().stream()
        .filter(condition -> condition.stuckFor() > 0)
        .collect(Collectors.toMap(Condition::entity, HeatmapPlan::stuck));
  }

  /// Words for one that says the same again and again.
  static String stuck(Condition condition) {
    return "stuck: " + Figures.count(condition.stuckFor()) + " times the same";
  }

  private Scale scale(LiveSnapshot live, String kind, Instant now) {
    Scale known = scales.get(kind);
    boolean old = known != null && Duration.between(known.at(), now).abs().compareTo(SCALE_AGE) > 0;
    // A moment of the past has no series: colours keep the meaning they have live.
    if (known == null || (old && !live.series().isEmpty())) {
      known = measure(live, kind, now);
      scales.put(kind, known);
    }
    return known;
  }

  private static Scale measure(LiveSnapshot live, String kind, Instant now) {
    int points = 0;
    for (Series series : live.series()) {
      points += series.kind().equals(kind) ? series.mean().length : 0;
    }
    double[] sample = new double[MOST_SAMPLES + live.latest().size()];
    int taken = 0;
    if (points > 0) {
      double every = Math.max(1.0, points / (double) MOST_SAMPLES);
      double next = 0;
      int at = 0;
      for (Series series : live.series()) {
        if (!series.kind().equals(kind)) {
          continue;
        }
        for (double value : series.mean()) {
          if (at++ >= next && taken < MOST_SAMPLES) {
            sample[taken++] = value;
            next += every;
          }
        }
      }
    } else {
      for (Latest latest : live.latest()) {
        if (latest.kind().equals(kind) && !latest.anomalous() && !Double.isNaN(latest.value())) {
          sample[taken++] = latest.value();
        }
      }
    }
    if (taken == 0) {
      return new Scale(0, 1, now);
    }
    Arrays.sort(sample, 0, taken);
    double[] ticks = Ticks.around(sample[(int) (taken * 0.02)], sample[(int) (taken * 0.98)], 8);
    return new Scale(ticks[0], ticks[ticks.length - 1], now);
  }
}
