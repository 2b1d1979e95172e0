package dev.millrace.app.bench;

import java.util.List;

/// What one measure of the live bench came to; latencies in milliseconds.
///
/// @param events whose latency was measured
/// @param cpuShare CPU of the process by the clock, in cores
/// @param seconds it was measured for
/// @param rssMegabytes resident memory at the end; 0 where the system does not tell
/// @param minutes of a long run
public record LiveSample(
    LiveMeasure measure,
    long rate,
    long events,
    double seconds,
    double p50,
    double p99,
    double max,
    double cpuShare,
    double rssMegabytes,
    List<Minute> minutes) {

  /// One minute of a long run.
  ///
  /// @param rssMegabytes resident memory; 0 where the system does not tell
  /// @param heapMegabytes live heap after the last collection; 0 before the first
  public record Minute(
      int number,
      long eventsPerSecond,
      double p99,
      double cpuShare,
      double rssMegabytes,
      double heapMegabytes) {}
}
