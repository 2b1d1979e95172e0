package dev.millrace.app.console;

import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// A fleet each of whose orders leaves a line in the log of events, and so does that it stops by
/// itself; whom it broke is kept. Any thread may call.
///
/// A slider gives many orders on its way: a number is told once it has stood until `later` runs.
final class ToldSimulator implements SimulatorControl {

  private final SimulatorControl fleet;
  private final Log log;
  private final Executor later;
  private final BrokenSensors broken;
  private final AtomicReference<String> trouble;
  private final Map<Dial, Double> told = new EnumMap<>(Dial.class);
  private final Map<Dial, Integer> orders = new EnumMap<>(Dial.class);

  @FunctionalInterface
  interface Log {

    /// @param message without its full stop
    void tell(Severity severity, String message);
  }

  /// A number of the fleet that is steered, and how it is told.
  private enum Dial {
    RATE("Rate set to %,.0f events per second", 1),
    ANOMALIES("Anomaly rate set to %.1f %%", 100),
    MALFORMED("Rate of malformed events set to %.1f %%", 100),
    LATE("Rate of late events set to %.1f %%", 100),
    DUPLICATES("Rate of duplicates set to %.1f %%", 100);

    private final String words;
    private final double scale;

    Dial(String words, double scale) {
      this.words = words;
      this.scale = scale;
    }

    private String told(double value) {
      return String.format(Locale.ENGLISH, words, value * scale);
    }
  }

  /// @param later runs what it is given after about a second
  ToldSimulator(SimulatorControl fleet, Log log, Executor later, BrokenSensors broken) {
    this.fleet = fleet;
    this.log = log;
    this.later = later;
    this.broken = broken;
    SimulatorStatus now = fleet.status();
    trouble = new AtomicReference<>(now.message());
    told.put(Dial.RATE, now.targetRate());
    told.put(Dial.ANOMALIES, now.shares().anomalies());
    told.put(Dial.MALFORMED, now.shares().malformed());
    told.put(Dial.LATE, now.shares().late());
    told.put(Dial.DUPLICATES, now.shares().duplicates());
  }

  @Override
  public SimulatorStatus status() {
    SimulatorStatus now = fleet.status();
    String before = trouble.getAndSet(now.message());
    if (!now.message().isEmpty() && !now.message().equals(before)) {
      log.tell(Severity.FAILURE, "The simulator stopped by itself: " + now.message());
    }
    return now;
  }

  @Override
  public void start() {
    boolean ran = fleet.status().running();
    fleet.start();
    SimulatorStatus now = fleet.status();
    if (!ran && now.running()) {
      log.tell(
          Severity.INFO,
          String.format(
              Locale.ENGLISH,
              "The simulator was started: %,.0f events per second of %,d sensors",
              now.targetRate(),
              now.sensors().size()));
    }
  }

  @Override
  public void stop() {
    SimulatorStatus before = fleet.status();
    fleet.stop();
    if (before.running()) {
      log.tell(
          Severity.INFO,
          String.format(
              Locale.ENGLISH, "The simulator was stopped after %,d events", before.sent()));
    }
  }

  @Override
  public void rate(double eventsPerSecond) {
    fleet.rate(eventsPerSecond);
    settle(Dial.RATE, eventsPerSecond);
  }

  @Override
  public void anomalyRate(double share) {
    fleet.anomalyRate(share);
    settle(Dial.ANOMALIES, share);
  }

  @Override
  public void malformedRate(double share) {
    fleet.malformedRate(share);
    settle(Dial.MALFORMED, share);
  }

  @Override
  public void lateRate(double share) {
    fleet.lateRate(share);
    settle(Dial.LATE, share);
  }

  @Override
  public void duplicateRate(double share) {
    fleet.duplicateRate(share);
    settle(Dial.DUPLICATES, share);
  }

  private synchronized void settle(Dial dial, double value) {
    int order = orders.merge(dial, 1, Integer::sum);
    later.execute(() -> tell(dial, value, order));
  }

  /// Unless another order came meanwhile, or it reads as what was told last.
  private synchronized void tell(Dial dial, double value, int order) {
    if (orders.getOrDefault(dial, 0) != order) {
      return;
    }
    Double before = told.put(dial, value);
    String words = dial.told(value);
    if (before == null || !words.equals(dial.told(before))) {
      log.tell(Severity.INFO, words);
    }
  }

  @Override
  public void breakSensor(String sensor, Fault fault) {
    fleet.breakSensor(sensor, fault);
    broken.keep(fleet.status().broken());
    log.tell(Severity.INFO, sensor + " was broken: " + fault.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void mend(String sensor) {
    fleet.mend(sensor);
    broken.keep(fleet.status().broken());
    log.tell(Severity.INFO, sensor + " was mended");
  }

  @Override
  public void disturb(String event, String zone) {
    fleet.disturb(event, zone);
    log.tell(Severity.INFO, "Zone event " + event + " begins in " + zone);
  }

  @Override
  public void calm(String zone) {
    fleet.calm(zone);
    log.tell(Severity.INFO, "Zone events of " + zone + " were ended");
  }

  @Override
  public void close() {
    fleet.close();
  }
}
