package dev.millrace.simulator;

import java.util.List;

/// Picture of a running fleet.
///
/// @param targetRate events per second asked for
/// @param actualRate events per second over the last seconds
/// @param sent events sent since start-up
/// @param anomalies anomalous readings among them
/// @param anomalyRate share of readings made anomalous, 0 to 1
/// @param sensors names of the fleet's sensors, in order
/// @param message why it stopped by itself; empty when it did not
public record SimulatorStatus(
    boolean running,
    double targetRate,
    double actualRate,
    long sent,
    long anomalies,
    double anomalyRate,
    List<String> sensors,
    List<Broken> broken,
    String message) {

  public SimulatorStatus {
    sensors = List.copyOf(sensors);
    broken = List.copyOf(broken);
  }

  public record Broken(String sensor, Fault fault) {}
}
