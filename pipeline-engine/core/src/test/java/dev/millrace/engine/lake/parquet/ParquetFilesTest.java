package dev.millrace.engine.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.event.Reason;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.pipeline.Feed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest {

  @TempDir private Path folder;
  private final ParquetFiles files = new ParquetFiles();

  @Test
  void everyTypeReadsBack() throws SQLException {
    EventBatch batch =
        batchOf(
            Feeds.everyType(),
            "{\"t\":1767225600000,\"s\":\"gr\u00fcn\",\"b\":true,\"i\":-1,\"l\":9007199254740993,"
                + "\"d\":-0.5,\"day\":\"1969-12-31\",\"x\":\"AQI=\"}",
            "{\"t\":1767225600000123}",
            "{\"t\":\"0001-01-01T00:00:00Z\",\"s\":\"\",\"b\":false,\"i\":7,\"l\":0,\"d\":1e300,"
                + "\"day\":\"2026-01-01\",\"x\":\"\"}");

    LakeFile file = files.write(folder, batch.columns(), RowSelection.run(0, 3), Optional.empty());

    assertThat(
            query(
                "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM %s)", file))
        .containsExactly(
            "s VARCHAR",
            "b BOOLEAN",
            "i INTEGER",
            "l BIGINT",
            "d DOUBLE",
            "t TIMESTAMP WITH TIME ZONE",
            "day DATE",
            "x BLOB",
            "ingestion_time TIMESTAMP WITH TIME ZONE",
            "kafka_topic VARCHAR",
            "kafka_partition INTEGER",
            "kafka_offset BIGINT",
            "event_date DATE",
            "_extra VARCHAR");
    assertThat(
            query(
                "SELECT s, b, i, l, d, epoch_us(t), day, hex(x), kafka_offset, event_date FROM %s",
                file))
        .containsExactly(
            "gr\u00fcn true -1 9007199254740993 -0.5 1767225600000000 1969-12-31 0102 0 2026-01-01",
            "null null null null null 1767225600000123 null null 1 2026-01-01",
            " false 7 0 1.0E300 -62135596800000000 2026-01-01  2 0001-01-01");
    assertThat(file.rows()).isEqualTo(3);
    assertThat(file.bytes()).isEqualTo(file.path().toFile().length());
    assertThat(file.statistics())
        .containsEntry("s", bounds("", "gr\u00fcn", 1))
        .containsEntry("b", bounds(false, true, 1))
        .containsEntry("i", bounds(-1, 7, 1))
        .containsEntry("l", bounds(0L, 9007199254740993L, 1))
        .containsEntry("d", bounds(-0.5, 1e300, 1))
        .containsEntry("t", bounds(-62135596800000000L, 1767225600000123L, 0))
        .containsEntry("day", bounds(-1, 20454, 1))
        .containsEntry("x", new ColumnStatistics(Optional.empty(), Optional.empty(), 1));
  }

  /// Many pages, nulls strewn in, texts that repeat and texts that do not, against plain Java sums.
  @Test
  void manyPagesReadBack() throws SQLException {
    long seed = 4711;
    SplittableRandom random = new SplittableRandom(seed);
    int count = 70_001;
    List<String> events = new ArrayList<>();
    long nulls = 0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      boolean isNull = random.nextInt(7) == 0;
      double value = random.nextInt(1000) / 8.0;
      nulls += isNull ? 1 : 0;
      sum += isNull ? 0 : value;
      events.add(
          "{\"sensor_id\":\"sensor-%d\",\"sensor_type\":\"t\",\"location\":\"%s\",\"value\":%s,\"event_time\":%d}"
              .formatted(
                  i, "zone-" + random.nextInt(300), isNull ? "null" : value, 1767225600000L + i));
    }
    EventBatch batch = batchOf(Feeds.readings(), events.toArray(String[]::new));

    LakeFile file =
        files.write(
            folder, batch.columns(), RowSelection.run(0, count), Optional.of(LocalDate.EPOCH));

    assertThat(file.partitionValue()).contains(LocalDate.EPOCH);
    assertThat(
            query(
                "SELECT count(*), count(DISTINCT sensor_id), count(DISTINCT location),"
                    + " min(sensor_type), count(*) - count(value), sum(value), min(kafka_offset),"
                    + " max(kafka_offset), count(DISTINCT event_time), count(unit) FROM %s",
                file))
        .as("seed %d", seed)
        .containsExactly(
            count
                + " "
                + count
                + " 300 t "
                + nulls
                + " "
                + sum
                + " 0 "
                + (count - 1)
                + " "
                + count
                + " 0");
    assertThat(query("SELECT sensor_id, location FROM %s WHERE kafka_offset = 54321", file))
        .containsExactly("sensor-54321 " + batch.columns().text(2).at(54_321));
    assertThat(query("SELECT kafka_offset FROM %s WHERE sensor_id = 'sensor-69999'", file))
        .containsExactly("69999");
    assertThat(file.statistics()).containsEntry("sensor_id", bounds("sensor-0", "sensor-9999", 0));
  }

  @Test
  void aSelectionWritesItsRowsAlone() throws SQLException {
    EventBatch batch =
        batchOf(
            Feeds.readings(),
            IntStream.range(0, 100)
                .mapToObj(
                    i ->
                        "{\"sensor_id\":\"s%d\",\"sensor_type\":\"t\",\"event_time\":1767225600000}"
                            .formatted(i))
                .toArray(String[]::new));

    LakeFile file =
        files.write(
            folder,
            batch.columns(),
            RowSelection.of(new int[] {9, 5, 7, 5, 99}, 1, 4),
            Optional.empty());

    assertThat(query("SELECT sensor_id FROM %s", file)).containsExactly("s5", "s7", "s5");
    assertThat(file.statistics()).containsEntry("kafka_offset", bounds(5L, 7L, 0));
  }

  @Test
  void deadLettersKeepTheirBytes() throws SQLException {
    ColumnBatch batch = new ColumnBatch(DeadLetter.SCHEMA);
    byte[] raw = {0, (byte) 0xFF, '{'};
    new DeadLetter(
            raw, "t", 2, 41, Reason.NOT_UTF8, "no text", 1, Instant.parse("2026-01-01T00:00:00Z"))
        .appendTo(batch);

    LakeFile file = files.write(folder, batch, RowSelection.run(0, 1), Optional.empty());

    assertThat(
            query(
                "SELECT hex(raw), kafka_topic, kafka_partition, kafka_offset, reason, detail,"
                    + " position, epoch_us(seen_at), state FROM %s",
                file))
        .containsExactly("00FF7B t 2 41 NOT_UTF8 no text 1 1767225600000000 new");
  }

  @Test
  void aFolderThatIsNoneIsToldAndLeavesNothing() throws IOException {
    Path none = folder.resolve("none");
    EventBatch batch = batchOf(Feeds.everyType(), "{\"t\":1767225600000}");
    assertThatThrownBy(
            () -> files.write(none, batch.columns(), RowSelection.run(0, 1), Optional.empty()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Could not write data file " + none);
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static EventBatch batchOf(Feed feed, String... events) {
    EventDecoder decoder = new EventDecoder(feed);
    EventBatch batch = new EventBatch(feed);
    for (String event : events) {
      byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
      assertThat(decoder.decode(bytes, 0, bytes.length, batch))
          .as(event)
          .isEqualTo(Verdict.Event.DECODED);
      batch.accept(1, 0, batch.rows());
    }
    return batch;
  }

  private static ColumnStatistics bounds(Object min, Object max, long nulls) {
    return new ColumnStatistics(Optional.of(min), Optional.of(max), nulls);
  }

  private static List<String> query(String sql, LakeFile file) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet result =
            statement.executeQuery(
                sql.formatted("read_parquet('" + file.path() + "')").replace("%%", "%"))) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.append(i == 1 ? "" : " ").append(result.getObject(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
