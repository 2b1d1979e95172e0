package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.CommitOutcome.Conflict;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Spark with Delta Lake reads the tables written here and finds in them what was written.
final class OutsideReaderIT {

  private static final TableName EVENTS = TableName.bronze("sensor-events");
  private static final TopicPartition PARTITION = new TopicPartition("sensor-events", 0);
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final int FILE_ROWS = 1000;

  private static final SparkSession spark = Spark.session();

  @TempDir Path folder;

  @Test
  void aPartitionedTableWithACheckpointAndAReplaceReadsTheSame() throws Exception {
    LakeTable table = lake().open(EVENTS, BronzeFiles.SCHEMA, Optional.of("event_date"));
    LakeSnapshot end;
    try (BronzeFiles files = new BronzeFiles()) {
      List<LakeFile> written = new ArrayList<>();
      for (int i = 0; i < 14; i++) {
        LakeFile file =
            files.write(table, DAY.plusDays(i % 3), (long) i * FILE_ROWS, (i + 1L) * FILE_ROWS);
        written.add(file);
        commit(table, List.of(file), List.of(), Map.of(PARTITION, (i + 1L) * FILE_ROWS));
      }
      // The second file gives way to its first half.
      LakeFile half = files.write(table, DAY.plusDays(1), FILE_ROWS, FILE_ROWS + FILE_ROWS / 2);
      end = commit(table, List.of(half), List.of(written.get(1)), Map.of());
    }
    // As a clean-up does: from here on the first ten versions live in the checkpoint alone.
    for (int version = 0; version < 10; version++) {
      Files.delete(log().resolve("%020d.json".formatted(version)));
    }

    Dataset<Row> read = read(EVENTS);

    assertThat(types(read))
        .containsExactly(
            "sensor_id string",
            "location string",
            "value double",
            "event_time timestamp",
            "charging boolean",
            "kafka_partition int",
            "kafka_offset bigint",
            "raw binary",
            "event_date date");
    read.createOrReplaceTempView("events");
    Row all =
        spark
            .sql(
                """
                SELECT count(*), count(DISTINCT kafka_offset), count(DISTINCT sensor_id),
                       min(kafka_offset), max(kafka_offset), min(value), max(value),
                       count_if(location IS NULL), count_if(value IS NULL), count_if(raw IS NULL),
                       min(event_time), max(event_time),
                       max(decode(raw, 'UTF-8')), count_if(charging)
                FROM events\
                """)
            .head();
    assertThat(all.getLong(0)).isEqualTo(end.rows()).isEqualTo(13_500);
    assertThat(all.getLong(1)).isEqualTo(13_500);
    assertThat(all.getLong(2)).isEqualTo(10);
    assertThat(all.getLong(3)).isZero();
    assertThat(all.getLong(4)).isEqualTo(13_999);
    assertThat(all.getDouble(5)).isZero();
    assertThat(all.getDouble(6)).isEqualTo(13_999 / 8.0);
    assertThat(all.getLong(7)).isEqualTo(13_500 / 4);
    assertThat(all.getLong(8)).isEqualTo(13_500 / 10);
    assertThat(all.getLong(9)).isEqualTo(13_500 / 5);
    assertThat(all.<Timestamp>getAs(10).toInstant())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00.000001Z"));
    assertThat(all.<Timestamp>getAs(11).toInstant())
        .isEqualTo(Instant.parse("2026-03-03T03:19:59.000001Z"));
    assertThat(all.getString(12)).isEqualTo("bytes");
    assertThat(all.getLong(13)).isEqualTo(13_500 / 2);
  }

