package dev.millrace.app.bench;

import java.util.Map;

/// What one measure came to.
///
/// @param wallSeconds from the first work on events to the last
/// @param cpuSeconds of the whole process, its start and its compiler threads included, its
///   preparation left out
/// @param cpuByPart seconds of CPU by what they went to; sums to `cpuSeconds` but for rounding
public record Sample(
    Measure measure,
    long events,
    double wallSeconds,
    double cpuSeconds,
    Map<String, Double> cpuByPart) {

  public double perCpuSecond() {
    return events / cpuSeconds;
  }

  public double perWallSecond() {
    return events / wallSeconds;
  }
}
