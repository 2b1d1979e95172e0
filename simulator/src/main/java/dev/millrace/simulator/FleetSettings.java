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
/// @param anomalies share of readings made anomalous, 0 to 1
/// @param malformed share of events that no schema fits, 0 to 1
/// @param late share of events older than the watermark, 0 to 1
/// @param duplicates share of events that repeat their sensor's last one byte for byte, 0 to 1
/// @param lateByLow least age of a late event, above the feed's watermark
/// @param names template of a sensor's name: `{kind}`, `{number}` within the kind, `{place}`
/// @param places in order; empty when the feed has no places
/// @param columns how columns without a role are filled, by name
public record FleetSettings(
    String feed,
    double rate,
    double anomalies,
    double malformed,
    double late,
    double duplicates,
    Duration lateByLow,
    Duration lateByHigh,
    String names,
    List<String> places,
    List<Signal> signals,
    List<FaultMix> faults,
    Map<String, ColumnSource> columns) {

  /// Events per second a fleet may be asked for.
  public static final double MOST_PER_SECOND = 10_000_000;

  public FleetSettings {
    refuseUnless(rate > 0 && rate <= MOST_PER_SECOND, "a rate lies above 0 and up to 10,000,000");
    refuseShare("anomalies", anomalies);
    refuseShare("malformed", malformed);
    refuseShare("late", late);
    refuseShare("duplicates", duplicates);
    refuseUnless(
        malformed + late + duplicates <= 1,
        "the shares of malformed, late and duplicate events are together at most 1");
    places = List.copyOf(places);
    signals = List.copyOf(signals);
    faults = List.copyOf(faults);
    columns = Map.copyOf(columns);
  }

  public int sensors() {
    return signals.stream().mapToInt(Signal::sensors).sum();
  }

  public FleetSettings withRate(double eventsPerSecond) {
    return with(eventsPerSecond, anomalies, malformed, late, duplicates);
  }

  public FleetSettings withAnomalies(double share) {
    return with(rate, share, malformed, late, duplicates);
  }

  public FleetSettings withMalformed(double share) {
    return with(rate, anomalies, share, late, duplicates);
  }

  public FleetSettings withLate(double share) {
    return with(rate, anomalies, malformed, share, duplicates);
  }

  public FleetSettings withDuplicates(double share) {
    return with(rate, anomalies, malformed, late, share);
  }

  private FleetSettings with(
      double newRate,
      double newAnomalies,
      double newMalformed,
      double newLate,
      double newDuplicates) {
    return new FleetSettings(
        feed,
        newRate,
        newAnomalies,
        newMalformed,
        newLate,
        newDuplicates,
        lateByLow,
        lateByHigh,
        names,
        places,
        signals,
        faults,
        columns);
  }

  private static void refuseShare(String what, double share) {
    refuseUnless(share >= 0 && share <= 1, "the share of " + what + " lies from 0 to 1");
  }

  static void refuseUnless(boolean holds, String rule) {
    if (!holds) {
      throw new MillraceException(ErrorCode.USAGE, rule, "give another number");
    }
  }
}
