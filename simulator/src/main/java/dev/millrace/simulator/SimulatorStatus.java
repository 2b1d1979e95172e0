package dev.millrace.simulator;

import java.util.List;

/// Picture of a running fleet.
///
/// @param targetRate events per second asked for
/// @param actualRate events per second over the last seconds
/// @param sent events sent since start-up
/// @param anomalies readings among them that a sensor's fault made anomalous
/// @param shares how much of what it sends is not as it should be
/// @param sensors names of the fleet's sensors, in order
/// @param zoneEvents what may happen to its zones
/// @param disturbed what happens to them now
/// @param message why it stopped by itself; empty when it did not
public record SimulatorStatus(
    boolean running,
    double targetRate,
    double actualRate,
    long sent,
    long anomalies,
    Shares shares,
    List<String> sensors,
    List<Broken> broken,
    List<ZoneEvent> zoneEvents,
    List<Disturbed> disturbed,
    String message) {

  public SimulatorStatus {
    sensors = List.copyOf(sensors);
    broken = List.copyOf(broken);
    zoneEvents = List.copyOf(zoneEvents);
    disturbed = List.copyOf(disturbed);
  }

  public record Broken(String sensor, Fault fault) {}

  /// A zone event that goes on.
  public record Disturbed(String event, String zone) {}

  /// Share of readings made anomalous, 0 to 1.
  public double anomalyRate() {
    return shares.anomalies();
  }
}
