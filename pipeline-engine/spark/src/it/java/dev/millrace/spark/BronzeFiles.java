package dev.millrace.spark;

import static dev.millrace.engine.model.Column.optional;
import static dev.millrace.engine.model.Column.required;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// Parquet files of Bronze readings, whose every value follows from the Kafka offset.
final class BronzeFiles implements AutoCloseable {

  static final Schema SCHEMA =
      Schema.of(
          required("sensor_id", ColumnType.STRING),
          optional("location", ColumnType.STRING),
          optional("value", ColumnType.DOUBLE),
          required("event_time", ColumnType.TIMESTAMP),
          required("charging", ColumnType.BOOLEAN),
          required("kafka_partition", ColumnType.INT),
          required("kafka_offset", ColumnType.BIGINT),
          optional("raw", ColumnType.BINARY),
          required("event_date", ColumnType.DATE));

  private final Connection connection;

  BronzeFiles() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /// Writes the readings with the offsets `from` up to but not including `to`, all of one day.
  LakeFile write(LakeTable table, LocalDate day, long from, long to) throws SQLException {
    Optional<LocalDate> value = table.partition().map(_ -> day);
    Path file = table.dataFolder(value).resolve("part-" + UUID.randomUUID() + ".zstd.parquet");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (
            SELECT 'sensor-' || (i %% 10) AS sensor_id,
                   CASE WHEN i %% 4 = 0 THEN NULL
                        ELSE 'floor/' || repeat('ü', 40) || (i %% 4) END AS location,
                   CASE WHEN i %% 10 = 3 THEN NULL ELSE CAST(i AS DOUBLE) / 8 END AS value,
                   TIMESTAMPTZ '%1$s 00:00:00.000001+00' + i * INTERVAL 1 SECOND AS event_time,
                   i %% 2 = 0 AS charging,
                   (i %% 3)::INTEGER AS kafka_partition,
                   i::BIGINT AS kafka_offset,
                   CASE WHEN i %% 5 = 0 THEN NULL ELSE 'bytes'::BLOB END AS raw,
                   DATE '%1$s' AS event_date
            FROM range(%2$d, %3$d) AS r(i)
          ) TO '%4$s' (FORMAT parquet, COMPRESSION zstd)\
          """
              .formatted(day, from, to, file));
      return new LakeFile(
          file, to - from, Files.size(file), value, Statistics.of(statement, file, SCHEMA));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
