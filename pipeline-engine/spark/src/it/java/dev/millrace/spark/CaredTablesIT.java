package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.care.AuditTrail;
import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.care.CareOrder.Optimize;
import dev.millrace.engine.care.SchemaChange;
import dev.millrace.engine.care.Subject;
import dev.millrace.engine.care.TableCare;
import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Reason;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every table of the shipped pipeline, after all that may be done to it, as Spark with Delta Lake,
/// DuckDB and Parquet's own reader see it: the same columns, rows, values and nulls.
final class CaredTablesIT {

  private static final SparkSession SPARK = Spark.session();
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");
  private static final TableName BRONZE = TableName.bronze("sensor-events");

  @TempDir Path folder;

  private final Pipeline pipeline = PipelineReader.read(PipelineFolder.shipped("building-sensors"));

  @Test
  void everyReaderSeesTheSameAfterWhateverWasDone() throws Exception {
    DeltaLake lake = new DeltaLake(folder.resolve("lake"), "Millrace/test", InstantSource.system());
    try (DuckDbEngine engine = new DuckDbEngine(folder.resolve("tmp"), 2L << 30, 2)) {
      TableCare care =
          new TableCare(
              pipeline,
              lake,
              engine,
              new AuditTrail(folder.resolve("audit")),
              InstantSource.system(),
              List.of());
      LakeTable bronze =
          lake.open(BRONZE, pipeline.feeds().getFirst().bronzeSchema(), Optional.of("event_date"));
      for (int i = 0; i < 12; i++) {
        append(bronze, DAY.plusDays(i % 2), i * 100L, 100);
      }
      letters(lake);
      build(lake, engine);
      compare("as written", lake, engine);

      for (TableName name : lake.tables()) {
        care.carryOut(
            new Optimize(
                name,
                Optimize.DEFAULT_TARGET_BYTES,
                name.equals(BRONZE) ? List.of("sensor_id", "event_time") : List.of(),
                Optional.empty(),
                Optional.empty()),
            Progress.NONE);
      }
      compare("after optimize", lake, engine);

      care.carryOut(
          new CareOrder.Erase(new Subject(Set.of("sensor_id"), "sensor-3")), Progress.NONE);
      compare("after erase", lake, engine);
      assertThat(SPARK.sql("SELECT * FROM t_bronze WHERE sensor_id = 'sensor-3'").count()).isZero();

      care.carryOut(
          new CareOrder.Evolve(
              BRONZE,
              List.of(
                  new SchemaChange.Add("battery", ColumnType.DOUBLE),
                  new SchemaChange.Add("channel", ColumnType.INT),
                  new SchemaChange.Relax("sensor_type"))),
          Progress.NONE);
      append(lake.find(BRONZE).orElseThrow(), DAY, 5000, 100);
      appendWithChannel(lake.find(BRONZE).orElseThrow(), engine);
      compare("after add column", lake, engine);

      care.carryOut(
          new CareOrder.Evolve(
              BRONZE,
              List.of(
                  new SchemaChange.Widen("channel", ColumnType.BIGINT),
                  new SchemaChange.Rename("unit", "measured_in"))),
          Progress.NONE);
      compare("after widen and rename", lake, engine);

      long newest = lake.find(BRONZE).orElseThrow().snapshot().version();
      care.carryOut(
          new CareOrder.Restore(BRONZE, newest - 1, CareOrder.Offsets.KEEP), Progress.NONE);
      compare("after restore", lake, engine);

      dropEntriesBeforeTheCheckpoint();
      compare("from a checkpoint", lake, engine);
    }
  }

