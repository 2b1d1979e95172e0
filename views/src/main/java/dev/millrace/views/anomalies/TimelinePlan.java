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
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Puts the anomalies of a span on lanes. Any thread may call.
final class TimelinePlan {

  /// Score from which a reading is an anomaly, one that stands out, and one beyond which none is
  /// larger.
  private static final double LEAST = 4;

  private static final double NOTABLE = 8;
  private static final double MOST = 150;

  /// As many marks are shown one by one; more are thinned to the heaviest of each slot.
  private static final int FEW = 200;

  private static final int SLOTS = 44;

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
    return new TimelinePicture(
        keys.stream().map(by == TimelineLanes.KIND ? Names::spoken : TimelinePlan::reason).toList(),
        Arrays.stream(counts).boxed().toList(),
        thinned(marks, from, to),
        from,
        to);
  }

  /// The heaviest mark of each lane and slot, lightest first, so that a full day stays readable.
  private static List<Mark> thinned(List<Mark> marks, long from, long to) {
    if (marks.size() <= FEW) {
      marks.sort(Comparator.comparingDouble(Mark::weight));
      return marks;
    }
    Map<List<Integer>, Mark> heaviest = new LinkedHashMap<>();
    for (Mark mark : marks) {
      int slot = (int) ((mark.minute() - from) / (to - from) * SLOTS);
      heaviest.merge(List.of(mark.lane(), slot), mark, (a, b) -> a.weight() >= b.weight() ? a : b);
    }
    return heaviest.values().stream().sorted(Comparator.comparingDouble(Mark::weight)).toList();
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

  /// Grows with the logarithm of the score: scores of a quiet sensor reach the hundreds.
  private static double weight(Anomaly anomaly) {
    double score = Math.abs(anomaly.score());
    if (Double.isNaN(score)) {
      return 0.6;
    }
    return Math.clamp(Math.log(score / LEAST) / Math.log(MOST / LEAST), 0.08, 1);
  }

  private static Tone tone(Anomaly anomaly) {
    if (anomaly.reason().contains("RANGE")) {
      return Tone.BAD;
    }
    return Math.abs(anomaly.score()) >= NOTABLE ? Tone.WARNING : Tone.ACCENT;
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
