package dev.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.luben.zstd.ZstdInputStream;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.simulator.sink.EventSink;
import dev.millrace.simulator.sink.FileSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveSimulatorTest {

  private static final long SEED = Long.getLong("simulator.seed", System.nanoTime());

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
    simulator.malformedRate(0.1);
    simulator.lateRate(0.1);
    simulator.duplicateRate(0.1);
    simulator.disturb("air-conditioning-failure", "floor-2/zone-3");
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
    assertThat(simulator.status().disturbed())
        .containsExactly(
            new SimulatorStatus.Disturbed("air-conditioning-failure", "floor-2/zone-3"));
    assertThat(simulator.counts().zoneEvents()).isPositive();
    assertThat(counts.malformed()).isPositive();
    assertThat(counts.late()).isPositive();
    assertThat(counts.duplicates()).isPositive();
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
    assertThatThrownBy(() -> simulator.malformedRate(2)).isInstanceOf(MillraceException.class);
    simulator.lateRate(0.6);
    assertThatThrownBy(() -> simulator.duplicateRate(0.5))
        .hasMessageContaining("together at most 1");
    assertThatThrownBy(() -> simulator.disturb("air-condition-failure", "floor-1/zone-1"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.remedy()).isEqualTo("did you mean air-conditioning-failure?"));
    assertThatThrownBy(() -> simulator.disturb("air-conditioning-failure", "floor-9/zone-1"))
        .isInstanceOf(MillraceException.class);
    assertThatThrownBy(() -> simulator.calm("nowhere")).isInstanceOf(MillraceException.class);
    simulator.close();
  }

  @Test
  void aRunWithAnEndTakesItsTimeAndStopsByItself() throws InterruptedException {
    ManualTicker ticker = new ManualTicker();
    Fixtures.Kept sink = new Fixtures.Kept();
    LiveRun plan = new LiveRun(2500, Optional.empty(), 1);

    runToItsEnd(new LiveSimulator(fleet(1, settings), sink, TruthLog.none(), plan, ticker));

    assertThat(sink.values).hasSize(2500);
    assertThat(ticker.passed()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(26));
    String last = sink.texts().getLast();
    assertThat(Instant.parse(last.substring(last.length() - 29, last.length() - 2)))
        .isBetween(ManualTicker.START.plusSeconds(24), ManualTicker.START.plusSeconds(26));
  }

  /// Same seed, settings and start: the same bytes, sent at once or at any speed, to memory or to a
  /// file, plain or packed.
  @Test
  void theSameSeedGivesTheSameBytesAtEverySpeedAndInEverySink() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 5; round++) {
      long seed = random.nextLong();
      double rate = 1 + random.nextInt(5000);
      Instant start = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
      int events = 200 + random.nextInt(3000);
      FleetSettings with =
          settings
              .withRate(rate)
              .withAnomalies(random.nextDouble() / 2)
              .withMalformed(random.nextDouble() / 4)
              .withLate(random.nextDouble() / 4)
              .withDuplicates(random.nextDouble() / 4);
      String what = "seed %d of %d, round %d".formatted(seed, SEED, round);
      Path truth = home.resolve("truth-" + round);
      Fixtures.Kept once = new Fixtures.Kept();
      try (TruthLog log = TruthLog.anew(truth)) {
        Simulators.batch(
            pipeline,
            with,
            seed,
            events,
            new BatchTimes.From(start, rate),
            once,
            log,
            Progress.NONE);
      }
      for (double speed : new double[] {0.5, 1, 7.25, 1000}) {
        Path again = home.resolve("again-" + round);
        Fixtures.Kept paced = new Fixtures.Kept();
        TruthLog log = TruthLog.anew(again);
        LiveRun plan = new LiveRun(events, Optional.of(start), speed);
        ManualTicker ticker = new ManualTicker();
        runToItsEnd(
            new LiveSimulator(Fleet.of(pipeline, with, seed, log), paced, log, plan, ticker));
        assertThat(paced.texts()).as(what + " at " + speed).isEqualTo(once.texts());
        assertThat(paced.keyTexts()).as(what).isEqualTo(once.keyTexts());
        assertThat(again).as(what).hasSameBinaryContentAs(truth);
        assertThat(ticker.passed().toNanos() / 1e9)
            .as(what)
            .isCloseTo(events / rate / speed, within(0.06 + 1001 / rate / speed));
      }
      for (String name : List.of("e.ndjson", "e.ndjson.gz", "e.ndjson.zst")) {
        Path file = home.resolve(name);
        try (EventSink sink = FileSink.open(file)) {
          Simulators.batch(
              pipeline,
              with,
              seed,
              events,
              new BatchTimes.From(start, rate),
              sink,
              TruthLog.none(),
              Progress.NONE);
        }
        assertThat(unpacked(file)).as(what + " in " + name).isEqualTo(lines(once.values));
      }
    }
  }

  private static byte[] lines(List<byte[]> values) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] value : values) {
      lines.writeBytes(value);
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static byte[] unpacked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String name = file.toString();
      return name.endsWith(".gz")
          ? new GZIPInputStream(in).readAllBytes()
          : name.endsWith(".zst") ? new ZstdInputStream(in).readAllBytes() : in.readAllBytes();
    }
  }

  private static void runToItsEnd(LiveSimulator simulator) throws InterruptedException {
    simulator.start();
    assertThat(simulator.awaitEnd(Duration.ofSeconds(20))).isTrue();
    assertThat(simulator.failure()).isEmpty();
    simulator.close();
  }

  private Fleet fleet(long seed, FleetSettings with) {
    return Fleet.of(pipeline, with, seed, TruthLog.none());
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
            TruthLog.none(),
            impatient);

    assertThat(counts.sent()).isEqualTo(5000).isEqualTo(sink.values.size());
    assertThat(sink.flushes).isEqualTo(1);
  }

  private Fixtures.Kept batch(BatchTimes times) {
    Fixtures.Kept sink = new Fixtures.Kept();
    Simulators.batch(pipeline, settings, 1, 500, times, sink, TruthLog.none(), Progress.NONE);
    return sink;
  }

  private LiveSimulator live(EventSink sink, Ticker ticker, FleetSettings with) {
    TruthLog truth = TruthLog.none();
    return new LiveSimulator(
        Fleet.of(pipeline, with, 1, truth), sink, truth, LiveRun.FOREVER, ticker);
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
