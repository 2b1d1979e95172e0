package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a fleet is and does: the content of a pipeline's `simulator.yaml`.
///
/// @param feed name of the feed whose events it sends
/// @param rate events per second over the whole fleet
/// @param shares how much of what it sends is not as it should be
/// @param lateByLow least age of a late event, above the feed's watermark
/// @param names template of a sensor's name: `{kind}`, `{number}` within the kind, `{place}`
/// @param places in order; empty when the feed has no places
/// @param zoneEvents what moves the sensors of a place together, by chance or by hand
/// @param schedule what happens at set times
/// @param columns how columns without a role are filled, by name
public record FleetSettings(
    String feed,
    double rate,
    Shares shares,
    Duration lateByLow,
    Duration lateByHigh,
    String names,
    List<String> places,
    List<Signal> signals,
    List<FaultMix> faults,
    List<ZoneEvent> zoneEvents,
    List<Scheduled> schedule,
    Map<String, ColumnSource> columns) {

  /// Events per second a fleet may be asked for.
  public static final double MOST_PER_SECOND = 10_000_000;

  public FleetSettings {
    refuseUnless(rate > 0 && rate <= MOST_PER_SECOND, "a rate lies above 0 and up to 10,000,000");
    places = List.copyOf(places);
    signals = List.copyOf(signals);
    faults = List.copyOf(faults);
    zoneEvents = List.copyOf(zoneEvents);
    schedule = List.copyOf(schedule);
    columns = Map.copyOf(columns);
  }

  public int sensors() {
    return signals.stream().mapToInt(Signal::sensors).sum();
  }

  public FleetSettings withRate(double eventsPerSecond) {
    return with(eventsPerSecond, shares);
  }

  public FleetSettings withAnomalies(double share) {
    return with(rate, shares.withAnomalies(share));
  }

  public FleetSettings withMalformed(double share) {
    return with(rate, shares.withMalformed(share));
  }

  public FleetSettings withLate(double share) {
    return with(rate, shares.withLate(share));
  }

  public FleetSettings withDuplicates(double share) {
    return with(rate, shares.withDuplicates(share));
  }

  private FleetSettings with(double newRate, Shares newShares) {
    return new FleetSettings(
        feed,
        newRate,
        newShares,
        lateByLow,
        lateByHigh,
        names,
        places,
        signals,
        faults,
        zoneEvents,
        schedule,
        columns);
  }

  static void refuseUnless(boolean holds, String rule) {
    if (!holds) {
      throw new MillraceException(ErrorCode.USAGE, rule, "give another number");
    }
  }
}
