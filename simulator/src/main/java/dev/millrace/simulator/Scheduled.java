package dev.millrace.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is to happen to a fleet at a set time.
public sealed interface Scheduled {

  At at();

  /// Sensors that fail in one way for some time.
  record Break(At at, Duration length, List<String> sensors, Fault fault) implements Scheduled {
    public Break {
      sensors = List.copyOf(sensors);
    }
  }

  /// A zone event that begins in a place.
  ///
  /// @param length empty: drawn as for one that begins by chance
  record Disturb(At at, Optional<Duration> length, String event, String zone)
      implements Scheduled {}

  /// A moment of event time.
  sealed interface At {

    /// So long after the fleet's first event.
    record After(Duration start) implements At {}

    record Moment(Instant instant) implements At {}

    /// @param start time of the first event, in microseconds
    default long micros(long start) {
      return switch (this) {
        case After(Duration after) -> start + Sensor.micros(after);
        case Moment(Instant instant) -> BatchTimes.micros(instant);
      };
    }
  }
}
