package dev.millrace.views.trends;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.charts.TrendPicture;
import java.util.List;

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

  Pane over(long from, long to) {
    return new Pane(kind, picture.over(from, to), entities, times, anomalies);
  }
}
