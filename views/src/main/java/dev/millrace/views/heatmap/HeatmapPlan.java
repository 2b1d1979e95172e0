package dev.millrace.views.overview;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.views.charts.HeatmapPicture;
import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.charts.Ticks;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Lays one kind's latest readings out by place. FX thread only.
///
/// The grid holds every place of the feed, so that it stays the same from kind to kind; the scale
/// of a kind comes from its last 24 hours and is looked at anew each ten seconds, so that colours
/// keep their meaning while a person looks.
final class HeatmapPlan {

  private static final Duration SCALE_AGE = Duration.ofSeconds(10);
  private static final int MOST_SAMPLES = 4_000;
  private static final int MOST_LINES = 8;

  private final Clock clock;
  private final Map<String, Scale> scales = new HashMap<>();
  private Set<String> gridOf = Set.of();
  private PlaceGrid grid = PlaceGrid.of(Set.of());

  private record Scale(double low, double high, Instant at) {}

  HeatmapPlan(Clock clock) {
    this.clock = clock;
  }

  /// @param number the kind's number among all kinds, for its colours
  /// @param chosen places whose trend is on show
  HeatmapPicture picture(
      LiveSnapshot live, String kind, int number, Set<String> chosen, Instant now) {
    Map<String, List<Latest>> byPlace = new TreeMap<>();
    Set<String> places = new java.util.HashSet<>();
    String unit = "";
    for (Latest latest : live.latest()) {
      places.add(latest.place());
      if (latest.kind().equals(kind)) {
        byPlace.computeIfAbsent(latest.place(), _ -> new ArrayList<>()).add(latest);
        unit = latest.unit();
      }
    }
    if (!places.equals(gridOf)) {
      gridOf = places;
      grid = PlaceGrid.of(places);
    }
    Scale scale = scale(live, kind, now);
    List<Cell> cells = new ArrayList<>(byPlace.size());
    byPlace.forEach((place, here) -> cells.add(cell(place, here, live, chosen, now)));
    return new HeatmapPicture(
        grid.rows(),
        grid.columns(),
        grid.rowCount(),
        grid.columnCount(),
        cells,
        scale.low(),
        scale.high(),
        unit,
        scaleFor(unit, number));
  }

  /// Warm colours for temperatures, water for shares; the other kinds take turns.
  private static int scaleFor(String unit, int number) {
    return switch (unit) {
      case "°C", "°F", "K" -> 0;
      case "%" -> 1;
      default -> 2 + Math.floorMod(number + 1, 2);
    };
  }

  private Cell cell(
      String place, List<Latest> here, LiveSnapshot live, Set<String> chosen, Instant now) {
    double sum = 0;
    int heard = 0;
    boolean anomalous = false;
    for (Latest latest : here) {
      if (!Kpis.silent(latest, live)) {
        sum += latest.value();
        heard++;
        anomalous |= latest.anomalous();
      }
    }
    double value = heard == 0 ? Double.NaN : sum / heard;
    PlaceGrid.At at = grid.places().getOrDefault(place, new PlaceGrid.At(0, 0));
    return new Cell(
        place,
        grid.named() ? "" : Names.place(place),
        at.row(),
        at.column(),
        value,
        heard == 0 ? "silent" : Figures.reading(value),
        anomalous,
        heard == 0,
        chosen.contains(place),
        detail(place, here, live, now));
  }

  private String detail(String place, List<Latest> here, LiveSnapshot live, Instant now) {
    StringBuilder text = new StringBuilder(Names.place(place));
    for (Latest latest : here.subList(0, Math.min(MOST_LINES, here.size()))) {
      text.append('\n')
          .append(latest.entity())
          .append("   ")
          .append(Figures.reading(latest.value(), latest.unit()))
          .append("   ")
          .append(clock.second(latest.time(), now));
      if (latest.anomalous()) {
        text.append("   anomaly");
      } else if (Kpis.silent(latest, live)) {
        text.append("   silent");
      }
    }
    if (here.size() > MOST_LINES) {
      text.append("\nand ").append(here.size() - MOST_LINES).append(" more");
    }
    return text.append('\n').append("Times in ").append(clock.zoneName(now)).toString();
  }

  private Scale scale(LiveSnapshot live, String kind, Instant now) {
    Scale known = scales.get(kind);
    if (known == null || Duration.between(known.at(), now).compareTo(SCALE_AGE) > 0) {
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
        if (latest.kind().equals(kind) && !latest.anomalous()) {
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
