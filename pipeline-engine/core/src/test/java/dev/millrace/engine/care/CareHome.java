package dev.millrace.engine.care;

import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The shipped pipeline's Delta tables in a folder, with a clock that is set by hand.
final class CareHome implements AutoCloseable {

  static final TableName BRONZE = TableName.bronze("sensor-events");
  static final TableName LETTERS = TableName.deadLetters("sensor-events");
  static final TopicPartition PARTITION = new TopicPartition("sensor-events", 0);

  final Path folder;
  final Clock clock = new Clock();
  final Pipeline pipeline;
  final DeltaLake lake;
  final DuckDbEngine engine;
  final AuditTrail audit;

  /// Starts now, since files bear the machine's time.
  static final class Clock implements InstantSource {
    private Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  CareHome(Path folder) {
    this(folder, PipelineReader.read(PipelineFolder.shipped("building-sensors")));
  }

  CareHome(Path folder, Pipeline pipeline) {
    this(
        folder,
        pipeline,
        clock -> new DeltaLake(folder.resolve("lake"), "Millrace/test", clock),
        LakeFiles.inPlace());
  }

  /// @param lake wherever it lies
  /// @param files brings its files here
  CareHome(
      Path folder,
      Pipeline pipeline,
      Function<InstantSource, ? extends DeltaLake> lake,
      LakeFiles files) {
    this.folder = folder;
    this.pipeline = pipeline;
    this.lake = lake.apply(clock);
    this.engine = new DuckDbEngine(folder.resolve("tmp"), 2L << 30, 2, files);
    this.audit = new AuditTrail(folder.resolve("audit"));
    this.lake.open(BRONZE, feed().bronzeSchema(), Optional.of("event_date"));
    this.lake.open(LETTERS, DeadLetter.SCHEMA, Optional.empty());
  }

  Feed feed() {
    return pipeline.feeds().getFirst();
  }

  LakeTable bronze() {
    return table(BRONZE);
  }

  LakeTable table(TableName name) {
    return lake.find(name).orElseThrow();
  }

  TableCare care() {
    return new TableCare(pipeline, lake, engine, audit, clock, List.of());
  }

  CareReport carryOut(CareOrder order) {
    return care().carryOut(order, Progress.NONE);
  }

  /// Carries out without a record.
  void carryOutQuietly(CareOrder order) {
    AuditTrail elsewhere = new AuditTrail(folder.resolve("quiet"));
    new TableCare(pipeline, lake, engine, elsewhere, clock, List.of())
        .carryOut(order, Progress.NONE);
  }

  CareReport preview(CareOrder order) {
    return preview(order, Progress.NONE);
  }

  CareReport preview(CareOrder order, Progress progress) {
    return care().preview(order, progress);
  }

  /// Appends readings of `sensors` sensors, one a second of the day, in one commit with its
  /// offsets.
  LakeSnapshot append(LocalDate day, long from, long to, int sensors) {
    return append(
        """
        SELECT 'sensor-' || (i %% %d) AS sensor_id, 'temperature' AS sensor_type,
          'floor-1/zone-' || (i %% 3) AS location, 20.0 + (i %% 7) / 10.0 AS value, '°C' AS unit,
          TIMESTAMPTZ '%s 00:00:00+00' + to_seconds(i) AS event_time,
          TIMESTAMPTZ '%s 12:00:00+00' AS ingestion_time,
          'sensor-events' AS kafka_topic, 0 AS kafka_partition, i AS kafka_offset,
          DATE '%s' AS event_date
        FROM range(%d, %d) t(i)\
        """
            .formatted(sensors, day, day, day, from, to),
        to);
  }

  LakeSnapshot append(String sql, long nextOffset) {
    LakeTable bronze = bronze();
    List<LakeFile> files;
    String whole = sql.contains("_extra") ? sql : "SELECT *, NULL AS _extra FROM (\n" + sql + "\n)";
    try (SqlSession session = engine.session()) {
      files = session.write(whole, bronze.schema(), bronze.partition(), bronze::dataFolder);
    }
    return commit(
        bronze,
        new LakeCommit(
            "STREAMING UPDATE", files, List.of(), Map.of(PARTITION, nextOffset), Map.of()));
  }

  LakeSnapshot letter(long offset, byte[] raw, String detail) {
    LakeTable letters = table(LETTERS);
    List<LakeFile> files;
    try (SqlSession session = engine.session()) {
      session.values(
          "given",
          Schema.of(Column.optional("hex", ColumnType.STRING)),
          List.of(List.of(HexFormat.of().formatHex(raw))));
      files =
          session.write(
              """
              SELECT unhex(hex) AS raw, 'sensor-events' AS kafka_topic, 0 AS kafka_partition,
                %d AS kafka_offset, 'NOT_JSON' AS reason, '%s' AS detail, 0 AS "position",
                TIMESTAMPTZ '2026-03-01 00:00:00+00' AS seen_at, 'new' AS state,
                NULL AS replay_id, NULL AS replay_from, NULL AS note, NULL AS changed_at
              FROM given\
              """
                  .formatted(offset, detail),
              letters.schema(),
              letters.partition(),
              letters::dataFolder);
    }
    return commit(
        letters,
        new LakeCommit(
            "STREAMING UPDATE", files, List.of(), Map.of(PARTITION, offset + 1), Map.of()));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void build() {
    pipeline
        .tables()
        .forEach(
            table ->
                new BuildTable()
                    .build(pipeline, table, lake, engine, clock.instant(), Progress.NONE));
  }

  static LakeSnapshot commit(LakeTable table, LakeCommit commit) {
    if (table.commit(table.snapshot(), commit) instanceof Committed(LakeSnapshot after)) {
      return after;
    }
    throw new AssertionError("lost a race nobody was to take part in");
  }

  /// The Kafka offsets of the rows of a version, in order.
  List<Long> offsets(LakeSnapshot snapshot) {
    return rows(bronze().schemaAt(snapshot.version()), snapshot, "kafka_offset").stream()
        .map(row -> (Long) row.get("kafka_offset"))
        .toList();
  }

  List<Map<String, Object>> rows(Schema schema, LakeSnapshot snapshot, String columns) {
    try (SqlSession session = engine.session()) {
      session.view("v", schema, snapshot.files());
      return session.rows("SELECT " + columns + " FROM v ORDER BY kafka_offset");
    }
  }

  long count(TableName name, String condition) {
    try (SqlSession session = engine.session()) {
      LakeTable table = table(name);
      session.view("v", table.schema(), table.snapshot().files());
      return number(session, "SELECT count(*) AS n FROM v WHERE " + condition);
    }
  }

  /// The one number a query gives.
  static long number(SqlSession session, String sql) {
    long[] number = new long[1];
    session.forEachRow(sql, row -> number[0] = ((Number) row.getFirst()).longValue());
    return number[0];
  }

  @Override
  public void close() {
    engine.close();
  }
}
