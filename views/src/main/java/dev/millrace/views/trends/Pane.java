package dev.millrace.views.trends;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.charts.TrendPicture.Mark;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The lines of one kind.
///
/// @param entities of the picture's lines, in their order
/// @param times of the lines' points in microseconds, beside the picture's; read only
/// @param anomalies of the picture's marks, in their order
record Pane(
    String kind,
    TrendPicture picture,
    List<String> entities,
    List<long[]> times,
    List<Anomaly> anomalies) {

  /// Which reading a point stands for.
  record Point(String entity, Instant time) {}

  Pane over(long from, long to) {
    return new Pane(kind, picture.over(from, to), entities, times, anomalies);
  }

  Optional<Point> of(Mark mark) {
    int at = picture.marks().indexOf(mark);
    return at < 0
        ? Optional.empty()
        : Optional.of(new Point(anomalies.get(at).entity(), anomalies.get(at).time()));
  }

  /// The point nearest to a time, of whichever line.
  ///
  /// @param millis since the epoch
  Optional<Point> nearest(long millis) {
    long wanted = millis * 1_000;
    Optional<Point> found = Optional.empty();
    long best = Long.MAX_VALUE;
    for (int line = 0; line < times.size(); line++) {
      long[] points = times.get(line);
      int at = Arrays.binarySearch(points, wanted);
      int before = at >= 0 ? at : Math.max(0, -at - 2);
      for (int i = before; i <= before + 1 && i < points.length; i++) {
        if (Math.abs(points[i] - wanted) < best) {
          best = Math.abs(points[i] - wanted);
          found = Optional.of(new Point(entities.get(line), Lines.instant(points[i])));
        }
      }
    }
    return found;
  }
}
