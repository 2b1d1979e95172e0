package dev.millrace.engine.metric;

import java.time.Duration;
import java.util.Optional;

/// What the lag gauges of one feed show; not a number while no stream of it runs here.
///
/// Any thread may call.
public final class LagGauges {

  private volatile double events = Double.NaN;
  private volatile double seconds = Double.NaN;

  LagGauges() {}

  /// @param lagging events in the partitions read here that are not yet committed
  /// @param oldest age of the oldest of them; empty while it is not known
  public void is(long lagging, Optional<Duration> oldest) {
    events = lagging;
    seconds = oldest.map(age -> age.toMillis() / 1_000.0).orElse(Double.NaN);
  }

  public void flowsNoMore() {
    events = Double.NaN;
    seconds = Double.NaN;
  }

  double events() {
    return events;
  }

  double seconds() {
    return seconds;
  }
}
