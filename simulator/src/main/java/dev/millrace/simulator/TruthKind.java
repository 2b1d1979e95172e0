package dev.millrace.simulator;

import java.util.Locale;

/// What the simulator did to an event.
public enum TruthKind {
  STUCK,
  SPIKE,
  DRIFT,
  /// Moved together with its zone; the sensor is sound.
  ZONE_EVENT,
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

  /// A reading that was sent and whose value is not what it would have been.
  public boolean isAnomaly() {
    return this == STUCK || this == SPIKE || this == DRIFT || this == ZONE_EVENT;
  }

  /// A reading that was not sent.
  public boolean isWithheld() {
    return this == DROPOUT || this == OFFLINE;
  }

  /// As the truth file writes it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
