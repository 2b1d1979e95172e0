package dev.millrace.views.overview;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.views.charts.TimelinePicture;
import dev.millrace.views.charts.TimelinePicture.Detail;
import dev.millrace.views.charts.TimelinePicture.Mark;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Puts the anomalies of a span on lanes. Any thread may call.
final class TimelinePlan {

  private static final double GRAVE = 6;
  private static final double NOTABLE = 4;
  private static final double LEAST = 3;

  private TimelinePlan() {}

  /// @param kinds all kinds, so that a lane without an anomaly is told too
  static TimelinePicture picture(
      LiveSnapshot live, TimelineLanes by, TrendRange range, List<String> kinds, Clock clock) {
    if (live.newest().isEmpty()) {
      return TimelinePicture.EMPTY;
    }
    Instant newest = live.newest().get();
    long to = newest.getEpochSecond() / 60 + 1;
    long from = to - range.minutes();
    List<String> keys = keys(live, by, kinds);
    long[] counts = counts(live, by, range, keys);
    List<Mark> marks = new ArrayList<>();
    for (Anomaly anomaly : live.anomalies()) {
      double minute = anomaly.time().toEpochMilli() / 60_000.0;
      int lane = keys.indexOf(by == TimelineLanes.KIND ? anomaly.kind() : anomaly.reason());
      if (minute < from || minute > to || lane < 0) {
        continue;
      }
      marks.add(
          new Mark(
              lane, minute, weight(anomaly), tone(anomaly), new Words(anomaly, clock, newest)));
    }
    marks.sort(Comparator.comparingDouble(Mark::weight));
    return new TimelinePicture(
        keys.stream().map(by == TimelineLanes.KIND ? Names::spoken : TimelinePlan::reason).toList(),
        java.util.Arrays.stream(counts).boxed().toList(),
        marks,
        from,
        to);
  }

  /// Of all anomalies, the hours that the range touches.
  private static long[] counts(
      LiveSnapshot live, TimelineLanes by, TrendRange range, List<String> keys) {
    long[] counts = new long[keys.size()];
    for (AnomalyCount count : live.anomalyCounts()) {
      int lane = keys.indexOf(by == TimelineLanes.KIND ? count.kind() : count.reason());
      if (lane >= 0) {
        long[] hours = count.perHour();
        int touched = Math.min(hours.length, range.minutes() / 60);
        for (int hour = hours.length - touched; hour < hours.length; hour++) {
          counts[lane] += hours[hour];
        }
      }
    }
    return counts;
  }

  private static List<String> keys(LiveSnapshot live, TimelineLanes by, List<String> kinds) {
    if (by == TimelineLanes.KIND) {
      return kinds;
    }
    TreeSet<String> reasons = new TreeSet<>(List.of("RANGE", "ZSCORE", "RANGE+ZSCORE"));
    live.anomalyCounts().forEach(count -> reasons.add(count.reason()));
    return List.copyOf(reasons);
  }

  /// An anomaly's reason in words.
  static String reason(String reason) {
    return switch (reason) {
      case "RANGE" -> "Out of range";
      case "ZSCORE" -> "Z-score";
      case "RANGE+ZSCORE" -> "Both";
      default -> Names.spoken(reason);
    };
  }

  private static double weight(Anomaly anomaly) {
    double score = Math.abs(anomaly.score());
    return Double.isNaN(score) ? 1 : Math.clamp((score - LEAST) / 7, 0.08, 1);
  }

  private static Tone tone(Anomaly anomaly) {
    double score = Math.abs(anomaly.score());
    if (anomaly.reason().contains("RANGE") || score >= GRAVE) {
      return Tone.BAD;
    }
    return score >= NOTABLE ? Tone.WARNING : Tone.ACCENT;
  }

  private record Words(Anomaly anomaly, Clock clock, Instant now) implements Detail {
    @Override
    public String text() {
      String score =
          Double.isNaN(anomaly.score()) ? "" : "   z-score " + Figures.reading(anomaly.score());
      return anomaly.entity()
          + "   "
          + Figures.reading(anomaly.value(), anomaly.unit())
          + "\n"
          + Names.place(anomaly.place())
          + " · "
          + Names.spoken(anomaly.kind())
          + "\n"
          + reason(anomaly.reason())
          + score
          + "\n"
          + clock.second(anomaly.time(), now)
          + " "
          + clock.zoneName(anomaly.time());
    }
  }
}
