package dev.millrace.engine.lake;

import static dev.millrace.engine.model.Column.optional;
import static dev.millrace.engine.model.Column.required;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Real Parquet files of readings, written and read by DuckDB.
public final class ReadingFiles implements AutoCloseable {

  /// Columns of a reading; every fifth has no note.
  public static final Schema SCHEMA =
      Schema.of(
          required("id", ColumnType.BIGINT),
          required("sensor", ColumnType.STRING),
          optional("value", ColumnType.DOUBLE),
          required("seen_at", ColumnType.TIMESTAMP),
          required("flagged", ColumnType.BOOLEAN),
          required("kafka_partition", ColumnType.INT),
          optional("note", ColumnType.STRING),
          required("event_date", ColumnType.DATE));

  public static final Optional<String> BY_DATE = Optional.of("event_date");

  private final Connection connection;
  private LakeFiles lakeFiles = LakeFiles.inPlace();

  public ReadingFiles() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET TimeZone = 'UTC'");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// Writes the readings `from` up to but not including `to` of a day beside the table's others.
  public LakeFile write(LakeTable table, LocalDate day, long from, long to) {
    Optional<LocalDate> value = table.partition().map(_ -> day);
    Path file = table.dataFolder(value).resolve("part-" + UUID.randomUUID() + ".zstd.parquet");
    execute(
        """
        COPY (
          SELECT i::BIGINT AS id,
                 'sensor-' || (i %% 7) AS sensor,
                 CAST(i AS DOUBLE) / 4 AS value,
                 TIMESTAMPTZ '%1$s 00:00:00.001234+00' + i * INTERVAL 1 SECOND AS seen_at,
                 i %% 2 = 0 AS flagged,
                 (i %% 3)::INTEGER AS kafka_partition,
                 CASE WHEN i %% 5 = 0 THEN NULL ELSE repeat('n', 40) || i END AS note,
                 DATE '%1$s' AS event_date
          FROM range(%2$d, %3$d) AS r(i)
        ) TO '%4$s' (FORMAT parquet, COMPRESSION zstd)\
        """
            .formatted(day, from, to, sql(file)));
    try {
      return new LakeFile(file, to - from, Files.size(file), value, statistics(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Reads a lake whose files are brought here to be read.
  public void readThrough(LakeFiles files) {
    lakeFiles = files;
  }

  /// The ids in the files, in order.
  public List<Long> ids(Collection<LakeFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    try (LakeFiles.Hold hold = lakeFiles.hold(files)) {
      String list =
          files.stream()
              .map(f -> "'" + sql(hold.path(f)) + "'")
              .collect(Collectors.joining(", "));
      return query(
          "SELECT list(id ORDER BY id) FROM read_parquet([" + list + "])",
          row -> {
            Object[] ids = (Object[]) row.getArray(1).getArray();
            return List.of(ids).stream().map(Long.class::cast).toList();
          });
    }
  }

  private Map<String, ColumnStatistics> statistics(Path file) {
    Map<String, ColumnStatistics> statistics = new HashMap<>();
    for (var column : SCHEMA.columns()) {
      String name = column.name();
      String value = column.type() == ColumnType.TIMESTAMP ? "epoch_us(" + name + ")" : name;
      statistics.put(
          name,
          query(
              "SELECT min(%1$s), max(%1$s), count(*) - count(%2$s) FROM read_parquet('%3$s')"
                  .formatted(value, name, sql(file)),
              row ->
                  new ColumnStatistics(
                      Optional.ofNullable(plain(row.getObject(1))),
                      Optional.ofNullable(plain(row.getObject(2))),
                      row.getLong(3))));
    }
    return statistics;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case LocalDate day -> (int) day.toEpochDay();
      case Date day -> (int) day.toLocalDate().toEpochDay();
      default -> value;
    };
  }

  private static String sql(Path file) {
    return file.toString().replace("'", "''");
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  private <T> T query(String sql, RowReader<T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return reader.read(rows);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
