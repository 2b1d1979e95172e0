package dev.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.simulator.sink.EventSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveSimulatorTest {

  @TempDir Path home;
  private Pipeline pipeline;
  private FleetSettings settings;

  @BeforeEach
  void read() {
    PipelineFolder folder = Fixtures.buildingSensors(home);
    pipeline = Fixtures.pipeline(folder);
    settings = Simulators.settings(pipeline, folder);
  }

  @Test
  void sendsAtItsRateByItsClock() throws InterruptedException {
    ManualTicker ticker = new ManualTicker();
    CountDownLatch enough = new CountDownLatch(1);
    AtomicLong nanosAt = new AtomicLong();
    Watched sink =
        new Watched(
            count -> {
              if (count == 30_000) {
                nanosAt.set(ticker.nanos());
                enough.countDown();
              }
            });
    LiveSimulator simulator = live(sink, ticker, settings.withRate(10_000));

    simulator.start();
    assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
    SimulatorStatus running = simulator.status();
    simulator.close();

    assertThat(nanosAt.get() / 1e9).isCloseTo(3.0, within(0.1));
    assertThat(running.running()).isTrue();
    assertThat(running.targetRate()).isEqualTo(10_000);
    assertThat(running.actualRate()).isCloseTo(10_000, within(500.0));
    assertThat(running.sensors()).hasSize(50);
    assertThat(sink.closed).isTrue();
    SimulatorStatus closed = simulator.status();
    assertThat(closed.running()).isFalse();
    assertThat(closed.sent()).isEqualTo(sink.count.get()).isEqualTo(simulator.counts().sent());
    assertThat(closed.anomalies()).isEqualTo(simulator.counts().anomalies()).isPositive();
    assertThat(closed.message()).isEmpty();
  }

  @Test
  void isSteeredWhileItRuns() throws InterruptedException {
    ManualTicker ticker = new ManualTicker();
    AtomicBoolean silenced = new AtomicBoolean();
    AtomicBoolean broken = new AtomicBoolean();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    AtomicLong after = new AtomicLong(Long.MAX_VALUE);
    Watched sink =
        new Watched(
            count -> {
              if (count == 1000) {
                first.countDown();
              }
              if (count > after.get()) {
                later.countDown();
              }
            }) {
          @Override
          public void send(byte[] key, byte[] value) {
            if (silenced.get() && new String(key, StandardCharsets.UTF_8).equals("humidity-03")) {
              broken.set(true);
            }
            super.send(key, value);
          }
        };
    LiveSimulator simulator = live(sink, ticker, settings);
    simulator.start();
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();

    simulator.breakSensor("humidity-03", Fault.OFFLINE);
    simulator.rate(5000);
    simulator.anomalyRate(0.5);
    assertThat(simulator.status().broken())
        .containsExactly(new SimulatorStatus.Broken("humidity-03", Fault.OFFLINE));
    assertThat(simulator.status().anomalyRate()).isEqualTo(0.5);
    // Events of a burst under way may still be of the time before.
    after.set(sink.count.get() + 10_000);
    assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
    silenced.set(true);
    after.set(sink.count.get() + 5_000);
    FleetCounts counts = simulator.counts();
    simulator.stop();
    simulator.close();

    assertThat(broken).isFalse();
    assertThat(counts.anomalies()).isGreaterThan(3000);
    simulator.mend("humidity-03");
    assertThat(simulator.status().broken()).isEmpty();
    assertThat(simulator.status().targetRate()).isEqualTo(5000);
  }

  @Test
  void aSinkThatFailsStopsItAndIsSaid() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    EventSink sink =
        new EventSink() {
          @Override
          public void send(byte[] key, byte[] value) {
            failed.countDown();
            throw new MillraceException(ErrorCode.SERVICE, "the broker is gone", "start it");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {
            throw new MillraceException(ErrorCode.SERVICE, "the broker is still gone", "start it");
          }
        };
    LiveSimulator simulator = live(sink, new ManualTicker(), settings);

    simulator.start();
    assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
    simulator.close();

    assertThat(simulator.status().running()).isFalse();
    assertThat(simulator.status().message()).isEqualTo("the broker is gone; start it");
  }

  @Test
  void startsAgainAfterAStop() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(10);
    CountDownLatch second = new CountDownLatch(1);
    AtomicBoolean again = new AtomicBoolean();
    Watched sink =
        new Watched(
            _ -> {
              first.countDown();
              if (again.get()) {
                second.countDown();
              }
            });
    LiveSimulator simulator = live(sink, new ManualTicker(), settings);
    simulator.start();
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    simulator.stop();
    assertThat(simulator.status().running()).isFalse();

    again.set(true);
    simulator.start();
    assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    simulator.close();
    assertThat(sink.closed).isTrue();
  }

  @Test
  void wrongOrdersAreRefused() {
    LiveSimulator simulator = live(new Watched(_ -> {}), new ManualTicker(), settings);

    assertThatThrownBy(() -> simulator.rate(0)).isInstanceOf(MillraceException.class);
    assertThatThrownBy(() -> simulator.anomalyRate(1.5)).isInstanceOf(MillraceException.class);
    assertThatThrownBy(() -> simulator.mend("humidty-03"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.remedy()).isEqualTo("did you mean humidity-03?"));
    simulator.close();
  }

  @Test
  void aPacedBatchTakesItsTimeAndEnds() {
    ManualTicker ticker = new ManualTicker();
    Fixtures.Kept sink = new Fixtures.Kept();
    Fleet fleet = Fleet.of(pipeline, settings, 1, TruthLog.none());

    FleetCounts counts =
        new BatchRun(fleet, sink, TruthLog.none())
            .run(2500, new BatchTimes.Paced(100, ticker), Progress.NONE);

    assertThat(counts.sent()).isEqualTo(2500);
    assertThat(ticker.passed()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(26));
    String last = sink.texts().getLast();
    assertThat(Instant.parse(last.substring(last.length() - 29, last.length() - 2)))
        .isBetween(ManualTicker.START.plusSeconds(24), ManualTicker.START.plusSeconds(26));
  }

  @Test
  void aBatchFromAnInstantIsTheSameEveryTime() {
    BatchTimes times = new BatchTimes.From(ManualTicker.START, 1000);

    assertThat(batch(times).texts()).isEqualTo(batch(times).texts()).hasSize(500);
  }

  @Test
  void aCancelledBatchEndsAndFlushes() {
    Fixtures.Kept sink = new Fixtures.Kept();
    Progress impatient =
        new Progress() {
          @Override
          public void report(String what, long done, long total) {}

          @Override
          public boolean cancelled() {
            return sink.values.size() >= 5000;
          }
        };
    FleetCounts counts =
        Simulators.batch(
            pipeline,
            settings,
            1,
            1_000_000,
            new BatchTimes.From(ManualTicker.START, 1000),
            sink,
            Optional.empty(),
            impatient);

    assertThat(counts.sent()).isEqualTo(5000).isEqualTo(sink.values.size());
    assertThat(sink.flushes).isEqualTo(1);
  }

  private Fixtures.Kept batch(BatchTimes times) {
    Fixtures.Kept sink = new Fixtures.Kept();
    Simulators.batch(pipeline, settings, 1, 500, times, sink, Optional.empty(), Progress.NONE);
    return sink;
  }

  private LiveSimulator live(EventSink sink, Ticker ticker, FleetSettings with) {
    TruthLog truth = TruthLog.none();
    return new LiveSimulator(Fleet.of(pipeline, with, 1, truth), sink, truth, ticker);
  }

  /// Counts what it is sent.
  private static class Watched implements EventSink {
    final AtomicLong count = new AtomicLong();
    final LongConsumer seen;
    volatile boolean closed;

    Watched(LongConsumer seen) {
      this.seen = seen;
    }

    @Override
    public void send(byte[] key, byte[] value) {
      seen.accept(count.incrementAndGet());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
