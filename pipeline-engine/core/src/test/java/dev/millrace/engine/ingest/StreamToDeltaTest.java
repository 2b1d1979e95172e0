package dev.millrace.engine.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The worker on real Delta tables and Parquet files, read by DuckDB.
@Timeout(60)
class StreamToDeltaTest {

  @TempDir private Path root;
  private final Feed feed = Feeds.readings(3, Duration.ofSeconds(30), 200);
  private final MemoryTopic topic = new MemoryTopic(3);

  @Test
  void faultsAndRestartsLoseAndDoubleNothing() throws SQLException {
    Instant midnight = Instant.parse("2026-02-01T00:00:00Z");
    for (int i = 0; i < 3_000; i++) {
      topic.add(
          i % 3,
          i % 50 == 0
              ? "[broken"
              : "{\"sensor_id\":\"s%d\",\"sensor_type\":\"t\",\"value\":%d,\"event_time\":\"%s\"}"
                  .formatted(i % 40, i, midnight.plusSeconds(i % 2 == 0 ? -i : i)));
    }
    AtomicInteger written = new AtomicInteger();
    ParquetFiles parquet = new ParquetFiles();
    DataFiles faulty =
        (folder, batch, rows, partitionValue) -> {
          int n = written.incrementAndGet();
          if (n % 11 == 0) {
            throw new AssertionError("killed");
          }
          if (n % 5 == 0) {
            throw new MillraceException(ErrorCode.FILE, "No space left", "free some");
          }
          return parquet.write(folder, batch, rows, partitionValue);
        };
    int kills = 0;
    for (boolean caughtUp = false; !caughtUp; ) {
      try (StreamWorker worker = worker(faulty)) {
        worker.start();
        caughtUp =
            CompletableFuture.anyOf(
                    worker.ended().thenApply(_ -> false), worker.catchUp().thenApply(_ -> true))
                .exceptionally(_ -> false)
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .equals(true);
        kills += caughtUp ? 0 : 1;
      }
    }

    assertThat(kills).isPositive();
    assertThat(
            query(
                "SELECT count(*) || ' ' || count(DISTINCT (kafka_partition, kafka_offset)) || ' '"
                    + " || count(DISTINCT event_date) || ' ' || sum(value)::BIGINT FROM ",
                feed.bronze()))
        .isEqualTo("2940 2940 2 " + (2_999L * 3_000 / 2 - 50L * 59 * 60 / 2));
    assertThat(
            query(
                "SELECT count(*) || ' ' || count(DISTINCT (kafka_partition, kafka_offset)) || ' '"
                    + " || min(reason) || ' ' || max(decode(raw)) FROM ",
                feed.deadLetters()))
        .isEqualTo("60 60 NOT_JSON [broken");
  }

  /// A table from before there was a column for them, then one of their fields gets its own.
  @Test
  void aStandingTableGetsTheColumnsItLacks() throws SQLException {
    Schema before =
        feed.schema()
            .with(
                Feed.INGESTION_TIME,
                Feed.KAFKA_TOPIC,
                Feed.KAFKA_PARTITION,
                Feed.KAFKA_OFFSET,
                Feed.EVENT_DATE);
    var _ = lake().open(feed.bronze(), before, Optional.of("event_date"));
    String event =
        "{\"sensor_id\":\"s\",\"sensor_type\":\"t\",\"battery\":%d,\"rssi\":-4,\"event_time\":1767225600000}";
    topic.add(0, event.formatted(80));
    catchUp(feed);
    topic.add(0, event.formatted(81));
    catchUp(
        new Feed(
            feed.name(),
            feed.kafka(),
            feed.schema().with(Column.optional("battery", ColumnType.DOUBLE)),
            feed.roles(),
            feed.watermark(),
            feed.trigger(),
            feed.batchRows()));

    DeltaLake standing = lake();
    assertThat(standing.find(feed.bronze()).orElseThrow().schema().columns())
        .extracting(Column::name)
        .containsSubsequence("event_time", "battery", "ingestion_time", "event_date", "_extra");
    try (SqlEngine engine = new DuckDbEngine(root.resolve("tmp"), 1L << 30, 1);
        SqlSession session = engine.session()) {
      LakeTable bronze = standing.find(feed.bronze()).orElseThrow();
      session.view("bronze", bronze.schema(), bronze.snapshot().files());
      assertThat(session.rows("SELECT kafka_offset, battery, _extra FROM bronze ORDER BY 1"))
          .extracting(row -> row.get("battery") + " " + row.get("_extra"))
          .containsExactly("null {\"battery\":80,\"rssi\":-4}", "81.0 {\"rssi\":-4}");
    }
  }

  private void catchUp(Feed defined) {
    try (StreamWorker worker = worker(defined, new ParquetFiles())) {
      worker.start();
      worker.catchUp().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  private StreamWorker worker(DataFiles files) {
    return worker(feed, files);
  }

  private StreamWorker worker(Feed defined, DataFiles files) {
    return new StreamWorker(
        StreamSetting.of(
            "test",
            defined,
            EventListener.NONE,
            new Meters(new SimpleMeterRegistry()),
            InstantSource.system()),
        () -> MemorySource.ofAll(topic),
        lake(),
        files,
        Duration.ofMillis(2),
        Watchdog.Patience.STANDARD);
  }

  private DeltaLake lake() {
    return new DeltaLake(root, "test", InstantSource.system());
  }

  private String query(String select, TableName table) throws SQLException {
    String files =
        lake().find(table).orElseThrow().snapshot().files().stream()
            .map(LakeFile::path)
            .map(path -> "'" + path + "'")
            .collect(Collectors.joining(","));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(select + "read_parquet([" + files + "])")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
