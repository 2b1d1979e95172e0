package dev.millrace.engine.deadletter;

/// Where a dead letter was met first; no two have the same.
public record LetterId(String topic, int partition, long offset) {

  /// For example `sensor-events-2@1041`.
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
