package dev.millrace.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.lake.store.s3.Fault;
import dev.millrace.engine.lake.store.s3.FaultProxy;
import dev.millrace.engine.lake.store.s3.LocalS3;
import dev.millrace.engine.lake.store.s3.RemoteRig;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The worker on an S3 that fails in every way: it waits, says why, goes on by itself, and each
/// event is in the tables once.
@Timeout(60)
final class StreamToS3Test {

  private static final int EVENTS = 1_500;
  private static final Instant MIDNIGHT = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir private Path folder;
  private final Feed feed = Feeds.readings(3, Duration.ofSeconds(30), 150);
  private final MemoryTopic topic = new MemoryTopic(3);

  @Test
  void faultsOfEverySortLoseAndDoubleNothing() throws Exception {
    long seed = Long.getLong("millrace.seed", System.nanoTime() & 0xFFFF_FFFFL);
    List<Fault> faults = List.of(Fault.values());
    try (LocalS3 s3 = LocalS3.start(Files.createDirectories(folder.resolve("server")));
        FaultProxy proxy = FaultProxy.before(s3.port());
        RemoteRig rig =
            new RemoteRig(
                s3.access("p", proxy.port(), Duration.ofMillis(300), 2), folder.resolve("here"))) {
      add(0, EVENTS / 2);
      int said = 0;
      try (StreamWorker worker = worker(rig.lake("worker", InstantSource.system()))) {
        worker.start();
        worker.catchUp().get(30, TimeUnit.SECONDS);

        proxy.schedule(_ -> Optional.of(Fault.EXPIRED));
        add(EVENTS / 2, EVENTS / 2 + 300);
        var caughtUp = worker.catchUp();
        while (!worker.progress().message().contains("credentials have expired")) {
          Thread.onSpinWait();
        }
        assertThat(worker.progress().state()).isEqualTo(StreamState.RUNNING);
        assertThat(worker.progress().remedy()).contains("renew");
        said++;
        proxy.schedule(
            request -> {
              SplittableRandom random = new SplittableRandom(seed + request * 7_919L);
              return random.nextInt(100) < 15
                  ? Optional.of(faults.get(random.nextInt(faults.size())))
                  : Optional.empty();
            });
        caughtUp.get(40, TimeUnit.SECONDS);
        add(EVENTS / 2 + 300, EVENTS);
        worker.catchUp().get(40, TimeUnit.SECONDS);
        proxy.calm();
      }

      String what = "seed " + seed;
      System.out.printf(
          "S3 stream: %d requests, %d met a fault, told %d, seed %d%n",
          proxy.requests(), proxy.hits(), said, seed);
      try (RemoteRig clean = new RemoteRig(s3.access("p"), folder.resolve("there"))) {
        assertThat(
                query(
                    clean,
                    "SELECT count(*) || ' ' || count(DISTINCT (kafka_partition, kafka_offset)) ||"
                        + " ' ' || sum(value)::BIGINT FROM ",
                    feed.bronze()))
            .as(what)
            .isEqualTo(
                "1470 1470 " + ((EVENTS - 1L) * EVENTS / 2 - 50L * 29 * 30 / 2));
        assertThat(
                query(
                    clean,
                    "SELECT count(*) || ' ' || count(DISTINCT (kafka_partition, kafka_offset)) FROM ",
                    feed.deadLetters()))
            .as(what)
            .isEqualTo("30 30");
      }
    }
  }

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      topic.add(
          i % 3,
          i % 50 == 0
              ? "[broken"
              : "{\"sensor_id\":\"s%d\",\"sensor_type\":\"t\",\"value\":%d,\"event_time\":\"%s\"}"
                  .formatted(i % 40, i, MIDNIGHT.plusSeconds(i)));
    }
  }

  private StreamWorker worker(Lake lake) {
    return new StreamWorker(
        StreamSetting.of(
            "test",
            feed,
            EventListener.NONE,
            new Meters(new SimpleMeterRegistry()),
            InstantSource.system()),
        () -> MemorySource.ofAll(topic),
        lake,
        new ParquetFiles(),
        Duration.ofMillis(2),
        Watchdog.Patience.STANDARD);
  }

  private static String query(RemoteRig rig, String select, TableName table) throws Exception {
    LakeSnapshot snapshot =
        rig.lake("reader", InstantSource.system()).find(table).orElseThrow().snapshot();
    try (LakeFiles.Hold hold = rig.files().hold(snapshot.files());
        Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      String files =
          snapshot.files().stream()
              .map(file -> "'" + hold.path(file) + "'")
              .collect(Collectors.joining(","));
      try (ResultSet rows = statement.executeQuery(select + "read_parquet([" + files + "])")) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
