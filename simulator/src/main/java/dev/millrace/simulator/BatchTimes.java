package dev.millrace.simulator;

import java.time.Instant;

/// The event times of a batch.
public sealed interface BatchTimes {

  /// Evenly over an interval that is past, sent at full speed, in order of time.
  ///
  /// @param to end, after the last event
  record Spread(Instant from, Instant to) implements BatchTimes {
    public Spread {
      FleetSettings.refuseUnless(
          from.isBefore(to), "the interval of a batch begins before it ends");
    }
  }

  /// From an instant on, as if sent at a rate, but sent at full speed.
  ///
  /// @param rate events per second
  record From(Instant start, double rate) implements BatchTimes {}

  static long micros(Instant instant) {
    return Math.multiplyExact(instant.getEpochSecond(), 1_000_000L) + instant.getNano() / 1000;
  }
}
