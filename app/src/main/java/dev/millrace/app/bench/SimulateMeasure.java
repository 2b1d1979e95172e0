package dev.millrace.app.bench;

import java.util.Optional;

/// What one run of the simulate bench measures, each in a JVM of its own.
public enum SimulateMeasure {
  /// Events made and thrown away.
  ALONE("simulator, thrown away"),
  /// Prepared events written to a file, a line each.
  FILE_BASELINE("prepared events to a file"),
  FILE("simulator to a file"),
  /// Prepared events handed to a producer with the simulator's settings.
  KAFKA_BASELINE("prepared events to Kafka"),
  KAFKA("simulator to Kafka");

  private final String title;

  SimulateMeasure(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /// What it is compared with: the same way without the simulator.
  public Optional<SimulateMeasure> baseline() {
    return switch (this) {
      case FILE -> Optional.of(FILE_BASELINE);
      case KAFKA -> Optional.of(KAFKA_BASELINE);
      case ALONE, FILE_BASELINE, KAFKA_BASELINE -> Optional.empty();
    };
  }
}
