package dev.millrace.engine.live;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Immutable picture of what a feed's entities said last, with minute averages and anomalies of the
/// last 24 hours of event time.
///
/// @param newest newest event time seen, empty before the first event
/// @param latest one entry per entity, by entity name
/// @param series one per kind and place, by kind then place
/// @param anomalies newest first: the newest 300, and of each kind and five minutes the most
///   striking
/// @param anomalyCounts all anomalies, counted
/// @param eventsPerSecond events taken in per second over the last 120 seconds, oldest first
/// @param latencyP99Millis 99th percentile of event time to live state over the last minute, of
///   events not older than a minute, in milliseconds; 0 without on-time events
public record LiveSnapshot(
    Optional<Instant> newest,
    List<Latest> latest,
    List<Series> series,
    List<Anomaly> anomalies,
    List<AnomalyCount> anomalyCounts,
    double[] eventsPerSecond,
    double latencyP99Millis) {

  public static final LiveSnapshot EMPTY =
      new LiveSnapshot(
          Optional.empty(), List.of(), List.of(), List.of(), List.of(), new double[0], 0);

  public LiveSnapshot {
    latest = List.copyOf(latest);
    series = List.copyOf(series);
    anomalies = List.copyOf(anomalies);
    anomalyCounts = List.copyOf(anomalyCounts);
  }

  /// What one entity said last.
  ///
  /// @param place levels separated by `/`; empty when the feed has none
  public record Latest(
      String entity,
      String kind,
      String place,
      String unit,
      double value,
      Instant time,
      boolean anomalous) {}

  /// Minute averages of one kind at one place; `minutes` are epoch minutes, ascending, minutes
  /// without a reading left out. The arrays are shared: read only.
  public record Series(
      String kind,
      String place,
      String unit,
      long[] minutes,
      double[] mean,
      double[] low,
      double[] high) {}

  /// A reading out of its range or far from its entity's last 60 readings.
  ///
  /// @param reason `RANGE`, `ZSCORE` or `RANGE+ZSCORE`
  /// @param score distance from the rolling mean in standard deviations; NaN when only out of range
  public record Anomaly(
      Instant time,
      String entity,
      String kind,
      String place,
      String unit,
      double value,
      String reason,
      double score) {}

  /// Anomalies of one kind and reason, counted by the hour (UTC) of their event time.
  ///
  /// @param perHour 24 counts, oldest first; the last is of the hour the newest event lies in.
  ///   Shared: read only
  public record AnomalyCount(String kind, String reason, long[] perHour) {

    public long total() {
      return Arrays.stream(perHour).sum();
    }
  }
}
