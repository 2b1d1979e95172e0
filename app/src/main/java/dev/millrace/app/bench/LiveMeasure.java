package dev.millrace.app.bench;

/// What the live bench measures at each rate, each in a JVM of its own.
public enum LiveMeasure {
  /// The stream worker with its commits and its live state, whose snapshot is read 60 times a
  /// second: from an event's stamp to the first snapshot that holds it.
  STREAM("stream to snapshot"),
  /// A bare consumer: from an event's stamp to the poll that brings it.
  CONSUME("bare consumer's poll");

  private final String title;

  LiveMeasure(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