  @Test
  void filtersFindTheirRowsBehindCutStatistics() throws Exception {
    LakeTable table = lake().open(EVENTS, BronzeFiles.SCHEMA, Optional.of("event_date"));
    try (BronzeFiles files = new BronzeFiles()) {
      for (int i = 0; i < 3; i++) {
        commit(
            table,
            List.of(files.write(table, DAY.plusDays(i), i * 100L, i * 100L + 100)),
            List.of(),
            Map.of());
      }
    }
    read(EVENTS).createOrReplaceTempView("events");

    // The greatest of each column: found only when its cut bound was cut upwards.
    assertThat(count("event_time >= TIMESTAMP '2026-03-03 00:04:59.000001Z'")).isEqualTo(1);
    assertThat(count("location = 'floor/" + "ü".repeat(40) + "3'")).isEqualTo(75);
    assertThat(count("event_date = DATE '2026-03-02' AND kafka_offset >= 199")).isEqualTo(1);
    assertThat(count("value IS NULL")).isEqualTo(30);
    assertThat(count("event_date < DATE '2026-03-01'")).isZero();
  }

  @Test
  void anUnpartitionedTableAndItsPastReadTheSame() throws Exception {
    TableName name = TableName.parse("gold.sensor_5min").orElseThrow();
    LakeTable table = lake().open(name, BronzeFiles.SCHEMA, Optional.empty());
    try (BronzeFiles files = new BronzeFiles()) {
      LakeFile first = files.write(table, DAY, 0, 10);
      commit(table, List.of(first), List.of(), Map.of());
      commit(table, List.of(files.write(table, DAY, 10, 15)), List.of(first), Map.of());
    }

    assertThat(read(name).count()).isEqualTo(5);
    assertThat(
            spark
                .read()
                .format("delta")
                .option("versionAsOf", 1)
                .load(path(name).toString())
                .count())
        .isEqualTo(10);
    List<Row> history =
        spark
            .sql("DESCRIBE HISTORY delta.`" + path(name) + "`")
            .select("version", "operation", "engineInfo")
            .collectAsList();
    assertThat(history)
        .extracting(row -> row.getLong(0) + " " + row.getString(1) + " " + row.getString(2))
        .containsExactly(
            "2 STREAMING UPDATE Millrace/test",
            "1 STREAMING UPDATE Millrace/test",
            "0 CREATE TABLE Millrace/test");
  }

  @Test
  void whatSparkWritesIsReadHere() throws Exception {
    LakeTable table = lake().open(EVENTS, BronzeFiles.SCHEMA, Optional.of("event_date"));
    try (BronzeFiles files = new BronzeFiles()) {
      commit(table, List.of(files.write(table, DAY, 0, 100)), List.of(), Map.of(PARTITION, 100L));
    }

    spark.sql("DELETE FROM delta.`" + path(EVENTS) + "` WHERE kafka_offset >= 40");
    spark.sql("OPTIMIZE delta.`" + path(EVENTS) + "`");

    assertThat(table.snapshot().version()).isGreaterThanOrEqualTo(2);
    assertThat(table.snapshot().rows()).isEqualTo(40);
    assertThat(table.snapshot().nextOffset(PARTITION)).hasValue(100);
    assertThat(lake().find(EVENTS).orElseThrow().snapshot()).isEqualTo(table.snapshot());
  }

  private DeltaLake lake() {
    return new DeltaLake(
        folder, "Millrace/test", InstantSource.fixed(Instant.parse("2026-03-05T00:00:00Z")));
  }

  private Path path(TableName name) {
    return folder.resolve(name.layer().sqlName()).resolve(name.name());
  }

  private Path log() {
    return path(EVENTS).resolve("_delta_log");
  }

  private Dataset<Row> read(TableName name) {
    return spark.read().format("delta").load(path(name).toString());
  }

  private static long count(String condition) {
    return spark.sql("SELECT count(*) FROM events WHERE " + condition).head().getLong(0);
  }

  private static List<String> types(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .map(field -> field.name() + " " + field.dataType().sql().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static LakeSnapshot commit(
      LakeTable table,
      List<LakeFile> added,
      List<LakeFile> removed,
      Map<TopicPartition, Long> offsets) {
    LakeCommit commit = new LakeCommit("STREAMING UPDATE", added, removed, offsets, Map.of());
    return switch (table.commit(table.snapshot(), commit)) {
      case Committed(LakeSnapshot snapshot) -> snapshot;
      case Conflict(long newest) -> throw new AssertionError("lost to version " + newest);
    };
  }
}
