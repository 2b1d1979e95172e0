package dev.millrace.views.heatmap;

/// What a cell of the heatmap tells of its place.
public enum Measure {
  /// Mean of the latest readings, in the kind's unit.
  VALUE("Value"),
  /// Anomalies of the last five minutes.
  ANOMALIES("Anomalies"),
  /// Mean health of those who measure there, in percent.
  HEALTH("Health"),
  /// Mean freshness of their latest readings, in percent.
  FRESHNESS("Freshness");

  private final String words;

  Measure(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
