package dev.millrace.app.bench;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.FailingRows;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.ValidateTable;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A suite of 20 expectations over a Bronze table, beside one bare aggregate scan of the same
/// columns in DuckDB: rows, values, smallest and largest of each, and the means of the numbers. A
/// second suite has one more, that each event stands there once, which no aggregate tells.
public final class QualityBench {

  private static final int ROUNDS = 3;

  private static final String SUITE =
      """
      {"name": "bench", "expectations": [
      {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}},
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "sensor_id"}},
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "sensor_type"}},
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "event_time"}},
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "value", "mostly": 0.99}},
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "kafka_offset"}},
      {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "sensor_type",
        "value_set": ["temperature", "humidity", "pressure", "vibration"]}},
      {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "unit",
        "value_set": ["°C", "%", "hPa", "mm/s"]}},
      {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value", "min_value": -40,
        "max_value": 85, "mostly": 0.9, "row_condition": "col(\\"sensor_type\\")==\\"temperature\\""}},
      {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value", "min_value": 0,
        "max_value": 100, "mostly": 0.9, "row_condition": "col(\\"sensor_type\\")==\\"humidity\\""}},
      {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value", "min_value": 800,
        "max_value": 1200, "mostly": 0.9, "row_condition": "col(\\"sensor_type\\")==\\"pressure\\""}},
      {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value", "min_value": 0,
        "max_value": 50, "mostly": 0.9, "row_condition": "col(\\"sensor_type\\")==\\"vibration\\""}},
      {"type": "expect_column_value_lengths_to_be_between", "kwargs": {"column": "sensor_id",
        "min_value": 1, "max_value": 40}},
      {"type": "expect_column_values_to_match_like_pattern", "kwargs": {"column": "sensor_id",
        "like_pattern": "sensor-%"}},
      {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "location", "mostly": 0.9}},
      {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "value", "min_value": 0,
        "max_value": 2000}},
      {"type": "expect_column_max_to_be_between", "kwargs": {"column": "value", "max_value": 5000}},
      {"type": "expect_column_min_to_be_between", "kwargs": {"column": "value", "min_value": -500}},
      {"type": "expect_column_stdev_to_be_between", "kwargs": {"column": "value", "min_value": 0}},
      {"type": "expect_column_values_to_be_of_type", "kwargs": {"column": "value", "type_": "DOUBLE"}}
      ADDED]}
      """;

  private static final String UNIQUE =
      ", {\"type\": \"expect_compound_columns_to_be_unique\", \"kwargs\": {\"column_list\": "
          + "[\"kafka_topic\", \"kafka_partition\", \"kafka_offset\"]}}";

  private static final int SENSORS = 10_000;

  private QualityBench() {}

  /// @param home a new one, which is left behind with its table
  /// @return one row of each way, the baseline first
  public static List<Map<String, Object>> run(Home home, long events, Progress progress) {
    BenchFleet fleet = new BenchFleet(home);
    Pipeline pipeline = fleet.pipeline();
    Feed feed = fleet.feed();
    int threads = Runtime.getRuntime().availableProcessors();
    Lake lake = new DeltaLake(home.lake("quality"), "Millrace bench", InstantSource.system());
    LakeTable bronze =
        lake.open(feed.bronze(), feed.bronzeSchema(), Optional.of(Feed.EVENT_DATE.name()));
    try (SqlEngine engine =
        new DuckDbEngine(home.scratch(), DuckDbEngine.DEFAULT_MEMORY_BYTES, threads)) {
      progress.report("making %,d events".formatted(events), 0, 0);
      new BenchHistory(engine, bronze, events, SENSORS).standing(progress);
    }
    Measured bare = new Measured("one bare scan in DuckDB", 0);
    Measured suite = new Measured("suite of 20 expectations", 20);
    Measured unique = new Measured("the same, and each event once", 21);
    for (int round = 0; round < ROUNDS; round++) {
      progress.report("round " + (round + 1) + " of " + ROUNDS, 0, 0);
      bare.measure(() -> bareScan(bronze, threads));
      suite.measure(() -> judge(home, pipeline, lake, feed, "", threads));
      unique.measure(() -> judge(home, pipeline, lake, feed, UNIQUE, threads));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Measured one : List.of(bare, suite, unique)) {
      rows.add(one.row(events, bare));
    }
    return rows;
  }

  private static void judge(
      Home home, Pipeline pipeline, Lake lake, Feed feed, String more, int threads) {
    SuiteSource source = new SuiteSource("bench.json", SUITE.replace("ADDED", more));
    try (SqlEngine engine =
        new DuckDbEngine(home.scratch(), DuckDbEngine.DEFAULT_MEMORY_BYTES, threads)) {
      ValidationResult result =
          new ValidateTable()
              .validate(
                  pipeline,
                  new ValidateTable.Request(feed.bronze(), Optional.of(source), Slice.WHOLE),
                  lake,
                  engine,
                  FailingRows.NONE,
                  InstantSource.system().instant(),
                  Progress.NONE);
      if (result.results().stream().anyMatch(r -> r.error().isPresent())) {
        throw new IllegalStateException("The bench's suite cannot be judged: " + result.failing());
      }
    }
  }

  private static void bareScan(LakeTable bronze, int threads) {
    String columns =
        List.of("sensor_id", "sensor_type", "location", "unit", "event_time", "kafka_offset")
            .stream()
            .map(c -> "count(%1$s), min(%1$s), max(%1$s)".formatted(c))
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT count(*), %s, count(value), min(value), max(value), avg(value), stddev_samp(value) FROM read_parquet([%s], hive_partitioning = false)"
            .formatted(
                columns,
                bronze.snapshot().files().stream()
                    .map(LakeFile::path)
                    .map(path -> "'" + path + "'")
                    .collect(Collectors.joining(", ")));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + threads);
      try (ResultSet results = statement.executeQuery(sql)) {
        if (!results.next()) {
          throw new IllegalStateException("The baseline gave no row");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The baseline failed", e);
    }
  }

  /// The fastest of its rounds.
  private static final class Measured {
    private final String way;
    private final int expectations;
    private double wall = Double.MAX_VALUE;
    private double cpu = Double.MAX_VALUE;

    Measured(String way, int expectations) {
      this.way = way;
      this.expectations = expectations;
    }

    void measure(Runnable work) {
      long wallBefore = System.nanoTime();
      long cpuBefore = CpuTimes.ofProcess();
      work.run();
      wall = Math.min(wall, (System.nanoTime() - wallBefore) / 1e9);
      cpu = Math.min(cpu, (CpuTimes.ofProcess() - cpuBefore) / 1e9);
    }

    Map<String, Object> row(long events, Measured bare) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("way", way);
      row.put("expectations", expectations);
      row.put("rows", events);
      row.put("wall_s", rounded(wall));
      row.put("cpu_s", rounded(cpu));
      row.put("wall_to_bare", rounded(wall / bare.wall));
      row.put("cpu_to_bare", rounded(cpu / bare.cpu));
      return row;
    }

    private static double rounded(double value) {
      return Math.round(value * 100) / 100.0;
    }
  }
}
