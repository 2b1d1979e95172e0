package dev.millrace.simulator;

/// How often a fault is the cause of an anomalous reading.
///
/// @param part weight among the others, above 0
/// @param shortest readings in a row, at least 1
/// @param longest readings in a row
public record FaultMix(Fault fault, double part, int shortest, int longest) {

  double meanReadings() {
    return (shortest + longest) / 2.0;
  }
}
