package dev.millrace.engine.transform;

import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shipped pipeline over a lake in memory.
public final class TransformFixture implements AutoCloseable {

  public static final TableName BRONZE = TableName.bronze("sensor-events");
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

  private static final Schema RAW =
      Schema.of(
          Column.optional("sensor_id", ColumnType.STRING),
          Column.optional("sensor_type", ColumnType.STRING),
          Column.optional("location", ColumnType.STRING),
          Column.optional("value", ColumnType.DOUBLE),
          Column.optional("event_micros", ColumnType.BIGINT),
          Column.optional("ingestion_micros", ColumnType.BIGINT),
          Column.optional("kafka_partition", ColumnType.INT),
          Column.optional("kafka_offset", ColumnType.BIGINT));

  public final Pipeline pipeline = PipelineReader.read(PipelineFolder.shipped("building-sensors"));
  public final Lake lake;
  public final SqlEngine engine;

  /// Builds tables; replaced by one that makes small files.
  BuildTable builder = new BuildTable();

  public TransformFixture(Path folder, Lake lake) {
    this(lake, new DuckDbEngine(folder.resolve("tmp"), DuckDbEngine.DEFAULT_MEMORY_BYTES, 2));
  }

  /// @param engine closed with this
  TransformFixture(Lake lake, SqlEngine engine) {
    this.lake = lake;
    this.engine = engine;
    lake.open(BRONZE, pipeline.feeds().getFirst().bronzeSchema(), Optional.of("event_date"));
  }

  public DerivedTable table(String name) {
    return pipeline.table(TableName.parse(name).orElseThrow()).orElseThrow();
  }

  public BuildOutcome build(String name) {
    return build(pipeline, name);
  }

  public BuildOutcome build(Pipeline definition, String name) {
    DerivedTable table = definition.table(TableName.parse(name).orElseThrow()).orElseThrow();
    return builder.build(definition, table, lake, engine, NOW, Progress.NONE);
  }

  void rebuild(String name) {
    builder.rebuild(pipeline, table(name), lake, engine, NOW, "asked for", Progress.NONE);
  }

  /// Rows of a query in which every table of the lake stands under its SQL name.
  public List<Map<String, Object>> rows(String sql) {
    try (SqlSession session = engine.session()) {
      for (TableName name : lake.tables()) {
        LakeTable table = lake.find(name).orElseThrow();
        session.view(BuildTable.viewName(name), table.schema(), table.snapshot().files());
      }
      return session.rows(sql);
    }
  }

  /// Appends readings to Bronze in one commit.
  void append(List<Reading> readings) {
    List<List<Object>> rows = new ArrayList<>();
    for (Reading r : readings) {
      rows.add(
          Arrays.asList(
              r.sensor(),
              r.kind(),
              r.location(),
              r.value(),
              r.eventMicros(),
              r.ingestionMicros(),
              r.partition(),
              r.offset()));
    }
    try (SqlSession session = engine.session()) {
      session.values("raw", RAW, rows);
      append(
          session,
          """
          SELECT sensor_id, sensor_type, location, value, 'u' AS unit,
                 timestamp_micros(event_micros) AS event_time,
                 timestamp_micros(ingestion_micros) AS ingestion_time,
                 'sensor-events' AS kafka_topic, kafka_partition, kafka_offset,
                 CAST(coalesce(timestamp_micros(event_micros), timestamp_micros(0)) AS date)
                   AS event_date
          FROM raw
          """);
    }
  }

  /// Appends the rows of a query to Bronze in one commit; events without fields of no column.
  public void append(SqlSession session, String sql) {
    LakeTable bronze = lake.find(BRONZE).orElseThrow();
    String whole = "SELECT given.*, CAST(NULL AS string) AS _extra FROM (" + sql + ") AS given";
    List<LakeFile> files =
        session.write(whole, bronze.schema(), bronze.partition(), bronze::dataFolder);
    if (!(bronze.commit(
            bronze.snapshot(),
            new LakeCommit("STREAMING UPDATE", files, List.of(), Map.of(), Map.of()))
        instanceof Committed)) {
      throw new IllegalStateException("Bronze was changed by another");
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
