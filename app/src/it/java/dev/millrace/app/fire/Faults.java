package dev.millrace.app.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Program;
import dev.millrace.app.fire.Fault.Struck;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.ingest.StreamWorker;
import dev.millrace.engine.ingest.kafka.KafkaEventSource;
import dev.millrace.engine.ingest.kafka.KafkaSetting;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Trouble;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// All that is done to workers, broker, disk and clock.
final class Faults {

  private static final long BURST = 24_000;

  private Faults() {}

  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (HaltPoint point : HaltPoints.ALL) {
      all.add(new Fault("kill: " + point.fault(), ground -> halt(ground, point)));
    }
    all.add(new Fault("kill -9 at random", Faults::killAtRandom));
    all.add(new Fault("workers join, leave, freeze and thaw", Faults::rebalance));
    all.add(new Fault("kill -9 of the broker", Faults::killBroker));
    all.add(new Fault("the broker freezes and thaws", Faults::freezeBroker));
    all.add(new Fault("max.poll.interval outstayed", Faults::outstay));
    all.add(new Fault("full disk", Faults::fillDisk));
    all.add(new Fault("lake not writable", Faults::refuseWrites));
    all.add(new Fault("clock jumps", Faults::jumpClock));
    return all;
  }

  private static Struck halt(Ground ground, HaltPoint point) {
    Line line = ground.main();
    line.send(ground.servers(), BURST);
    try (Program worker = ground.workerThatHalts(line, point)) {
      Program.Ended ended = worker.await();
      assertThat(ended.code())
          .as("halted %s; stderr: %s", point, ended.err())
          .isEqualTo(HaltPoint.EXIT);
    }
    return new Struck(1);
  }

  private static Struck killAtRandom(Ground ground) throws InterruptedException {
    Line line = ground.main();
    int kills = 2;
    try (Line.Traffic _ = line.traffic(ground.servers())) {
      for (int i = 0; i < kills; i++) {
        try (Program worker = ground.worker(line)) {
          // Ends of now are in Bronze when it has committed at least once.
          ground.awaitMarkers(line.lake(), line, ground.ends(line));
          long longer = ground.random().nextLong(1_500);
          assertThat(worker.process().waitFor(longer, TimeUnit.MILLISECONDS)).isFalse();
          worker.kill();
        }
      }
    }
    return new Struck(kills);
  }

  private static Struck rebalance(Ground ground) throws IOException, InterruptedException {
    Line line = ground.main();
    try (Line.Traffic _ = line.traffic(ground.servers());
        Program first = ground.worker(line)) {
      ground.awaitMembers(line, 1);
      try (Program second = ground.worker(line);
          Program third = ground.worker(line)) {
        ground.awaitMembers(line, 3);
        second.terminate();
        long later = ground.random().nextLong(1_200);
        assertThat(third.process().waitFor(later, TimeUnit.MILLISECONDS)).isFalse();
        signal("STOP", third);
        second.await().succeeded();
        ground.awaitMembers(line, 1);
        Map<Integer, Long> moved = ground.ends(line);
        ground.awaitMarkers(line.lake(), line, moved);
        signal("CONT", third);
        ground.awaitMembers(line, 2);

        first.kill();
        ground.awaitMembers(line, 1);
        ground.awaitMarkers(line.lake(), line, ground.ends(line));
        third.terminate();
        third.await().succeeded();
      }
    }
    return new Struck(6);
  }

  private static void signal(String name, Program program)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, "" + program.process().pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private static Struck killBroker(Ground ground) {
    Line line = ground.main();
    int kills = 1;
    try (Line.Traffic _ = line.traffic(ground.servers());
        Program first = ground.worker(line);
        Program second = ground.worker(line)) {
      ground.awaitMembers(line, 2);
      for (int i = 0; i < kills; i++) {
        ground.killServices();
        ground.startServices();
        Map<Integer, Long> ends = ground.awaitEnds(line);
        ground.awaitMarkers(line.lake(), line, ends);
      }
      assertThat(List.of(first, second))
          .allSatisfy(w -> assertThat(w.process().isAlive()).as(w.told()).isTrue());
      first.terminate();
      second.terminate();
      first.await().succeeded();
      second.await().succeeded();
    }
    return new Struck(kills);
  }

  private static Struck freezeBroker(Ground ground) throws IOException, InterruptedException {
    Line line = ground.main();
    try (Line.Traffic _ = line.traffic(ground.servers());
        Program worker = ground.worker(line)) {
      ground.awaitMembers(line, 1);
      signal("STOP", ground.services());
      awaitTold(worker, "Kafka has given no answer");
      signal("CONT", ground.services());
      awaitTold(worker, "goes on");
      ground.awaitMarkers(line.lake(), line, ground.awaitEnds(line));
      worker.terminate();
      worker.await().succeeded();
    }
    return new Struck(1);
  }

  private static Struck fillDisk(Ground ground) {
    return onSmallDisk(
        ground,
        (line, disk) -> {
          try (Program worker = ground.worker(line, disk.within())) {
            line.send(ground.servers(), BURST);
            ground.awaitMarkers(disk.seen(), line, ground.ends(line));
            disk.fill();
            line.send(ground.servers(), BURST);
            awaitTold(worker, "No space left|is full");
            worker.kill();
          }
          try (Program worker = ground.worker(line, disk.within())) {
            awaitTold(worker, "No space left|is full");
            disk.free();
            ground.awaitMarkers(disk.seen(), line, ground.ends(line));
            awaitTold(worker, "goes on");
            worker.terminate();
            worker.await().succeeded();
          }
        });
  }

  private static Struck refuseWrites(Ground ground) {
    return onSmallDisk(
        ground,
        (line, disk) -> {
          try (Program worker = ground.worker(line, disk.within())) {
            line.send(ground.servers(), BURST);
            ground.awaitMarkers(disk.seen(), line, ground.ends(line));
            disk.refuseWrites();
            line.send(ground.servers(), BURST);
            awaitTold(worker, "Read-only file system|no write access");
            disk.allowWrites();
            ground.awaitMarkers(disk.seen(), line, ground.ends(line));
            worker.terminate();
            worker.await().succeeded();
          }
        });
  }

  /// @param words regular expression
  private static void awaitTold(Program worker, String words) {
    Pattern wanted = Pattern.compile(words);
    Await.until(
        () -> "the worker tells '" + words + "'; it told " + worker.told(),
        () -> {
          assertThat(worker.process().isAlive()).as(worker.told()).isTrue();
          return wanted.matcher(worker.told()).find();
        });
  }

  private interface OnDisk {
    void strike(Line line, SmallDisk disk);
  }

  private static Struck onSmallDisk(Ground ground, OnDisk fault) {
    Line line = ground.narrow();
    Optional<SmallDisk> found = SmallDisk.over(line.lake());
    if (found.isEmpty()) {
      return new Struck(0, Optional.empty(), "not tried: no mount namespaces on this machine");
    }
    try (SmallDisk disk = found.get()) {
      fault.strike(line, disk);
      Ledger ledger = Ledger.read(disk.seen(), line.feed());
      assertThat(ledger.markers()).isEqualTo(ground.ends(line));
      ledger.check();
      return new Struck(1, Optional.of(ledger), "");
    }
  }

  /// In this process, for a process has no clock of its own.
  private static Struck jumpClock(Ground ground) {
    Line line = ground.main();
    AtomicReference<Duration> off = new AtomicReference<>(Duration.ZERO);
    List<Duration> jumps =
        List.of(
            Duration.ofHours(5),
            Duration.ofHours(-3),
            Duration.ofDays(400),
            Duration.ofDays(-400),
            Duration.ZERO);
    try (Line.Traffic _ = line.traffic(ground.servers());
        StreamWorker worker =
            worker(
                ground,
                Map.of(),
                EventListener.NONE,
                new SimpleMeterRegistry(),
                () -> Instant.now().plus(off.get()))) {
      worker.start();
      for (Duration jump : jumps) {
        off.set(jump);
        ground.awaitMarkers(line.lake(), line, ground.ends(line));
      }
    }
    return new Struck(jumps.size());
  }

  /// Its thread is held up for longer than the group waits for a poll.
  private static Struck outstay(Ground ground) {
    Line line = ground.main();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    CountDownLatch heldUp = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    EventListener holdUp =
        (_, _, _, _) -> {
          heldUp.countDown();
          await(free);
        };
    line.send(ground.servers(), BURST);
    try (StreamWorker worker =
        worker(
            ground,
            Map.of("max.poll.interval.ms", "2000"),
            holdUp,
            registry,
            InstantSource.system())) {
      worker.start();
      await(heldUp);
      ground.awaitNoMember(line);
      free.countDown();
      ground.awaitMarkers(line.lake(), line, ground.ends(line));
      Await.until("it has no trouble any more", () -> worker.progress().troubles().isEmpty());
    }
    String lost = Trouble.Kind.MEMBERSHIP_LOST.label();
    assertThat(registry.get("millrace.stream.troubles").tag("kind", lost).counter().count())
        .as("memberships lost")
        .isPositive();
    return new Struck(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(90, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static StreamWorker worker(
      Ground ground,
      Map<String, String> consumer,
      EventListener listener,
      SimpleMeterRegistry registry,
      InstantSource clock) {
    Line line = ground.main();
    KafkaSetting setting =
        new KafkaSetting(
            ground.servers(), line.group(), Optional.empty(), KafkaSetting.Isolation.ALL, consumer);
    return new StreamWorker(
        line.name(),
        line.feed(),
        () -> new KafkaEventSource(setting, line.feed()),
        new DeltaLake(line.lake(), "Fire", clock),
        new ParquetFiles(),
        listener,
        new Meters(registry),
        clock);
  }
}
