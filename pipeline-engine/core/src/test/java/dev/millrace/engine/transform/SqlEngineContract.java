package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every SQL engine must do.
public abstract class SqlEngineContract {

  private static final Schema ALL_TYPES =
      Schema.of(
          Column.required("id", ColumnType.STRING),
          Column.optional("flag", ColumnType.BOOLEAN),
          Column.optional("small", ColumnType.INT),
          Column.optional("large", ColumnType.BIGINT),
          Column.optional("value", ColumnType.DOUBLE),
          Column.optional("moment", ColumnType.TIMESTAMP),
          Column.optional("raw", ColumnType.BINARY),
          Column.required("day", ColumnType.DATE));

  private static final String TWO_ROWS =
      """
      SELECT 'a' AS id, true AS flag, 1 AS small, CAST(10000000000 AS bigint) AS large,
             CAST(1.5 AS double) AS value, timestamp_micros(1767225600123456) AS moment,
             CAST('xyz' AS binary) AS raw, CAST('2026-01-01' AS date) AS day
      UNION ALL
      SELECT 'b', false, 2, CAST(-5 AS bigint), NULL, NULL, NULL, CAST('2026-01-02' AS date)
      """;

  @TempDir Path folder;

  private SqlEngine engine;
  private SqlSession session;

  protected abstract SqlEngine engine(Path scratch);

