package dev.millrace.views.heatmap;

import dev.millrace.engine.history.Course;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.History;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.views.heatmap.PlacePanel.Sensor;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells what is known of a place. Any thread may call.
final class PanelPlan {

  private static final int SLOTS = 60;
  private static final long SLOT_MICROS = 60_000_000;

  private PanelPlan() {}

  /// @param shown what is the case, now or then
  /// @param live where a day's series are
  /// @param course an entity's last hour
  static PlacePanel of(
      String place,
      String kind,
      LiveSnapshot shown,
      LiveSnapshot live,
      Function<String, double[]> course) {
    List<Latest> here =
        shown.latest().stream()
            .filter(l -> l.place().equals(place))
            .sorted(
                Comparator.comparing((Latest l) -> !l.kind().equals(kind))
                    .thenComparing(Latest::kind)
                    .thenComparing(Latest::entity, Names.NATURAL))
            .toList();
    if (here.isEmpty()) {
      return PlacePanel.NONE;
    }
    List<Sensor> sensors = new ArrayList<>();
    Map<String, Condition> stuck =
        shown.conditions().stream()
            .filter(condition -> condition.stuckFor() > 0)
            .collect(Collectors.toMap(Condition::entity, Function.identity()));
    double sum = 0;
    int heard = 0;
    int silent = 0;
    int anomalous = 0;
    String unit = "";
    for (Latest latest : here) {
      boolean quiet = Silence.of(latest, shown);
      silent += quiet ? 1 : 0;
      anomalous += !quiet && latest.anomalous() ? 1 : 0;
      if (latest.kind().equals(kind) && !quiet) {
        sum += latest.value();
        heard++;
        unit = latest.unit();
      }
      sensors.add(
          sensor(
              latest,
              quiet,
              Optional.ofNullable(stuck.get(latest.entity())),
              shown,
              course.apply(latest.entity())));
    }
    double value = heard == 0 ? Double.NaN : sum / heard;
    Optional<Series> series =
        live.series().stream()
            .filter(s -> s.kind().equals(kind) && s.place().equals(place))
            .findFirst();
    Optional<Usual> usual = series.flatMap(s -> Usual.of(s, Integer.MAX_VALUE));
    boolean far = usual.filter(u -> u.isFar(Usual.recent(series.orElseThrow()))).isPresent();
    Optional<Anomaly> anomaly =
        shown.anomalies().stream().filter(a -> a.place().equals(place)).findFirst();
    Tone tone =
        anomalous == 0
            ? far ? Tone.WARNING : Tone.MUTED
            : anomaly.map(Gravity::of).filter(g -> g == Gravity.CRITICAL).isPresent()
                ? Tone.BAD
                : Tone.WARNING;
    return new PlacePanel(
        place,
        Names.place(place),
        anomalous == 0 ? (far ? "far from usual" : "") : anomalous + " out of line",
        tone,
        heard == 0 ? "silent" : Figures.reading(value, unit),
        change(value, usual),
        changeTone(value, usual),
        usual
            .map(u -> "usual " + Figures.reading(u.low()) + " to " + Figures.reading(u.high()))
            .orElse(""),
        sensors.size() + " here" + (silent == 0 ? "" : ", " + silent + " silent"),
        sensors,
        anomaly);
  }

  private static Sensor sensor(
      Latest latest,
      boolean quiet,
      Optional<Condition> stuck,
      LiveSnapshot shown,
      double[] course) {
    String note = Names.spoken(latest.kind());
    if (quiet && !Double.isNaN(latest.value())) {
      Duration age = Duration.between(latest.time(), shown.newest().orElse(latest.time()));
      note = "Silent for " + Figures.age(age);
    } else if (quiet) {
      note += ", silent";
    } else if (stuck.isPresent()) {
      note = "Stuck, " + Figures.counted(stuck.get().stuckFor(), "time");
    }
    return new Sensor(
        latest.entity(),
        latest.kind(),
        note,
        course,
        quiet ? "none" : Figures.reading(latest.value(), latest.unit()),
        quiet
            ? Tone.MUTED
            : latest.anomalous() ? Tone.BAD : stuck.isPresent() ? Tone.WARNING : Tone.GOOD,
        latest.time());
  }

  private static String change(double value, Optional<Usual> usual) {
    if (usual.isEmpty() || Double.isNaN(value)) {
      return "";
    }
    String beyond = Figures.reading(usual.get().beyond(value));
    if (value > usual.get().high()) {
      return "+" + beyond + " above usual";
    }
    return value < usual.get().low() ? "−" + beyond + " below usual" : "as usual";
  }

  private static Tone changeTone(double value, Optional<Usual> usual) {
    if (usual.isEmpty() || Double.isNaN(value) || usual.get().beyond(value) == 0) {
      return Tone.MUTED;
    }
    return usual.get().isFar(value) ? Tone.BAD : Tone.WARNING;
  }

  /// Of a live history: minutes of the hour before a time, each as its last reading or step told.
  static double[] course(History history, Instant until) {
    double[] slots = new double[SLOTS];
    Arrays.fill(slots, Double.NaN);
    long end = micros(until);
    fill(slots, end, history.steps(), history.mean());
    fill(slots, end, history.times(), history.values());
    return carried(slots);
  }

  static double[] course(Course course, Instant until) {
    double[] slots = new double[SLOTS];
    Arrays.fill(slots, Double.NaN);
    fill(slots, micros(until), course.times(), course.values());
    return carried(slots);
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private static void fill(double[] slots, long end, long[] times, double[] values) {
    for (int i = 0; i < times.length; i++) {
      long ago = (end - times[i]) / SLOT_MICROS;
      if (ago >= 0 && ago < SLOTS) {
        slots[SLOTS - 1 - (int) ago] = values[i];
      }
    }
  }

  /// Empty minutes are as the one before; those before the first are left out.
  private static double[] carried(double[] slots) {
    int first = 0;
    while (first < slots.length && Double.isNaN(slots[first])) {
      first++;
    }
    double[] course = Arrays.copyOfRange(slots, first, slots.length);
    for (int i = 1; i < course.length; i++) {
      if (Double.isNaN(course[i])) {
        course[i] = course[i - 1];
      }
    }
    return course;
  }
}
