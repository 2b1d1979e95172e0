package dev.millrace.engine.transform;

import org.jspecify.annotations.Nullable;

/// One Bronze row of a test.
///
/// @param eventMicros event time, microseconds since the epoch
/// @param ingestionMicros ingestion time, likewise
record Reading(
    @Nullable String sensor,
    @Nullable String kind,
    @Nullable String location,
    @Nullable Double value,
    @Nullable Long eventMicros,
    long ingestionMicros,
    int partition,
    long offset) {

  String requiredSensor() {
    return required(sensor);
  }

  String requiredKind() {
    return required(kind);
  }

  double requiredValue() {
    return required(value);
  }

  long requiredEventMicros() {
    return required(eventMicros);
  }

  boolean complete() {
    return sensor != null && kind != null && value != null && eventMicros != null;
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The reading is incomplete");
    }
    return value;
  }
}
