package dev.millrace.simulator;

import java.time.Instant;
import java.util.Optional;

/// How a fleet's time goes by while it sends.
///
/// @param events after so many it stops by itself; `Long.MAX_VALUE` for never
/// @param start time of the first event, from which the others follow at the rate; empty: events
///   have the time they are sent at
/// @param speed times as fast as events have it, above 0; only with a start it may differ from 1
public record LiveRun(long events, Optional<Instant> start, double speed) {

  /// In real time, until it is stopped.
  public static final LiveRun FOREVER = new LiveRun(Long.MAX_VALUE, Optional.empty(), 1);

  public LiveRun {
    FleetSettings.refuseUnless(events >= 0, "a run has at least 0 events");
    FleetSettings.refuseUnless(speed > 0 && Double.isFinite(speed), "a speed is a number above 0");
    FleetSettings.refuseUnless(
        speed == 1 || start.isPresent(), "at another speed than 1 a run needs a start");
  }
}
