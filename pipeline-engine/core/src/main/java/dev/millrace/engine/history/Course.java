package dev.millrace.engine.history;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import java.util.List;

/// What one entity read over a span.
///
/// @param times event times in microseconds since 1970-01-01T00:00Z, ascending; read only
/// @param values beside `times`; read only
/// @param readings how many readings there were; more than points when they were reduced
/// @param anomalous how many of them are anomalies, by Silver, and by the live state where Silver
///   has not judged
/// @param anomalies those, or the gravest of each of many equal slots when they are many; in the
///   order of time
public record Course(
    String entity,
    String kind,
    String place,
    String unit,
    long[] times,
    double[] values,
    long readings,
    long anomalous,
    List<Anomaly> anomalies) {

  public Course {
    anomalies = List.copyOf(anomalies);
  }

  /// Of an entity that said nothing.
  static Course silent(String entity) {
    return new Course(entity, "", "", "", new long[0], new double[0], 0, 0, List.of());
  }
}
