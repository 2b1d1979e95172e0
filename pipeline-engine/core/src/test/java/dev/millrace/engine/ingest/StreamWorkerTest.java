package dev.millrace.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.model.Trouble;
import dev.millrace.engine.pipeline.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamWorkerTest {

  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private final Feed feed = Feeds.readings(3, Duration.ofSeconds(30), 100);
  private final MemoryTopic topic = new MemoryTopic(3);
  private final MemoryLake lake = new MemoryLake();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<StreamWorker> workers = new ArrayList<>();
  private volatile Instant now = START;
  private CommitListener commits = CommitListener.NONE;

  @AfterEach
  void stopAll() {
    workers.forEach(StreamWorker::close);
  }

  @Test
  void everyEventLandsOnceAndCatchUpTellsWhen() throws Exception {
    produce(500, 17);
    StreamWorker worker = start(MemorySource.ofAll(topic));

    worker.catchUp().get(10, TimeUnit.SECONDS);

    assertExactlyOnce();
    StreamProgress progress = worker.stop().get(10, TimeUnit.SECONDS);
    assertThat(progress.state()).isEqualTo(StreamState.STOPPED);
    assertThat(progress.events()).isEqualTo(500);
    assertThat(progress.deadLetters()).isEqualTo(17);
    assertThat(progress.bronzeRows()).isEqualTo(483);
    assertThat(progress.commits()).isGreaterThanOrEqualTo(5);
    assertThat(progress.partitions())
        .allSatisfy(p -> assertThat(p.committed()).isEqualTo(p.end()))
        .hasSize(3);
    assertThat(
            registry
                .counter("millrace.stream.events", "pipeline", "test", "feed", feed.name())
                .count())
        .isEqualTo(483);
    assertThat(lake.find(feed.bronze()).orElseThrow().snapshot().files())
        .allSatisfy(f -> assertThat(f.rows()).isLessThanOrEqualTo(100));
  }

  @Test
  void theWallClockFlushesWhatIsOpen() {
    produce(5, 0);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().openBatch() == 5);
    assertThat(worker.progress().commits()).isZero();

    now = START.plusSeconds(30);

    await(() -> worker.progress().commits() == 1);
    assertExactlyOnce();
  }

  @Test
  void aClockSetBackFlushesToo() {
    produce(5, 0);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().openBatch() == 5);

    now = START.minusSeconds(3_600);

    await(() -> worker.progress().commits() == 1);
  }

  @Test
  void anIdlePartitionHoldsTheWatermarkBackForTenSecondsOnly() {
    topic.add(0, event("s", START));
    topic.add(1, event("s", START.plusSeconds(60)));
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().openBatch() == 2);
    assertThat(worker.progress().watermark()).isEmpty();

    now = START.plusSeconds(11);

    // All three are at their ends now, so none holds it back; it stands at the furthest behind.
    topic.add(0, event("s", START.plusSeconds(30)));
    topic.add(1, event("s", START.plusSeconds(90)));
    await(() -> worker.progress().watermark().isPresent());
    assertThat(worker.progress().watermark().orElseThrow())
        .isBetween(START.minusSeconds(600), START.minusSeconds(570));
  }

  @Test
  void aLostMembershipIsTroubleUntilItTakesPartAgain() {
    MemorySource source = MemorySource.ofAll(topic);
    produce(30, 0);
    StreamWorker worker = start(source);
    catchUp(worker);

    source.lose(Set.of(0, 1, 2));
    await(() -> kinds(worker).equals(List.of(Trouble.Kind.MEMBERSHIP_LOST)));
    assertThat(worker.progress().message()).contains("went on without this worker");
    assertThat(worker.progress().remedy()).isNotEmpty();
    assertThat(gauge(Trouble.Kind.MEMBERSHIP_LOST)).isEqualTo(1);

    source.assign(Set.of(0, 1, 2));
    await(() -> kinds(worker).isEmpty());
    assertThat(gauge(Trouble.Kind.MEMBERSHIP_LOST)).isZero();
    assertThat(episodes(Trouble.Kind.MEMBERSHIP_LOST)).isEqualTo(1);
    produce(30, 0);
    catchUp(worker);
    assertExactlyOnce();
  }

  @Test
  void aStuckCommitIsToldWhileItLastsAndLandsOnce() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    lake.beforeCommit =
        name -> {
          if (name.equals(feed.bronze()) && free.getCount() > 0) {
            stuck.countDown();
            awaitQuietly(free);
          }
        };
    produce(150, 0);
    AtomicLong nanos = new AtomicLong();
    StreamWorker worker = start(Optional.empty(), nanos::get, () -> MemorySource.ofAll(topic));
    assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    await(() -> kinds(worker).equals(List.of(Trouble.Kind.COMMIT_STUCK)));
    free.countDown();
    await(() -> kinds(worker).isEmpty());
    catchUp(worker);
    assertExactlyOnce();
    assertThat(episodes(Trouble.Kind.COMMIT_STUCK)).isEqualTo(1);
  }

  /// The first connection goes dumb, the second one works.
  @Test
  void aSourceThatBringsNothingIsConnectedAnew() {
    AtomicInteger connections = new AtomicInteger();
    MemorySource dumb = new MemorySource(topic, 7);
    dumb.assign(Set.of(0, 1, 2));
    produce(60, 2);
    AtomicLong nanos = new AtomicLong();
    StreamWorker worker =
        start(
            Optional.of(this::ends),
            nanos::get,
            () -> connections.getAndIncrement() == 0 ? dumb : MemorySource.ofAll(topic));
    catchUp(worker);
    dumb.goDumb();
    produce(60, 2);

    await(
        () -> {
          nanos.addAndGet(Duration.ofMillis(100).toNanos());
          return connections.get() > 1;
        });

    catchUp(worker);
    await(() -> kinds(worker).isEmpty());
    assertExactlyOnce();
    assertThat(episodes(Trouble.Kind.SOURCE_SILENT)).isEqualTo(1);
    assertThat(connections).hasValue(2);
  }

  private Optional<Map<Integer, Long>> ends() {
    Map<Integer, Long> ends = new HashMap<>();
    for (int p = 0; p < topic.count(); p++) {
      ends.put(p, topic.end(p));
    }
    return Optional.of(ends);
  }

  private static List<Trouble.Kind> kinds(StreamWorker worker) {
    return worker.progress().troubles().stream().map(Trouble::kind).toList();
  }

  private double gauge(Trouble.Kind kind) {
    return registry.get("millrace.stream.trouble").tag("kind", kind.label()).gauge().value();
  }

  private double episodes(Trouble.Kind kind) {
    return registry.get("millrace.stream.troubles").tag("kind", kind.label()).counter().count();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void stoppingCommitsWhatIsOpen() throws Exception {
    produce(20, 2);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().openBatch() == 20);
    worker.stop().get(10, TimeUnit.SECONDS);
    assertExactlyOnce();
  }

  @Test
  void lateEventsAreCountedAndKept() throws Exception {
    for (int p = 0; p < 3; p++) {
      topic.add(p, event("s", START));
      topic.add(p, event("s", START.minusSeconds(600)));
    }
    StreamWorker worker = start(MemorySource.ofAll(topic));
    worker.catchUp().get(10, TimeUnit.SECONDS);
    topic.add(0, event("s", START.minusSeconds(601)));
    topic.add(1, event("s", START.plusSeconds(600)));
    topic.add(2, event("s", START.minusMillis(600_001)));
    worker.catchUp().get(10, TimeUnit.SECONDS);

    StreamProgress progress = worker.stop().get(10, TimeUnit.SECONDS);
    assertThat(progress.late()).isEqualTo(2);
    assertThat(progress.lateness().total()).isEqualTo(2);
    assertThat(progress.watermark()).contains(START.minusSeconds(600));
    assertExactlyOnce();
  }

  @Test
  void anEventFarAheadOfTheClockMakesNoOtherLate() throws Exception {
    topic.add(0, event("s", Instant.parse("9999-12-31T23:59:59Z")));
    for (int p = 0; p < 3; p++) {
      topic.add(p, event("s", START));
      topic.add(p, event("s", START.minusSeconds(1)));
    }
    StreamWorker worker = start(MemorySource.ofAll(topic));
    worker.catchUp().get(10, TimeUnit.SECONDS);

    StreamProgress progress = worker.stop().get(10, TimeUnit.SECONDS);
    assertThat(progress.late()).isZero();
    assertThat(registry.get("millrace.stream.ahead").counter().count()).isEqualTo(1);
    assertExactlyOnce();
  }

  /// However the partitions of a backlog take turns, the same events are late.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void latenessDoesNotDependOnHowABacklogIsRead(long seed) throws Exception {
    now = START.plusSeconds(86_400);
    SplittableRandom random = new SplittableRandom(seed);
    long[] newest = new long[3];
    long expected = 0;
    for (int i = 0; i < 900; i++) {
      int partition = random.nextInt(3);
      // The partitions' clocks lie hours apart and run at different speeds.
      long second = partition * 7_200L + (long) i * (partition + 1) - random.nextInt(1_500);
      boolean first = newest[partition] == 0;
      expected += !first && second < newest[partition] - 600 ? 1 : 0;
      newest[partition] = first ? second : Math.max(newest[partition], second);
      topic.add(partition, event("s" + i, START.plusSeconds(second)));
    }
    MemorySource source = new MemorySource(topic, 1 + random.nextInt(40));
    for (int partition : new int[] {2, 0, 1}) {
      source.assign(Set.of(partition));
    }
    StreamWorker worker = start(source);
    worker.catchUp().get(10, TimeUnit.SECONDS);

    StreamProgress progress = worker.stop().get(10, TimeUnit.SECONDS);
    assertThat(expected).isPositive();
    assertThat(progress.late()).as("seed %d", seed).isEqualTo(expected);
    assertThat(progress.lateness().total()).isEqualTo(expected);
  }

  @Test
  void lagIsToldInSecondsAndFlowByKind() throws Exception {
    topic.written(START.minusSeconds(90).toEpochMilli());
    for (int i = 0; i < 40; i++) {
      topic.add(0, event("s", START).replace("temperature", "kind-" + i));
    }
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().openBatch() == 40);
    await(() -> worker.progress().flow().lag().equals(Optional.of(Duration.ofSeconds(90))));
    assertThat(gauge("millrace.stream.lag.seconds")).isEqualTo(90);
    assertThat(gauge("millrace.stream.lag.events")).isEqualTo(40);
    now = START.plusSeconds(1);
    await(() -> worker.progress().flow().perSecond().containsKey("others"));
    Map<String, Double> perSecond = worker.progress().flow().perSecond();
    assertThat(perSecond).hasSize(33).containsEntry("kind-0", 1.0).containsEntry("others", 8.0);

    worker.catchUp().get(10, TimeUnit.SECONDS);
    assertThat(worker.progress().flow().lag()).contains(Duration.ZERO);
    assertThat(kindMeter("kind-31")).isEqualTo(1);
    assertThat(kindMeter("others")).isEqualTo(8);
    worker.stop().get(10, TimeUnit.SECONDS);
    assertThat(gauge("millrace.stream.lag.seconds")).isNaN();
  }

  private double gauge(String name) {
    return registry.get(name).tag("feed", feed.name()).gauge().value();
  }

  private double kindMeter(String kind) {
    return registry.get("millrace.stream.kind.events").tag("kind", kind).counter().count();
  }

  @Test
  void fieldsOfNoColumnAreTold() throws Exception {
    topic.add(0, event("s", START).replace("}", ",\"battery\":87}"));
    topic.add(1, event("s", START).replace("}", ",\"battery\":86,\"rssi\":-40}"));
    StreamWorker worker = start(MemorySource.ofAll(topic));
    worker.catchUp().get(10, TimeUnit.SECONDS);
    StreamProgress progress = worker.stop().get(10, TimeUnit.SECONDS);
    assertThat(progress.unknownFields()).isEqualTo(3);
    assertThat(progress.flow().unknownFields())
        .containsExactly(Map.entry("battery", 2L), Map.entry("rssi", 1L));
  }

  @Test
  void aBatchIsFullBySoManyBytesOfDeadLetters() throws Exception {
    for (int i = 0; i < 12; i++) {
      topic.add(0, "x".repeat(5 << 20));
    }
    MemorySource source = new MemorySource(topic, 1);
    source.assign(Set.of(0, 1, 2));
    StreamWorker worker = start(source);
    worker.catchUp().get(20, TimeUnit.SECONDS);
    assertThat(worker.stop().join().commits()).isEqualTo(3);
    assertThat(lake.coordinates(feed.deadLetters())).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void aCommitOfAnotherKindInBetweenCostsNothing() throws Exception {
    AtomicInteger intrusions = new AtomicInteger();
    lake.beforeCommit =
        name -> {
          if (name.equals(feed.bronze()) && intrusions.getAndIncrement() % 2 == 0) {
            intrude();
          }
        };
    produce(500, 10);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    worker.catchUp().get(10, TimeUnit.SECONDS);
    assertThat(intrusions).hasValueGreaterThan(4);
    assertExactlyOnce();
  }

  @Test
  void aFullDiskIsWaitedOutAndTold() {
    AtomicBoolean full = new AtomicBoolean(true);
    lake.beforeFile =
        () -> {
          if (full.get()) {
            throw new MillraceException(ErrorCode.FILE, "No space left", "free some");
          }
        };
    produce(300, 9);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().message().equals("No space left"));
    assertThat(worker.progress().state()).isEqualTo(StreamState.RUNNING);
    assertThat(kinds(worker)).containsExactly(Trouble.Kind.COMMIT_FAILING);
    assertThat(gauge(Trouble.Kind.COMMIT_FAILING)).isEqualTo(1);
    assertThat(worker.progress().remedy()).isEqualTo("free some");

    full.set(false);
    catchUp(worker);

    assertExactlyOnce();
    await(() -> worker.progress().message().isEmpty());
    assertThat(episodes(Trouble.Kind.COMMIT_FAILING)).isEqualTo(1);
  }

  @Test
  void aLakeThatDoesNotAnswerAtTheStartIsWaitedForAndTold() {
    AtomicBoolean away = new AtomicBoolean(true);
    lake.beforeOpen =
        () -> {
          if (away.get()) {
            throw new MillraceException(ErrorCode.SERVICE, "S3 does not answer", "start it");
          }
        };
    produce(300, 9);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().message().equals("S3 does not answer"));
    assertThat(worker.progress().state()).isEqualTo(StreamState.STARTING);
    assertThat(kinds(worker)).containsExactly(Trouble.Kind.COMMIT_FAILING);

    away.set(false);
    catchUp(worker);

    assertExactlyOnce();
    assertThat(kinds(worker)).isEmpty();
    assertThat(worker.progress().message()).isEmpty();
  }

  @Test
  void aWorkerThatWaitsForItsLakeCanBeStopped() {
    lake.beforeOpen =
        () -> {
          throw new MillraceException(ErrorCode.SERVICE, "S3 does not answer", "start it");
        };
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> !kinds(worker).isEmpty());

    assertThat(worker.stop().orTimeout(20, TimeUnit.SECONDS).join().state())
        .isEqualTo(StreamState.STOPPED);
  }

  @Test
  void memoryIsBoundedWhileNothingCanBeCommitted() {
    lake.beforeFile =
        () -> {
          throw new MillraceException(ErrorCode.FILE, "No space left", "free some");
        };
    produce(1_000, 0);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    await(() -> worker.progress().openBatch() >= 190);
    await(() -> !worker.progress().message().isEmpty());
    assertThat(worker.progress().openBatch()).isLessThanOrEqualTo(200);

    lake.beforeFile = () -> {};
    catchUp(worker);
    assertExactlyOnce();
  }

  @Test
  void aCommitThatLandsUnheardIsNotMadeTwice() {
    AtomicInteger commits = new AtomicInteger();
    lake.afterCommit =
        _ -> {
          if (commits.getAndIncrement() % 3 == 0) {
            throw new MillraceException(ErrorCode.LAKE, "The answer was lost", "wait");
          }
        };
    produce(500, 20);
    StreamWorker worker = start(MemorySource.ofAll(topic));
    catchUp(worker);
    assertExactlyOnce();
    assertThat(worker.progress().bronzeRows()).isEqualTo(480);
  }

  /// A worker killed at a commit, before and after it landed, in either table.
  @ParameterizedTest
  @ValueSource(
      strings = {"before bronze", "after bronze", "before dead_letters", "after dead_letters"})
  void aKilledWorkerLosesAndDoublesNothing(String moment) {
    produce(500, 40);
    AtomicInteger kills = new AtomicInteger();
    for (int kill = 0; kill < 4; kill++) {
      AtomicInteger until = new AtomicInteger(kill);
      Consumer<TableName> fault =
          name -> {
            if (moment.endsWith(name.layer().sqlName()) && until.getAndDecrement() == 0) {
              kills.incrementAndGet();
              throw new AssertionError("killed");
            }
          };
      lake.beforeCommit = moment.startsWith("before") ? fault : _ -> {};
      lake.afterCommit = moment.startsWith("after") ? fault : _ -> {};
      StreamWorker worker = start(MemorySource.ofAll(topic));
      CompletableFuture.anyOf(worker.ended(), worker.catchUp().handle((_, _) -> "caught up"))
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
      worker.close();
    }
    assertThat(kills).hasPositiveValue();
    lake.beforeCommit = _ -> {};
    lake.afterCommit = _ -> {};
    catchUp(start(MemorySource.ofAll(topic)));
    assertExactlyOnce();
  }

  /// Workers that all believe to own everything, as after a lost membership: the tables decide.
  @Test
  void workersThatOverlapAreFenced() {
    produce(2_000, 50);
    List<StreamWorker> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(start(MemorySource.ofAll(topic)));
    }
    catchUp(all.toArray(StreamWorker[]::new));
    assertExactlyOnce();
    assertThat(all)
        .allSatisfy(w -> assertThat(w.progress().state()).isEqualTo(StreamState.RUNNING));
  }

  /// It thaws with a place in a partition that is another's by now, and is given a further one
  /// before it hears of that.
  @Test
  void aWorkerThatThawsIntoARebalanceDoublesNothing() {
    CountDownLatch frozen = new CountDownLatch(1);
    CountDownLatch thawed = new CountDownLatch(1);
    AtomicBoolean cold = new AtomicBoolean();
    EventListener freezer =
        new EventListener() {
          @Override
          public void arrived(ColumnBatch batch, int from, int to, long arrival) {}

          @Override
          public void quiet() {
            if (cold.get()) {
              frozen.countDown();
              await(() -> thawed.getCount() == 0);
            }
          }
        };
    MemorySource its = new MemorySource(topic, 7);
    MemorySource others = new MemorySource(topic, 7);
    its.assign(Set.of(0));
    others.assign(Set.of(1, 2));
    StreamWorker freezing = start(its, freezer);
    StreamWorker other = start(others);
    produce(30, 0);
    catchUp(freezing, other);

    cold.set(true);
    await(() -> frozen.getCount() == 0);
    produce(60, 0);
    others.assign(Set.of(0));
    catchUp(other);
    others.revoke(Set.of(1));
    its.assign(Set.of(1));
    cold.set(false);
    thawed.countDown();

    catchUp(freezing, other);
    stopAll();
    assertExactlyOnce();
  }

  /// Partitions wander between two workers, properly and improperly, while commits fail at random.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rebalancesUnderFireLoseAndDoubleNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom faults = random.split();
    lake.beforeCommit = _ -> failSometimes(faults);
    lake.afterCommit = _ -> failSometimes(faults);
    lake.beforeFile = () -> failSometimes(faults);
    MemorySource[] sources = {new MemorySource(topic, 5), new MemorySource(topic, 11)};
    List<StreamWorker> all = List.of(start(sources[0]), start(sources[1]));
    int[] owner = {-1, -1, -1};
    for (int round = 0; round < 30; round++) {
      produce(random.nextInt(60), random.nextInt(3));
      int partition = random.nextInt(3);
      if (owner[partition] >= 0) {
        switch (random.nextInt(3)) {
          case 0 -> sources[owner[partition]].revoke(Set.of(partition));
          case 1 -> sources[owner[partition]].lose(Set.of(partition));
          default -> {
            // As one that was frozen: it goes on with what another has by now.
          }
        }
      }
      owner[partition] = random.nextInt(2);
      sources[owner[partition]].assign(Set.of(partition));
    }
    for (int p = 0; p < 3; p++) {
      if (owner[p] < 0) {
        sources[0].assign(Set.of(p));
      }
    }
    catchUp(all.toArray(StreamWorker[]::new));
    lake.beforeFile = () -> {};
    lake.beforeCommit = _ -> {};
    lake.afterCommit = _ -> {};
    assertThat(all)
        .as("seed %d", seed)
        .allSatisfy(w -> assertThat(w.progress().state()).isEqualTo(StreamState.RUNNING));
    assertExactlyOnce();
  }

  @Test
  void whatRetentionTookIsCountedAndTheRestIsRead() {
    produce(90, 0);
    catchUp(start(MemorySource.ofAll(topic)));
    stopAll();
    produce(90, 0);
    topic.deleteBefore(1, 45);

    StreamWorker worker = start(MemorySource.ofAll(topic));
    catchUp(worker);

    assertThat(worker.stop().join().lostToRetention()).isEqualTo(15);
    assertThat(lake.coordinates(feed.bronze())).hasSize(165).doesNotHaveDuplicates();
  }

  @Test
  void aBatchOfDeadLettersAloneMovesBronzesMarker() {
    for (int i = 0; i < 10; i++) {
      topic.add(i % 3, "no event");
    }
    catchUp(start(MemorySource.ofAll(topic)));
    assertExactlyOnce();
    assertThat(marker(0)).isEqualTo(4);
    assertThat(lake.coordinates(feed.deadLetters())).hasSize(10);
  }

  @Test
  void withoutDeadLettersTheirTableStaysAsItIs() {
    produce(300, 0);
    catchUp(start(MemorySource.ofAll(topic)));
    assertThat(lake.find(feed.deadLetters()).orElseThrow().snapshot().version()).isZero();
  }

  @Test
  void everyBronzeCommitIsHeardOfWhateverTheListenerThrows() {
    List<Long> versions = new CopyOnWriteArrayList<>();
    commits =
        (table, snapshot) -> {
          assertThat(table.name()).isEqualTo(feed.bronze());
          versions.add(snapshot.version());
          throw new IllegalStateException("no time to merge files");
        };
    produce(500, 10);
    StreamWorker worker =
        start(Optional.empty(), System::nanoTime, () -> MemorySource.ofAll(topic));
    catchUp(worker);
    assertExactlyOnce();
    assertThat(versions).hasSize((int) worker.progress().commits()).isSorted();
  }

  @Test
  void theListenerHearsEveryEventOnceInOrder() {
    List<String> heard = new ArrayList<>();
    EventListener listener =
        (batch, from, to, _) -> {
          for (int row = from; row < to; row++) {
            heard.add(batch.ints(8).at(row) + ":" + batch.longs(9).at(row));
          }
        };
    produce(400, 10);
    StreamWorker worker = start(MemorySource.ofAll(topic), listener);
    catchUp(worker);
    worker.stop().join();
    assertThat(heard).hasSize(390).doesNotHaveDuplicates();
  }

  @Test
  void aLakeThatRefusesFailsTheWorkerWithItsWords() {
    Lake refusing =
        new Lake() {
          @Override
          public List<TableName> tables() {
            return List.of();
          }

          @Override
          public Optional<LakeTable> find(TableName name) {
            return Optional.empty();
          }

          @Override
          public LakeTable open(TableName name, Schema schema, Optional<String> partition) {
            throw new MillraceException(ErrorCode.LAKE, "Another schema", "mend it");
          }
        };
    StreamWorker worker =
        new StreamWorker(
            "test",
            feed,
            () -> MemorySource.ofAll(topic),
            refusing,
            lake,
            EventListener.NONE,
            new Meters(registry),
            () -> now);
    worker.start();
    StreamProgress end = worker.ended().orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(end.state()).isEqualTo(StreamState.FAILED);
    assertThat(end.message()).isEqualTo("Another schema");
    assertThat(end.remedy()).isEqualTo("mend it");
    assertThatThrownBy(() -> worker.catchUp().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(MillraceException.class);
  }

  @Test
  void catchUpAcrossWorkersWaitsForAll() throws Exception {
    produce(30, 0);
    MemorySource one = new MemorySource(topic, 7);
    one.assign(Set.of(0, 1));
    StreamWorker first = start(one);
    var future = first.catchUp();
    assertThatThrownBy(() -> future.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    MemorySource other = new MemorySource(topic, 7);
    other.assign(Set.of(2));
    StreamWorker second = start(other);
    second.catchUp().get(10, TimeUnit.SECONDS);
    future.get(10, TimeUnit.SECONDS);
    assertExactlyOnce();
  }

  private static void failSometimes(SplittableRandom faults) {
    boolean fail;
    synchronized (faults) {
      fail = faults.nextInt(6) == 0;
    }
    if (fail) {
      throw new MillraceException(ErrorCode.SERVICE, "Chance", "wait");
    }
  }

  /// A commit that adds no rows and no marker, as maintenance makes.
  private void intrude() {
    LakeTable table = lake.find(feed.bronze()).orElseThrow();
    var saved = lake.beforeCommit;
    lake.beforeCommit = _ -> {};
    table.commit(
        table.snapshot(), new LakeCommit("OPTIMIZE", List.of(), List.of(), Map.of(), Map.of()));
    lake.beforeCommit = saved;
  }

  private StreamWorker start(EventSource source) {
    return start(source, EventListener.NONE);
  }

  private StreamWorker start(EventSource source, EventListener listener) {
    StreamWorker worker =
        new StreamWorker(
            StreamSetting.of("test", feed, listener, new Meters(registry), () -> now),
            () -> source,
            lake,
            lake,
            Duration.ofMillis(2),
            Watchdog.Patience.STANDARD);
    workers.add(worker);
    worker.start();
    return worker;
  }

  private StreamWorker start(
      Optional<TopicEnds> ends, LongSupplier nanos, Supplier<EventSource> sources) {
    StreamWorker worker =
        new StreamWorker(
            StreamSetting.of(
                "test",
                feed,
                EventListener.NONE,
                new Meters(registry),
                () -> now,
                commits,
                ends,
                nanos),
            sources,
            lake,
            lake,
            Duration.ofMillis(2),
            Watchdog.Patience.STANDARD);
    workers.add(worker);
    worker.start();
    return worker;
  }

  private static void catchUp(StreamWorker... asked) {
    CompletableFuture.allOf(
            Arrays.stream(asked).map(StreamWorker::catchUp).toArray(CompletableFuture[]::new))
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private void produce(int count, int bad) {
    for (int i = 0; i < count; i++) {
      boolean isBad = i < bad * 7 && i % 7 == 0;
      topic.add(i % 3, isBad ? "{broken" : event("sensor-" + i, START.plusSeconds(i % 60)));
    }
  }

  private static String event(String sensor, Instant time) {
    return "{\"sensor_id\":\"%s\",\"sensor_type\":\"temperature\",\"value\":21.5,\"event_time\":\"%s\"}"
        .formatted(sensor, time);
  }

  private long marker(int partition) {
    return lake.find(feed.bronze())
        .orElseThrow()
        .snapshot()
        .nextOffset(new TopicPartition(feed.kafka().topic(), partition))
        .orElseThrow();
  }

  private void assertExactlyOnce() {
    List<String> all = new ArrayList<>(lake.coordinates(feed.bronze()));
    all.addAll(lake.coordinates(feed.deadLetters()));
    assertThat(new HashSet<>(all)).as("nothing doubled").hasSize(all.size());
    assertThat(all).as("nothing lost").hasSize((int) topic.total());
    for (int p = 0; p < 3; p++) {
      assertThat(marker(p)).isEqualTo(topic.end(p));
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
