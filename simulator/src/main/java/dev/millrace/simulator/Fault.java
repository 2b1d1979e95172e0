package dev.millrace.simulator;

/// How a sensor fails.
public enum Fault {
  /// Repeats its last value.
  STUCK,
  /// Jumps far out for single readings.
  SPIKE,
  /// Wanders away from the truth.
  DRIFT,
  /// Leaves out readings at random.
  DROPOUT,
  /// Sends nothing.
  OFFLINE
}
