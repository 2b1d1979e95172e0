package dev.millrace.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.Fault;
import dev.millrace.simulator.Shares;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.simulator.SimulatorStatus;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldSimulatorTest {

  private final Fleet fleet = new Fleet();
  private final List<String> log = new ArrayList<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private @TempDir Path home;
  private ToldSimulator told;

  @BeforeEach
  void open() {
    told =
        new ToldSimulator(
            fleet,
            (_, words) -> log.add(words),
            later::add,
            new BrokenSensors(home.resolve("broken.properties")));
  }

  @Test
  void startAndStopAreToldOnceEach() {
    told.stop();
    told.start();
    told.start();
    told.stop();
    assertThat(log)
        .containsExactly(
            "The simulator was started: 100 events per second of 2 sensors",
            "The simulator was stopped after 4,200 events");
  }

  @Test
  void aSliderIsToldWhereItStops() {
    told.rate(250);
    told.rate(380);
    told.anomalyRate(0.05);
    told.rate(500);
    assertThat(fleet.orders).containsExactly("rate 250", "rate 380", "anomalies 0.05", "rate 500");
    assertThat(log).isEmpty();
    theTimePasses();
    assertThat(log)
        .containsExactly("Anomaly rate set to 5.0 %", "Rate set to 500 events per second");
  }

  @Test
  void aSliderThatComesBackIsNotTold() {
    told.rate(900);
    told.rate(100);
    theTimePasses();
    assertThat(log).isEmpty();
  }

  @Test
  void brokenAndMendedSensorsAreToldByName() {
    told.breakSensor("temperature-07", Fault.STUCK);
    told.mend("temperature-07");
    assertThat(log)
        .containsExactly("temperature-07 was broken: stuck", "temperature-07 was mended");
  }

  @Test
  void thatItStopsByItselfIsToldOnceEachTime() {
    told.start();
    fleet.fails("the broker is away");
    told.status();
    told.status();
    told.start();
    told.status();
    fleet.fails("the broker is away");
    told.status();
    assertThat(log)
        .containsExactly(
            "The simulator was started: 100 events per second of 2 sensors",
            "The simulator stopped by itself: the broker is away",
            "The simulator was started: 100 events per second of 2 sensors",
            "The simulator stopped by itself: the broker is away");
  }

  @Test
  void whatTheFleetRefusesIsNotTold() {
    assertThatThrownBy(() -> told.breakSensor("nobody", Fault.DRIFT))
        .isInstanceOf(MillraceException.class);
    assertThat(log).isEmpty();
  }

  private void theTimePasses() {
    while (!later.isEmpty()) {
      later.remove().run();
    }
  }

  private static final class Fleet implements SimulatorControl {

    private final List<String> orders = new ArrayList<>();
    private boolean running;
    private String message = "";

    private void fails(String why) {
      running = false;
      message = why;
    }

    @Override
    public SimulatorStatus status() {
      return new SimulatorStatus(
          running,
          100,
          0,
          4_200,
          0,
          new Shares(0.02, 0, 0, 0),
          List.of("temperature-07", "humidity-01"),
          List.of(),
          List.of(),
          List.of(),
          message);
    }

    @Override
    public void start() {
      running = true;
      message = "";
    }

    @Override
    public void stop() {
      running = false;
    }

    @Override
    public void rate(double eventsPerSecond) {
      orders.add("rate " + (int) eventsPerSecond);
    }

    @Override
    public void anomalyRate(double share) {
      orders.add("anomalies " + share);
    }

    @Override
    public void malformedRate(double share) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void lateRate(double share) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void duplicateRate(double share) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void breakSensor(String sensor, Fault fault) {
      if (!sensor.equals("temperature-07")) {
        throw new MillraceException(ErrorCode.USAGE, "no such sensor", "name another");
      }
    }

    @Override
    public void mend(String sensor) {}

    @Override
    public void disturb(String event, String zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void calm(String zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
