package dev.millrace.app.bench;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A rebuild of all tables beside the same SQL run in DuckDB with nothing around it, in one
/// process.
public final class TransformBench {

  private TransformBench() {}

  /// One table built one way.
  public record Row(String table, String way, double wallSeconds, double cpuSeconds) {}

  /// @param home a new one, which is left behind with its tables
  /// @param sensors how many the events are spread over
  /// @param memoryBytes DuckDB's limit
  public static List<Row> run(
      Home home, long events, int sensors, long memoryBytes, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    Pipeline pipeline = fleet.pipeline();
    int threads = Runtime.getRuntime().availableProcessors();
    Lake lake = new DeltaLake(home.lake("rebuild"), "Millrace bench", InstantSource.system());
    List<Row> rows = new ArrayList<>();
    Feed feed = fleet.feed();
    LakeTable bronze =
        lake.open(feed.bronze(), feed.bronzeSchema(), Optional.of(Feed.EVENT_DATE.name()));
    try (SqlEngine engine = new DuckDbEngine(home.scratch(), memoryBytes, threads)) {
      new BenchHistory(engine, bronze, events, sensors).standing(progress);
    }
    bare(home, pipeline, bronze, memoryBytes, threads, rows, progress);
    try (SqlEngine engine = new DuckDbEngine(home.scratch(), memoryBytes, threads)) {
      for (DerivedTable table : pipeline.tables()) {
        Clock clock = new Clock();
        var _ =
            new BuildTable()
                .build(pipeline, table, lake, engine, InstantSource.system().instant(), progress);
        rows.add(clock.row(table, "millrace"));
      }
    }
    return rows;
  }

  private static void bare(
      Home home,
      Pipeline pipeline,
      LakeTable bronze,
      long memoryBytes,
      int threads,
      List<Row> rows,
      Progress progress) {
    Path out = home.scratch().resolve("bare");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Files.createDirectories(out);
      execute(connection, "SET memory_limit = '" + (memoryBytes >> 20) + "MiB'");
      execute(connection, "SET threads = " + threads);
      execute(connection, "SET temp_directory = '" + home.scratch().resolve("bare-spill") + "'");
      execute(connection, "SET preserve_insertion_order = false");
      execute(connection, "SET TimeZone = 'UTC'");
      execute(connection, "CREATE MACRO unix_micros(moment) AS epoch_us(moment)");
      execute(
          connection,
          "CREATE MACRO timestamp_micros(micros) AS make_timestamp(micros)::TIMESTAMPTZ");
      execute(
          connection,
          "CREATE TABLE ranges AS SELECT * FROM (VALUES "
              + pipeline.ranges().entrySet().stream()
                  .map(
                      e ->
                          "('%s', %se0, %se0)"
                              .formatted(e.getKey(), e.getValue().low(), e.getValue().high()))
                  .collect(Collectors.joining(", "))
              + ") AS t(kind, low, high)");
      execute(
          connection,
          "CREATE VIEW %s AS SELECT * EXCLUDE (filename), parse_filename(filename) AS _source_file FROM read_parquet([%s], filename = true, hive_partitioning = false)"
              .formatted(
                  BuildTable.viewName(bronze.name()),
                  bronze.snapshot().files().stream()
                      .map(LakeFile::path)
                      .map(path -> "'" + path + "'")
                      .collect(Collectors.joining(", "))));
      for (DerivedTable table : pipeline.tables()) {
        progress.report(table.name() + " in bare DuckDB", 0, 0);
        Path folder = out.resolve(table.name().toString());
        Clock clock = new Clock();
        execute(
            connection,
            "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd, %s)"
                .formatted(
                    text(pipeline, table),
                    folder,
                    table
                        .partition()
                        .map(p -> "PARTITION_BY (" + p + "), WRITE_PARTITION_COLUMNS true")
                        .orElse("FILE_SIZE_BYTES '256MB'")));
        rows.add(clock.row(table, "bare DuckDB"));
        execute(
            connection,
            "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/**/*.parquet', hive_partitioning = false)"
                .formatted(BuildTable.viewName(table.name()), folder));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The baseline failed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Pipeline pipeline, DerivedTable table) {
    return table
        .sql()
        .replace(":pipeline_version", "'" + pipeline.version() + "'")
        .replace(":processing_timestamp", "timestamp_micros(0)");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// From its making on.
  private static final class Clock {
    private final long wall = System.nanoTime();
    private final long cpu = CpuTimes.ofProcess();

    Row row(DerivedTable table, String way) {
      return new Row(
          table.name().toString(),
          way,
          (System.nanoTime() - wall) / 1e9,
          (CpuTimes.ofProcess() - cpu) / 1e9);
    }
  }
}
