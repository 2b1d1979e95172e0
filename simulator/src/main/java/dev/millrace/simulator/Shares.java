package dev.millrace.simulator;

/// How much of what a fleet sends is not as it should be, each as a share from 0 to 1.
///
/// @param anomalies of readings made anomalous by a sensor's fault
/// @param malformed of events that no schema fits
/// @param late of events older than the watermark
/// @param duplicates of events that repeat their sensor's last one byte for byte
public record Shares(double anomalies, double malformed, double late, double duplicates) {

  public Shares {
    refuse("anomalies", anomalies);
    refuse("malformed", malformed);
    refuse("late", late);
    refuse("duplicates", duplicates);
    FleetSettings.refuseUnless(
        malformed + late + duplicates <= 1,
        "the shares of malformed, late and duplicate events are together at most 1");
  }

  public Shares withAnomalies(double share) {
    return new Shares(share, malformed, late, duplicates);
  }

  public Shares withMalformed(double share) {
    return new Shares(anomalies, share, late, duplicates);
  }

  public Shares withLate(double share) {
    return new Shares(anomalies, malformed, share, duplicates);
  }

  public Shares withDuplicates(double share) {
    return new Shares(anomalies, malformed, late, share);
  }

  private static void refuse(String what, double share) {
    FleetSettings.refuseUnless(
        share >= 0 && share <= 1, "the share of " + what + " lies from 0 to 1");
  }
}
