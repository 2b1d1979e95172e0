package dev.millrace.engine.transform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What Silver must hold, written plainly.
final class SilverReference {

  /// @param zScore NaN when there is none
  /// @param reason empty when it is no anomaly
  record Judged(Reading reading, double zScore, String reason) {

    String key() {
      return reading.requiredSensor() + "@" + reading.requiredEventMicros();
    }
  }

  private static final Map<String, double[]> RANGES =
      Map.of(
          "temperature", new double[] {-40, 85},
          "humidity", new double[] {0, 100},
          "pressure", new double[] {800, 1200},
          "vibration", new double[] {0, 50});

  private SilverReference() {}

  /// By key.
  static Map<String, Judged> of(List<Reading> bronze) {
    Comparator<Reading> age =
        Comparator.comparingLong(Reading::ingestionMicros)
            .thenComparingInt(Reading::partition)
            .thenComparingLong(Reading::offset);
    Map<String, TreeMap<Long, Reading>> bySensor = new TreeMap<>();
    for (Reading reading : bronze) {
      if (reading.complete()) {
        bySensor
            .computeIfAbsent(reading.requiredSensor(), _ -> new TreeMap<>())
            .merge(reading.requiredEventMicros(), reading, (a, b) -> age.compare(a, b) > 0 ? a : b);
      }
    }
    Map<String, Judged> silver = new TreeMap<>();
    for (TreeMap<Long, Reading> readings : bySensor.values()) {
      List<Reading> before = new ArrayList<>();
      for (Reading reading : readings.values()) {
        Judged judged =
            judge(reading, before.subList(Math.max(0, before.size() - 60), before.size()));
        silver.put(judged.key(), judged);
        before.add(reading);
      }
    }
    return silver;
  }

  private static Judged judge(Reading reading, List<Reading> window) {
    double value = reading.requiredValue();
    double zScore = Double.NaN;
    if (window.size() >= 10) {
      double mean = window.stream().mapToDouble(Reading::requiredValue).average().orElseThrow();
      double squares =
          window.stream()
              .mapToDouble(r -> (r.requiredValue() - mean) * (r.requiredValue() - mean))
              .sum();
      double deviation = Math.sqrt(squares / (window.size() - 1));
      if (deviation > 1e-9 * Math.max(1, Math.abs(mean))) {
        zScore = (value - mean) / deviation;
      }
    }
    double[] range = RANGES.get(reading.requiredKind());
    boolean outOfRange = range != null && (value < range[0] || value > range[1]);
    boolean outOfLine = Math.abs(zScore) > 4;
    String reason =
        outOfRange && outOfLine ? "RANGE+ZSCORE" : outOfRange ? "RANGE" : outOfLine ? "ZSCORE" : "";
    return new Judged(reading, zScore, reason);
  }
}