  private void compare(String when, DeltaLake lake, DuckDbEngine engine) throws IOException {
    for (TableName name : lake.tables()) {
      LakeTable table = lake.find(name).orElseThrow();
      String where = name + " " + when;
      SPARK
          .read()
          .format("delta")
          .load(path(name).toString())
          .createOrReplaceTempView("t_" + name.layer().sqlName());
      assertThat(
              java.util.Arrays.stream(SPARK.table("t_" + name.layer().sqlName()).schema().fields())
                  .map(CaredTablesIT::text))
          .as(where)
          .containsExactlyElementsOf(
              table.schema().columns().stream()
                  .map(c -> c.name() + ": " + c.type().sqlName())
                  .toList());
      List<Object> here = new ArrayList<>();
      List<String> digests = table.schema().columns().stream().map(CaredTablesIT::digest).toList();
      try (SqlSession session = engine.session()) {
        session.view("t", table.schema(), table.snapshot().files());
        session.forEachRow(
            "SELECT count(*), " + String.join(", ", digests).replace('`', '"') + " FROM t",
            here::addAll);
      }
      Row there =
          SPARK
              .sql(
                  "SELECT count(*), "
                      + String.join(", ", digests)
                      + " FROM t_"
                      + name.layer().sqlName())
              .head();
      for (int i = 0; i < here.size(); i++) {
        Object own = here.get(i);
        Object other = there.get(i);
        if (own instanceof Double a && other instanceof Double b) {
          assertThat(b).as("%s, %d", where, i).isCloseTo(a, within(a));
        } else {
          assertThat(other).as("%s, %s", where, digests).isEqualTo(own);
        }
      }
      assertThat(here.getFirst()).as(where).isEqualTo(table.snapshot().rows());
      if (table.snapshot().rows() > 0) {
        assertThat(values(table)).as(where + ", by Parquet's reader").isEqualTo(counted(here));
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(Math.max(1e-6, Math.abs(value) * 1e-9));
  }

  /// Two columns for each: how many values, and what they come to. The text is SQL of both engines
  /// but for the quotes of names.
  private static String digest(Column column) {
    String name = '`' + column.name() + '`';
    String value =
        switch (column.type()) {
          case STRING -> "length(" + name + ")";
          case BOOLEAN -> "CASE WHEN " + name + " THEN 1 ELSE 0 END";
          case INT, BIGINT, DOUBLE -> name;
          case TIMESTAMP -> "unix_micros(" + name + ") % 1000003";
          case DATE -> "year(" + name + ") * 372 + month(" + name + ") * 31 + day(" + name + ")";
          case BINARY -> "octet_length(" + name + ")";
        };
    return "count(" + name + "), coalesce(CAST(sum(CAST(" + value + " AS double)) AS double), 0e0)";
  }

  /// Rows, then the values of each column that are not null, as the digests counted them.
  private static List<Long> counted(List<Object> digests) {
    List<Long> counts = new ArrayList<>();
    counts.add((Long) digests.getFirst());
    for (int i = 1; i < digests.size(); i += 2) {
      counts.add((Long) digests.get(i));
    }
    return counts;
  }

  private static List<Long> values(LakeTable table) throws IOException {
    List<String> names = table.schema().columns().stream().map(Column::name).toList();
    long[] counts = new long[names.size() + 1];
    for (LakeFile file : table.snapshot().files()) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(
                  new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.path().toUri()))
              .withConf(new Configuration())
              .build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          counts[0]++;
          for (int i = 0; i < names.size(); i++) {
            if (row.getType().containsField(names.get(i))
                && row.getFieldRepetitionCount(names.get(i)) > 0) {
              counts[i + 1]++;
            }
          }
        }
      }
    }
    return java.util.Arrays.stream(counts).boxed().collect(Collectors.toList());
  }

  private static String text(StructField field) {
    return field.name() + ": " + field.dataType().sql().toLowerCase(Locale.ROOT);
  }

  /// Readings of ten sensors, every seventh without a value, by the stream's own writer. Rows that
  /// have a value in the column that was added.
  private static void appendWithChannel(LakeTable bronze, DuckDbEngine engine) {
    List<LakeFile> files;
    try (SqlSession session = engine.session()) {
      session.view("t", bronze.schema(), bronze.snapshot().files());
      String columns =
          bronze.schema().columns().stream()
              .map(
                  c ->
                      c.name().equals("channel")
                          ? "CAST(kafka_offset - 5050 AS INT) AS channel"
                          : c.name())
              .collect(Collectors.joining(", "));
      files =
          session.write(
              "SELECT " + columns + " FROM t WHERE kafka_offset BETWEEN 5000 AND 5099",
              bronze.schema(),
              bronze.partition(),
              bronze::dataFolder);
    }
    files.forEach(file -> commit(bronze, file));
  }

  private static void append(LakeTable bronze, LocalDate day, long from, int count) {
    Feed feed = PipelineReader.read(PipelineFolder.shipped("building-sensors")).feeds().getFirst();
    EventDecoder decoder = new EventDecoder(feed);
    EventBatch batch = new EventBatch(feed);
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    for (long i = from; i < from + count; i++) {
      byte[] event =
          """
          {"sensor_id":"sensor-%d","sensor_type":"temperature","location":"floor-1/zön-%d",\
          "value":%s,"unit":"°C","event_time":"%s"}"""
              .formatted(
                  i % 10,
                  i % 3,
                  i % 7 == 0 ? "null" : "" + (20 + i % 5 / 8.0),
                  midnight.plusMillis(i * 1000 + 1))
              .getBytes(StandardCharsets.UTF_8);
      assertThat(decoder.decode(event, 0, event.length, batch)).isInstanceOf(Verdict.Event.class);
      batch.accept(midnight.toEpochMilli() * 1000, 0, i);
    }
    LakeFile file =
        new ParquetFiles()
            .write(
                bronze.dataFolder(Optional.of(day)),
                batch.columns(),
                RowSelection.run(0, batch.rows()),
                Optional.of(day));
    commit(bronze, file);
  }

  private void letters(DeltaLake lake) {
    LakeTable letters =
        lake.open(TableName.deadLetters("sensor-events"), DeadLetter.SCHEMA, Optional.empty());
    ColumnBatch batch = new ColumnBatch(DeadLetter.SCHEMA);
    for (int i = 0; i < 20; i++) {
      new DeadLetter(
              ("{\"sensor_id\":\"sensor-" + i % 5 + "\",").getBytes(StandardCharsets.UTF_8),
              "sensor-events",
              0,
              i,
              Reason.NOT_JSON,
              "cut off",
              3,
              Instant.parse("2026-03-01T00:00:00.000001Z"))
          .appendTo(batch);
    }
    commit(
        letters,
        new ParquetFiles()
            .write(
                letters.dataFolder(Optional.empty()),
                batch,
                RowSelection.run(0, batch.rows()),
                Optional.empty()));
  }

  private static void commit(LakeTable table, LakeFile file) {
    assertThat(
            table.commit(
                table.snapshot(),
                new LakeCommit("STREAMING UPDATE", List.of(file), List.of(), Map.of(), Map.of())))
        .isInstanceOf(Committed.class);
  }

  private void build(DeltaLake lake, DuckDbEngine engine) {
    pipeline
        .tables()
        .forEach(
            table ->
                new BuildTable()
                    .build(pipeline, table, lake, engine, Instant.now(), Progress.NONE));
  }

  private void dropEntriesBeforeTheCheckpoint() throws IOException {
    Path log = path(BRONZE).resolve("_delta_log");
    try (var files = Files.list(log)) {
      long checkpoint =
          files
              .map(f -> f.getFileName().toString())
              .filter(n -> n.contains(".checkpoint."))
              .mapToLong(n -> Long.parseLong(n.substring(0, 20)))
              .max()
              .orElseThrow();
      for (long version = 0; version < checkpoint; version++) {
        Files.delete(log.resolve("%020d.json".formatted(version)));
      }
    }
  }

  private Path path(TableName name) {
    return folder.resolve("lake").resolve(name.layer().sqlName()).resolve(name.name());
  }
}
