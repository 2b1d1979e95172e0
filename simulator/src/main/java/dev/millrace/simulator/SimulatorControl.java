package dev.millrace.simulator;

/// A running fleet, steered while it runs. Any thread may call; nothing here blocks.
public interface SimulatorControl extends AutoCloseable {

  SimulatorStatus status();

  void start();

  void stop();

  /// @param eventsPerSecond over the whole fleet, above 0
  void rate(double eventsPerSecond);

  /// @param share of readings made anomalous, 0 to 1
  void anomalyRate(double share);

  /// Breaks one sensor until it is mended.
  void breakSensor(String sensor, Fault fault);

  void mend(String sensor);

  /// Stops and releases its thread and sink.
  @Override
  void close();
}
