package dev.millrace.engine.history;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.engine.live.LiveSnapshot.Series;
import java.util.List;

/// What the live state would have told of its last hours at a moment of the past.
///
/// @param series minute averages of one kind by place, in the order of the places' names
/// @param anomalies newest first, at most as many as asked for
/// @param counts all anomalies of the day before
public record Retrospect(List<Series> series, List<Anomaly> anomalies, List<AnomalyCount> counts) {

  public Retrospect {
    series = List.copyOf(series);
    anomalies = List.copyOf(anomalies);
    counts = List.copyOf(counts);
  }
}
