package dev.millrace.views.sample;

import dev.millrace.simulator.Fault;
import dev.millrace.simulator.Shares;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus;
import dev.millrace.simulator.SimulatorStatus.Broken;
import java.util.ArrayList;
import java.util.List;

/// A fleet that only remembers how it was steered. Any thread may call.
public final class SampleSimulator implements SimulatorControl {

  private final List<String> sensors = new ArrayList<>();
  private final List<Broken> broken = new ArrayList<>();
  private boolean running;
  private int asked;
  private double rate;
  private Shares shares = new Shares(0.02, 0, 0, 0);

  public SampleSimulator(boolean running, double rate) {
    this.running = running;
    this.rate = rate;
    for (String prefix : List.of("HUM", "PRS", "TMP", "VIB")) {
      for (int floor = 1; floor <= 4; floor++) {
        for (int zone = 1; zone <= 6; zone++) {
          sensors.add("%s-%02d%02d-A".formatted(prefix, floor, zone));
        }
      }
    }
    if (running) {
      broken.add(new Broken("HUM-0302-A", Fault.DRIFT));
      broken.add(new Broken("TMP-0405-A", Fault.STUCK));
    }
  }

  @Override
  public synchronized SimulatorStatus status() {
    return new SimulatorStatus(
        running,
        rate,
        running ? rate * wave() : 0,
        running ? 8_644_247 : 0,
        running ? 172_884 : 0,
        shares,
        sensors,
        broken,
        List.of(),
        List.of(),
        "");
  }

  /// A little more and a little less each time it is asked.
  private double wave() {
    asked++;
    return 0.984 + 0.03 * Math.sin(asked * 0.7) + 0.02 * Math.sin(asked * 0.23);
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  @Override
  public synchronized void stop() {
    running = false;
  }

  @Override
  public synchronized void rate(double eventsPerSecond) {
    rate = eventsPerSecond;
  }

  @Override
  public synchronized void anomalyRate(double share) {
    shares = shares.withAnomalies(share);
  }

  @Override
  public synchronized void malformedRate(double share) {
    shares = shares.withMalformed(share);
  }

  @Override
  public synchronized void lateRate(double share) {
    shares = shares.withLate(share);
  }

  @Override
  public synchronized void duplicateRate(double share) {
    shares = shares.withDuplicates(share);
  }

  @Override
  public synchronized void breakSensor(String sensor, Fault fault) {
    mend(sensor);
    broken.add(new Broken(sensor, fault));
  }

  @Override
  public synchronized void mend(String sensor) {
    broken.removeIf(b -> b.sensor().equals(sensor));
  }

  @Override
  public void disturb(String event, String zone) {
    throw new UnsupportedOperationException("No zone event: " + event);
  }

  @Override
  public void calm(String zone) {
    throw new UnsupportedOperationException("No zone event in " + zone);
  }

  @Override
  public void close() {
    stop();
  }
}
