package dev.millrace.simulator;

import java.util.Locale;

/// What the simulator did to an event.
public enum TruthKind {
  STUCK,
  SPIKE,
  DRIFT,
  /// Withheld.
  DROPOUT,
  /// Withheld.
  OFFLINE,
  MALFORMED,
  LATE,
  DUPLICATE;

  static TruthKind of(Fault fault) {
    return switch (fault) {
      case STUCK -> STUCK;
      case SPIKE -> SPIKE;
      case DRIFT -> DRIFT;
      case DROPOUT -> DROPOUT;
      case OFFLINE -> OFFLINE;
    };
  }

  /// As the truth file writes it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
