package dev.millrace.simulator;

import dev.millrace.engine.error.MillraceException;

/// A running fleet, steered while it runs. Any thread may call; nothing here blocks. What a fleet
/// does not know, or a number out of its bounds, is a [MillraceException] with code `USAGE`.
public interface SimulatorControl extends AutoCloseable {

  SimulatorStatus status();

  void start();

  void stop();

  /// @param eventsPerSecond over the whole fleet, above 0
  void rate(double eventsPerSecond);

  /// @param share of readings made anomalous, 0 to 1
  void anomalyRate(double share);

  /// @param share of events that no schema fits, 0 to 1
  void malformedRate(double share);

  /// @param share of events older than the watermark, 0 to 1
  void lateRate(double share);

  /// @param share of events sent once more, 0 to 1
  void duplicateRate(double share);

  /// Breaks one sensor until it is mended.
  void breakSensor(String sensor, Fault fault);

  void mend(String sensor);

  /// Begins a zone event of the fleet's in a place; it ends by itself after the length drawn for
  /// it.
  void disturb(String event, String zone);

  /// Ends the zone events of a place.
  void calm(String zone);

  /// Stops and releases its thread and sink.
  @Override
  void close();
}
