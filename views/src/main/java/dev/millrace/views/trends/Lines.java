package dev.millrace.views.trends;

import dev.millrace.engine.history.Course;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.History;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.pipeline.ValueRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One entity's points: what the lake tells, then what is live since. Times are microseconds; the
/// arrays are read only.
record Lines(long[] micros, long[] millis, double[] values, List<Anomaly> anomalies) {

  /// Reason of a live anomaly that lies within its range: out of line, by how much Silver tells.
  static final String UNJUDGED = "";

  /// @param latest of the entity, for anomalies that are live
  /// @param range of its kind, by which those are told out of range or not
  /// @param until what is later than this, in microseconds, is left out
  static Lines of(
      Optional<Course> course,
      Optional<History> live,
      Latest latest,
      Optional<ValueRange> range,
      long until) {
    long[] times = course.map(Course::times).orElseGet(() -> new long[0]);
    double[] values = course.map(Course::values).orElseGet(() -> new double[0]);
    List<Anomaly> anomalies = new ArrayList<>(course.map(Course::anomalies).orElseGet(List::of));
    if (times.length > 0 && times[times.length - 1] > until) {
      int shown = to(times, until);
      times = Arrays.copyOf(times, shown);
      values = Arrays.copyOf(values, shown);
      Instant end = instant(until);
      anomalies.removeIf(anomaly -> anomaly.time().isAfter(end));
    }
    if (live.isPresent()) {
      History since = live.get();
      long last = times.length == 0 ? Long.MIN_VALUE : times[times.length - 1];
      Tail tail = times.length == 0 ? Tail.whole(since) : Tail.after(since, last);
      int from = tail.from(last);
      int to = tail.to(until);
      int added = Math.max(0, to - from);
      int length = times.length;
      times = Arrays.copyOf(times, length + added);
      values = Arrays.copyOf(values, length + added);
      for (int i = 0; i < added; i++) {
        times[length + i] = tail.times()[from + i];
        values[length + i] = tail.values()[from + i];
        if (tail.anomalous()[from + i]) {
          double value = values[length + i];
          anomalies.add(
              new Anomaly(
                  instant(times[length + i]),
                  since.entity(),
                  latest.kind(),
                  latest.place(),
                  latest.unit(),
                  value,
                  range.filter(r -> !r.holds(value)).map(_ -> "RANGE").orElse(UNJUDGED),
                  Double.NaN));
        }
      }
    }
    long[] millis = new long[times.length];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = Math.floorDiv(times[i], 1_000L);
    }
    return new Lines(times, millis, values, anomalies);
  }

  /// How many of ascending times are no later than one.
  private static int to(long[] times, long until) {
    int i = times.length;
    while (i > 0 && times[i - 1] > until) {
      i--;
    }
    return i;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  /// What is live, as one row of points.
  private record Tail(long[] times, double[] values, boolean[] anomalous) {

    static Tail after(History live, long last) {
      boolean gap = live.times().length > 0 && live.times()[0] > last + 1;
      return gap ? whole(live) : new Tail(live.times(), live.values(), live.anomalous());
    }

    /// Steps of five minutes, and readings since the last of them.
    static Tail whole(History live) {
      long first = live.times().length == 0 ? Long.MAX_VALUE : live.times()[0];
      int steps = 0;
      while (steps < live.steps().length && live.steps()[steps] < first) {
        steps++;
      }
      int length = steps + live.times().length;
      long[] times = Arrays.copyOf(live.steps(), length);
      double[] values = Arrays.copyOf(live.mean(), length);
      boolean[] anomalous = new boolean[length];
      System.arraycopy(live.times(), 0, times, steps, live.times().length);
      System.arraycopy(live.values(), 0, values, steps, live.times().length);
      System.arraycopy(live.anomalous(), 0, anomalous, steps, live.times().length);
      return new Tail(times, values, anomalous);
    }

    int from(long last) {
      int i = 0;
      while (i < times.length && times[i] <= last) {
        i++;
      }
      return i;
    }

    int to(long until) {
      return Lines.to(times, until);
    }
  }
}
