package dev.millrace.engine.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions about real Delta tables, answered by the real engine.
class QuestionsTest {

  private static final int ROWS = 300_000;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Pipeline pipeline;

  @SuppressWarnings("NullAway.Init")
  private static DeltaLake lake;

  @SuppressWarnings("NullAway.Init")
  private static DuckDbEngine engine;

  @SuppressWarnings("NullAway.Init")
  private static AskSql asking;

  @BeforeAll
  static void open() {
    pipeline = PipelineReader.read(PipelineFolder.shipped("building-sensors"));
    lake = new DeltaLake(folder.resolve("lake"), "Millrace/test", InstantSource.system());
    engine = new DuckDbEngine(folder.resolve("tmp"), 2L << 30, 2);
    asking =
        new AskSql(
            pipeline.name(), Map.of(pipeline.name(), () -> lake), engine, folder.resolve("tmp"));
    append(0, 1_000);
    append(1_000, ROWS);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static void append(long from, long to) {
    Feed feed = pipeline.feeds().getFirst();
    LakeTable bronze = lake.open(feed.bronze(), feed.bronzeSchema(), Optional.of("event_date"));
    String sql =
        """
        SELECT 'sensor-' || (i %% 7) AS sensor_id, 'temperature' AS sensor_type,
          CASE WHEN i %% 2 = 0 THEN 'floor-1/zone-1' END AS location, i / 10.0 AS value,
          '°C' AS unit, TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_seconds(i %% 80000) AS event_time,
          TIMESTAMPTZ '2026-03-01 12:00:00+00' AS ingestion_time, 'sensor-events' AS kafka_topic,
          0 AS kafka_partition, i AS kafka_offset, DATE '2026-03-01' AS event_date, NULL AS _extra
        FROM range(%d, %d) t(i)\
        """
            .formatted(from, to);
    List<LakeFile> files;
    try (SqlSession session = engine.session()) {
      files = session.write(sql, bronze.schema(), bronze.partition(), bronze::dataFolder);
    }
    bronze.commit(
        bronze.snapshot(),
        new LakeCommit(
            "STREAMING UPDATE",
            files,
            List.of(),
            Map.of(new TopicPartition("sensor-events", 0), to),
            Map.of()));
  }

  @Test
  void aTableIsToldFromItsLog() {
    TableName bronze = pipeline.feeds().getFirst().bronze();
    Answer.AboutTable about =
        new TableFacts(pipeline, lake).of(new Question.AboutTable(bronze, 10, 1));
    assertThat(about.version()).isEqualTo(2);
    assertThat(about.history()).extracting(Answer.Version::version).containsExactly(2L, 1L, 0L);
    assertThat(about.history().get(1).effect()).map(Answer.Effect::rowsAdded).contains(1_000L);
    assertThat(about.files()).hasSize(1);
    assertThat(about.sizes()).hasSizeGreaterThan(1).isSorted();
    assertThat(about.partition()).contains("event_date");
    Answer.ColumnFacts offset = facts(about, "kafka_offset");
    assertThat(offset.least()).contains("0");
    assertThat(offset.greatest()).contains(String.valueOf(ROWS - 1));
    assertThat(facts(about, "location").nulls()).isEqualTo(ROWS / 2);
    assertThat(facts(about, "event_date").least()).contains("2026-03-01");
  }

  private static Answer.ColumnFacts facts(Answer.AboutTable about, String column) {
    return Objects.requireNonNull(about.columns().get(column));
  }

  @Test
  void aTableThatIsNotThereIsSaid() {
    TableName none = TableName.parse("gold.none").orElseThrow();
    assertThatThrownBy(
            () -> new TableFacts(pipeline, lake).of(new Question.AboutTable(none, 10, 10)))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void rowsComeTypedBoundedAndInTheQuerysOrder() {
    Answer.Rows rows =
        rows(
            "SELECT kafka_offset, location, value, event_time, event_date,"
                + " CAST(value AS DECIMAL(9, 2)) AS price, [1, 2] AS list"
                + " FROM bronze_sensor_events ORDER BY kafka_offset DESC; ",
            5_000);
    assertThat(rows.columns())
        .extracting(Answer.QueryColumn::type)
        .containsExactly(
            "BIGINT",
            "VARCHAR",
            "DOUBLE",
            "TIMESTAMP WITH TIME ZONE",
            "DATE",
            "DECIMAL(9,2)",
            "INTEGER[]");
    assertThat(rows.rows()).hasSize(5_000);
    assertThat(rows.more()).isTrue();
    assertThat(rows.rows().stream().map(List::getFirst))
        .isEqualTo(LongStream.range(0, 5_000).mapToObj(i -> (Object) (ROWS - 1 - i)).toList());
    assertThat(rows.rows().getFirst())
        .contains(LocalDate.parse("2026-03-01"))
        .hasAtLeastOneElementOfType(Instant.class)
        .containsNull();
  }

  @Test
  void fewRowsAreAllThereAre() {
    Answer.Rows rows =
        rows("WITH a AS (SELECT 1 AS n) -- a remark\nSELECT n FROM a -- the end", 10);
    assertThat(rows.rows()).containsExactly(List.of(1));
    assertThat(rows.more()).isFalse();
  }

  @Test
  void anEarlierVersionIsRead() {
    assertThat(rows("SELECT count(*) FROM bronze_sensor_events VERSION AS OF 1", 1).rows())
        .containsExactly(List.of(1_000L));
  }

  @Test
  void aFaultNamesItsLineAndWhatIsNoSelectIsRefused() {
    assertThatThrownBy(() -> rows("SELECT kafka_offset,\n  valeu\nFROM bronze_sensor_events", 10))
        .hasMessageContaining(", line 2: ")
        .hasMessageNotContaining("!");
    for (String no :
        List.of("DROP TABLE x", "COPY (SELECT 1) TO 'x.csv'", "SELECT 1; SELECT 2", " ")) {
      assertThatThrownBy(() -> rows(no, 10)).isInstanceOf(MillraceException.class);
    }
  }

  @Test
  void thePlanTellsWhatIsRead() {
    String plan =
        asking
            .plan(
                new Question.Plan("SELECT count(*) FROM bronze_sensor_events", Optional.empty()),
                Progress.NONE)
            .text();
    assertThat(plan).contains("READ_PARQUET");
  }

  @Test
  void aCancelledQueryEnds() {
    Progress stopped =
        new Progress() {
          @Override
          public void report(String what, long done, long total) {}

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThatThrownBy(
            () ->
                asking.rows(
                    new Question.Rows(
                        "SELECT sum(a.kafka_offset * b.kafka_offset) FROM bronze_sensor_events a,"
                            + " bronze_sensor_events b",
                        Optional.empty(),
                        1),
                    stopped))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  @Test
  void exportsHaveAllRows() throws IOException {
    Path csv = folder.resolve("out/rows.csv");
    Answer.Written written =
        asking.export(
            new Question.Export(
                "SELECT kafka_offset, 'a, \"b\"' AS text, location, event_time"
                    + " FROM bronze_sensor_events WHERE kafka_offset < 3 ORDER BY kafka_offset",
                Optional.empty(),
                FileForm.CSV,
                csv),
            Progress.NONE);
    assertThat(written.rows()).isEqualTo(3);
    assertThat(Files.readString(csv))
        .isEqualTo(
            "kafka_offset,text,location,event_time\r\n"
                + "0,\"a, \"\"b\"\"\",floor-1/zone-1,2026-03-01T00:00:00Z\r\n"
                + "1,\"a, \"\"b\"\"\",,2026-03-01T00:00:01Z\r\n"
                + "2,\"a, \"\"b\"\"\",floor-1/zone-1,2026-03-01T00:00:02Z\r\n");
    Path parquet = folder.resolve("out/rows.parquet");
    asking.export(
        new Question.Export(
            "SELECT * FROM bronze_sensor_events", Optional.empty(), FileForm.PARQUET, parquet),
        Progress.NONE);
    assertThat(rows("SELECT count(*) FROM read_parquet('" + parquet + "')", 1).rows())
        .containsExactly(List.of((long) ROWS));
    try (var left = Files.list(folder.resolve("out"))) {
      assertThat(left).containsExactlyInAnyOrder(csv, parquet);
    }
  }

  @Test
  void rowsAtHandAreReadBackFromParquetAsTheyWere() throws IOException {
    Instant time = Instant.parse("2026-03-01T10:00:00.123456Z");
    List<List<Object>> given =
        List.of(
            row("plain", 1.5, 7L, true, time, LocalDate.parse("2026-03-01"), new byte[] {0, -1}),
            row("a, \"b\"\r\nc", -0.0, Long.MIN_VALUE, false, null, null, null),
            row("", null, null, null, null, null, new byte[0]),
            row(null, 1e300, 0L, null, Instant.EPOCH, LocalDate.EPOCH, null));
    Path file = folder.resolve("out2/at-hand.parquet");
    Answer.Written written =
        new SaveRows(new ParquetFile(engine, folder.resolve("tmp")))
            .answer(
                new Question.SaveRows(
                    List.of(
                        new Answer.QueryColumn("words", "VARCHAR"),
                        new Answer.QueryColumn("value", "DOUBLE"),
                        new Answer.QueryColumn("count", "BIGINT"),
                        new Answer.QueryColumn("truth", "BOOLEAN"),
                        new Answer.QueryColumn("Words", "TIMESTAMP WITH TIME ZONE"),
                        new Answer.QueryColumn("day", "DATE"),
                        new Answer.QueryColumn("bytes", "BLOB")),
                    given,
                    FileForm.PARQUET,
                    file),
                Progress.NONE);
    assertThat(written.rows()).isEqualTo(4);
    Answer.Rows read = rows("SELECT * FROM read_parquet('" + file + "')", 10);
    assertThat(read.columns())
        .extracting(c -> c.name() + " " + c.type())
        .containsExactly(
            "words VARCHAR",
            "value DOUBLE",
            "count BIGINT",
            "truth BOOLEAN",
            "Words_2 TIMESTAMP WITH TIME ZONE",
            "day DATE",
            "bytes BLOB");
    for (int i = 0; i < given.size(); i++) {
      assertThat(read.rows().get(i)).usingRecursiveComparison().isEqualTo(given.get(i));
    }
    try (var left = Files.list(folder.resolve("tmp"))) {
      assertThat(left.filter(f -> f.getFileName().toString().startsWith("export-"))).isEmpty();
    }
  }

  @SuppressWarnings("NullAway") // A list of objects holds what has no value too.
  private static List<Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void bytesAreJudgedAsTheStreamWould() {
    Feed feed = pipeline.feeds().getFirst();
    String sound =
        "{\"sensor_id\":\"a\",\"sensor_type\":\"temperature\",\"location\":\"x\",\"value\":1.5,"
            + "\"unit\":\"C\",\"event_time\":\"2026-03-01T00:00:00Z\"}";
    assertThat(judged(feed, sound)).isEmpty();
    Answer.EventFault fault = judged(feed, sound.replace("1.5", "\"warm\"")).orElseThrow();
    assertThat(fault.reason()).isEqualTo("WRONG_TYPE");
    assertThat(sound.replace("1.5", "\"warm\"").substring((int) fault.position()))
        .startsWith("\"warm\"");
  }

  private static Optional<Answer.EventFault> judged(Feed feed, String text) {
    return Questions.judge(feed, text.getBytes(StandardCharsets.UTF_8)).fault();
  }

  private Answer.Rows rows(String sql, int limit) {
    return asking.rows(new Question.Rows(sql, Optional.empty(), limit), Progress.NONE);
  }
}