  @BeforeEach
  void open() {
    engine = engine(folder.resolve("scratch"));
    session = engine.session();
  }

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  @Test
  void everyTypeGoesToAFileAndComesBack() {
    List<LakeFile> files = session.write(TWO_ROWS, ALL_TYPES, Optional.empty(), this::dayFolder);

    session.view("t", ALL_TYPES, files);

    List<Map<String, Object>> rows = session.rows("SELECT * FROM t ORDER BY id");
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst())
        .containsEntry("id", "a")
        .containsEntry("flag", true)
        .containsEntry("small", 1)
        .containsEntry("large", 10_000_000_000L)
        .containsEntry("value", 1.5)
        .containsEntry("moment", Instant.parse("2026-01-01T00:00:00.123456Z"))
        .containsEntry("day", LocalDate.parse("2026-01-01"));
    assertThat((byte[]) rows.getFirst().get("raw")).containsExactly('x', 'y', 'z');
    assertThat(rows.get(1)).containsEntry("value", null).containsEntry("moment", null);
  }

  @Test
  void aPartitionedWriteMakesOneFileSetPerDateWithTheDateInside() {
    List<LakeFile> files = session.write(TWO_ROWS, ALL_TYPES, Optional.of("day"), this::dayFolder);

    assertThat(files)
        .hasSize(2)
        .allSatisfy(
            file -> {
              LocalDate day = file.partitionValue().orElseThrow();
              assertThat(file.path()).exists().hasParent(dayFolder(Optional.of(day)));
              assertThat(file.path().toFile()).hasSize(file.bytes());
              assertThat(file.rows()).isEqualTo(1);
              session.view("one", ALL_TYPES, List.of(file));
              assertThat(session.rows("SELECT day FROM one")).containsExactly(Map.of("day", day));
            });
  }

  @Test
  void aFileTellsItsStatistics() {
    LakeFile file =
        session.write(TWO_ROWS, ALL_TYPES, Optional.empty(), this::dayFolder).getFirst();

    assertThat(file.rows()).isEqualTo(2);
    assertThat(file.statistics())
        .containsEntry("id", statistics("a", "b", 0))
        .containsEntry("flag", statistics(false, true, 0))
        .containsEntry("small", statistics(1, 2, 0))
        .containsEntry("large", statistics(-5L, 10_000_000_000L, 0))
        .containsEntry("value", statistics(1.5, 1.5, 1))
        .containsEntry("moment", statistics(1767225600123456L, 1767225600123456L, 1))
        .containsEntry(
            "day",
            statistics(
                (int) LocalDate.parse("2026-01-01").toEpochDay(),
                (int) LocalDate.parse("2026-01-02").toEpochDay(),
                0));
    assertThat(file.statistics())
        .containsEntry("raw", new ColumnStatistics(Optional.empty(), Optional.empty(), 1));
  }

  @Test
  void aDateIsPartedByStretchesOfTime() {
    Schema schema =
        Schema.of(
            Column.optional("moment", ColumnType.TIMESTAMP),
            Column.required("day", ColumnType.DATE));
    String rows =
        """
        SELECT timestamp_micros(micros) AS moment, CAST('2026-01-01' AS date) AS day
        FROM (VALUES (1767225600000000), (1767225660000000), (1767229200000000), (-1), (NULL))
          AS t(micros)
        """;
    FileLayout layout =
        new FileLayout(
            Optional.of("day"), Optional.of(new FileLayout.Stretch("moment", 3_600_000_000L)));

    List<LakeFile> files = session.write(rows, schema, layout, this::dayFolder);

    assertThat(files)
        .allSatisfy(f -> assertThat(f.partitionValue()).contains(LocalDate.parse("2026-01-01")))
        .extracting(LakeFile::rows)
        .containsExactlyInAnyOrder(2L, 1L, 1L, 1L);
    session.view("t", schema, files);
    assertThat(session.rows("SELECT count(*) AS n, count(moment) AS moments FROM t"))
        .containsExactly(Map.of("n", 5L, "moments", 4L));
  }

  @Test
  @SuppressWarnings("NullAway") // Rows hold null for a SQL null.
  void aDigestTellsRowsApart() {
    Schema two =
        Schema.of(Column.optional("a", ColumnType.STRING), Column.optional("b", ColumnType.STRING));
    session.query(
        "t",
        """
        SELECT 'x' AS a, CAST(NULL AS string) AS b UNION ALL SELECT CAST(NULL AS string), 'x'
        UNION ALL SELECT 'x', 'x' UNION ALL SELECT '', CAST(NULL AS string)
        UNION ALL SELECT CAST(NULL AS string), CAST(NULL AS string)""");
    String digest = session.digest(two);

    assertThat(session.rows("SELECT DISTINCT " + digest + " AS d FROM t")).hasSize(5);
    assertThat(session.rows("SELECT 1 AS n FROM t WHERE " + digest + " < 0")).isEmpty();
    assertThat(
            session.rows(
                "SELECT DISTINCT %s AS d FROM (SELECT * FROM t UNION ALL SELECT * FROM t) AS both_times"
                    .formatted(digest)))
        .hasSize(5);
  }

  @Test
  void aTableKeepsTheRowsOfItsMoment() {
    session.table("kept", "SELECT 1 AS n UNION ALL SELECT 2");
    session.table("more", "SELECT n + 1 AS n FROM kept");
    session.table("kept", "SELECT 7 AS n");

    assertThat(session.rows("SELECT n FROM kept")).containsExactly(Map.of("n", 7));
    assertThat(session.rows("SELECT n FROM more ORDER BY n"))
        .containsExactly(Map.of("n", 2), Map.of("n", 3));
    session.query("seen", "SELECT 1 AS " + session.quoted("a \"b\""));
    assertThat(session.rows("SELECT * FROM seen")).containsExactly(Map.of("a \"b\"", 1));
  }

  @Test
  void noFileNameIsUsedTwice() {
    List<LakeFile> once = session.write(TWO_ROWS, ALL_TYPES, Optional.of("day"), this::dayFolder);
    List<LakeFile> twice = session.write(TWO_ROWS, ALL_TYPES, Optional.of("day"), this::dayFolder);

    assertThat(twice)
        .extracting(LakeFile::path)
        .doesNotContainAnyElementsOf(once.stream().map(LakeFile::path).toList());
  }

  @Test
  void noRowsMakeNoFile() {
    String none = "SELECT * FROM (" + TWO_ROWS + ") AS t WHERE small > 9";

    assertThat(session.write(none, ALL_TYPES, Optional.empty(), this::dayFolder)).isEmpty();
    assertThat(session.write(none, ALL_TYPES, Optional.of("day"), this::dayFolder)).isEmpty();
    assertThat(dayFolder(Optional.empty())).isEmptyDirectory();
  }

  @Test
  void aRowWithoutItsPartitionDateIsRefusedAndNothingIsLeft() {
    String sql =
        "SELECT * FROM ("
            + TWO_ROWS
            + ") AS t UNION ALL SELECT 'c', NULL, NULL, NULL, NULL, NULL, NULL, NULL";

    assertThatThrownBy(() -> session.write(sql, ALL_TYPES, Optional.of("day"), this::dayFolder))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL))
        .hasMessageContaining("1 rows have no day");
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void writingCastsToTheSchemaAndKeepsItsOrder() {
    Schema wanted =
        Schema.of(
            Column.optional("n", ColumnType.DOUBLE), Column.optional("label", ColumnType.STRING));

    List<LakeFile> files =
        session.write("SELECT 7 AS label, 3 AS n", wanted, Optional.empty(), this::dayFolder);

    session.view("t", wanted, files);
    assertThat(session.rows("SELECT * FROM t").getFirst().entrySet())
        .extracting(Map.Entry::getKey, Map.Entry::getValue)
        .startsWith(tuple("n", 3.0), tuple("label", "7"));
  }

  @Test
  void aViewOfNoFilesIsEmptyAndTyped() {
    session.view("t", ALL_TYPES, List.of());

    assertThat(session.rows("SELECT * FROM t")).isEmpty();
    assertThat(session.describe("SELECT * FROM t").columns())
        .extracting(Column::type)
        .startsWith(ALL_TYPES.columns().stream().map(Column::type).toArray(ColumnType[]::new));
    assertThat(session.describe("SELECT * FROM t").column("_source_file"))
        .map(Column::type)
        .contains(ColumnType.STRING);
  }

  @Test
  void aRowKnowsItsFile() {
    List<LakeFile> files = session.write(TWO_ROWS, ALL_TYPES, Optional.of("day"), this::dayFolder);

    session.view("t", ALL_TYPES, files);

    assertThat(session.rows("SELECT _source_file FROM t"))
        .extracting(row -> row.get("_source_file"))
        .containsExactlyInAnyOrderElementsOf(
            files.stream().map(f -> (Object) f.path().getFileName().toString()).toList());
  }

  @Test
  void aFileFromBeforeAColumnWasAddedReadsItAsNull() {
    Schema old = Schema.of(Column.optional("id", ColumnType.STRING));
    List<LakeFile> files =
        session.write("SELECT 'a' AS id", old, Optional.empty(), this::dayFolder);

    session.view("t", old.with(Column.optional("more", ColumnType.BIGINT)), files);

    assertThat(session.rows("SELECT id, more FROM t").getFirst())
        .containsEntry("id", "a")
        .containsEntry("more", null);
  }

  @Test
  void thousandsOfFilesMakeOneView() throws IOException {
    Schema schema = Schema.of(Column.optional("n", ColumnType.BIGINT));
    LakeFile one =
        session
            .write("SELECT CAST(1 AS bigint) AS n", schema, Optional.empty(), this::dayFolder)
            .getFirst();
    List<LakeFile> files = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Path copy = one.path().resolveSibling("copy-" + i + ".parquet");
      Files.copy(one.path(), copy);
      files.add(new LakeFile(copy, 1, one.bytes(), Optional.empty(), Map.of()));
    }

    session.view("t", schema, files);

    assertThat(session.rows("SELECT count(*) AS n, count(DISTINCT _source_file) AS f FROM t"))
        .containsExactly(Map.of("n", 3_000L, "f", 3_000L));
  }

  @Test
  void valuesMakeASmallTableAndQuotesAreHarmless() {
    Schema schema =
        Schema.of(
            Column.optional("kind", ColumnType.STRING), Column.optional("low", ColumnType.DOUBLE));

    session.values("ranges", schema, List.of(row("it's", -40.5), row("x")));

    assertThat(session.rows("SELECT kind, low FROM ranges ORDER BY kind"))
        .extracting(r -> Arrays.asList(r.get("kind"), r.get("low")))
        .containsExactly(Arrays.asList("it's", -40.5), Arrays.asList("x", null));
    session.values("ranges", schema, List.of());
    assertThat(session.rows("SELECT * FROM ranges")).isEmpty();
  }

  @Test
  void aQueryCanStandAsAViewAndSemicolonsAreForgiven() {
    session.query("base", "SELECT 2 AS n;\n");
    session.query("twice", "SELECT n * 2 AS n FROM base");

    assertThat(session.rows("SELECT n FROM twice;")).containsExactly(Map.of("n", 4));
  }

  @Test
  void describeTellsNamesAndTypes() {
    assertThat(session.describe("SELECT count(*) AS n, CAST(NULL AS double) AS v"))
        .isEqualTo(
            Schema.of(
                Column.optional("n", ColumnType.BIGINT), Column.optional("v", ColumnType.DOUBLE)));
  }

  @Test
  void rowsAreStreamed() {
    List<Object> seen = new ArrayList<>();

    session.forEachRow(
        "SELECT id, moment FROM (" + TWO_ROWS + ") AS t ORDER BY id",
        row -> seen.add(Arrays.asList(row.toArray())));

    assertThat(seen)
        .containsExactly(
            List.of("a", Instant.parse("2026-01-01T00:00:00.123456Z")), Arrays.asList("b", null));
  }

  @Test
  void sessionsDoNotSeeEachOthersViews() {
    session.query("mine", "SELECT 1 AS n");

    try (SqlSession other = engine.session()) {
      assertThatThrownBy(() -> other.rows("SELECT * FROM mine"))
          .isInstanceOf(MillraceException.class);
    }
  }

  @Test
  void anErrorNamesTheAuthorsLine() {
    String sql = "SELECT 1 AS n,\n  nosuch\nFROM (SELECT 2 AS m) AS t";

    for (ThrowingSql failing :
        List.<ThrowingSql>of(
            session::rows,
            session::describe,
            s -> session.query("v", s),
            s ->
                session.write(
                    s,
                    Schema.of(Column.optional("n", ColumnType.INT)),
                    Optional.empty(),
                    this::dayFolder))) {
      assertThatThrownBy(() -> failing.run(sql))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL))
          .hasMessageContaining("nosuch")
          .hasMessageContaining("line 2");
    }
    assertThat(session.rows("SELECT 1 AS n")).hasSize(1);
  }

  @Test
  void anotherThreadCancelsAndTheSessionLivesOn() throws InterruptedException {
    AtomicReference<MillraceException> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    Thread worker =
        Thread.ofPlatform()
            .name("contract-long-query")
            .start(
                () -> {
                  try {
                    session.rows(
                        "SELECT count(*) AS n FROM range(3000000) AS a(i), range(3000000) AS b(i) WHERE"
                            + " a.i * b.i = 7");
                  } catch (MillraceException e) {
                    failure.set(e);
                  } finally {
                    ended.countDown();
                  }
                });

    while (!ended.await(20, TimeUnit.MILLISECONDS)) {
      session.cancel();
    }
    worker.join();

    assertThat(failure.get())
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(session.rows("SELECT 1 AS n")).hasSize(1);
  }

  private interface ThrowingSql {
    void run(String sql);
  }

  private Path dayFolder(Optional<LocalDate> day) {
    Path target = folder.resolve("table").resolve(day.map(LocalDate::toString).orElse("whole"));
    try {
      return Files.createDirectories(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ColumnStatistics statistics(Object min, Object max, long nulls) {
    return new ColumnStatistics(Optional.of(min), Optional.of(max), nulls);
  }

  /// A row of two, null where it is not told.
  private static List<Object> row(Object... values) {
    return Arrays.asList(Arrays.copyOf(values, 2));
  }
}
