package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.ValueRange;
import dev.millrace.engine.transform.BuildOutcome.Built;
import dev.millrace.engine.transform.BuildOutcome.Mode;
import dev.millrace.engine.transform.BuildOutcome.UpToDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTableTest {

  private static final long START = 1_772_000_000_000_000L;
  private static final TableName SILVER = TableName.parse("silver.readings").orElseThrow();

  private static final TableName DAILY = TableName.parse("gold.daily_summary").orElseThrow();

  private static final String ALL_OF_SILVER =
      "SELECT sensor_id, event_time, value, z_score, is_anomaly FROM silver_readings ORDER BY 1, 2";

  @TempDir Path folder;

  private MemoryLake lake;
  private TransformFixture fixture;

  @BeforeEach
  void open() {
    lake = new MemoryLake(folder.resolve("lake"));
    fixture = new TransformFixture(folder, lake);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void everyTableOfThePipelineIsBuiltInOrder() {
    fixture.append(minutes(0, 100));

    assertThat(fixture.pipeline.tables())
        .allSatisfy(
            table ->
                assertThat(fixture.build(table.name().toString()))
                    .isInstanceOfSatisfying(
                        Built.class,
                        built -> {
                          assertThat(built.rowsWritten()).isPositive().isEqualTo(built.rowsNow());
                          assertThat(built.version())
                              .isEqualTo(snapshotOf(table.name()).snapshot().version());
                        }));
    for (DerivedTable table : fixture.pipeline.tables()) {
      String name = BuildTable.viewName(table.name());
      assertThat(
              fixture.rows(
                  "SELECT count(*) AS n FROM (SELECT DISTINCT "
                      + String.join(", ", table.key())
                      + " FROM "
                      + name
                      + ") AS keys"))
          .as("%s holds one row per key", table.name())
          .isEqualTo(fixture.rows("SELECT count(*) AS n FROM " + name));
    }
  }

  @Test
  void buildingAgainCommitsNothing() {
    fixture.append(minutes(0, 100));
    fixture.build("silver.readings");
    long version = snapshotOf(SILVER).snapshot().version();

    assertThat(fixture.build("silver.readings")).isEqualTo(new UpToDate(100, version));

    assertThat(snapshotOf(SILVER).snapshot().version()).isEqualTo(version);
  }

  @Test
  void aRebuildThatIsAskedForReplacesAllInOneCommit() {
    fixture.append(minutes(0, 100));
    fixture.build("silver.readings");
    LakeTable silver = snapshotOf(SILVER);
    List<LakeFile> before = silver.snapshot().files();
    long version = silver.snapshot().version();
    List<Map<String, Object>> rows = fixture.rows(ALL_OF_SILVER);

    BuildOutcome outcome =
        fixture.builder.rebuild(
            fixture.pipeline,
            fixture.table("silver.readings"),
            fixture.lake,
            fixture.engine,
            TransformFixture.NOW,
            "it was asked for",
            Progress.NONE);

    assertThat(rebuilt(outcome)).isEqualTo("it was asked for");
    assertThat(silver.snapshot().version()).isEqualTo(version + 1);
    assertThat(silver.snapshot().files()).doesNotContainAnyElementsOf(before);
    assertThat(fixture.rows(ALL_OF_SILVER)).hasSize(100).isEqualTo(rows);
    assertThat(fixture.build("silver.readings"))
        .as("it knows what it was built from")
        .isInstanceOf(UpToDate.class);
  }

  @Test
  void aSourceVersionWithoutNewFilesIsNothingNew() {
    fixture.append(minutes(0, 100));
    fixture.build("silver.readings");
    LakeTable bronze = snapshotOf(TransformFixture.BRONZE);
    assertThat(
            bronze.commit(
                bronze.snapshot(),
                new LakeCommit("OFFSETS", List.of(), List.of(), Map.of(), Map.of())))
        .isInstanceOf(Committed.class);

    assertThat(fixture.build("silver.readings")).isInstanceOf(UpToDate.class);
  }

  @Test
  void anEmptySourceMakesAnEmptyTable() {
    assertThat(fixture.build("silver.readings"))
        .isInstanceOfSatisfying(Built.class, built -> assertThat(built.rowsNow()).isZero());
    assertThat(fixture.build("silver.readings")).isInstanceOf(UpToDate.class);
    assertThat(fixture.build("gold.sensor_daily")).isInstanceOf(Built.class);
    assertThat(fixture.build("gold.sensors"))
        .isInstanceOfSatisfying(Built.class, built -> assertThat(built.rowsNow()).isZero());
  }

  @Test
  void newReadingsAreTakenInAndTheSourcesAreTold() {
    fixture.append(minutes(0, 100));
    fixture.build("silver.readings");
    fixture.append(minutes(100, 50));

    assertThat(fixture.build("silver.readings"))
        .isInstanceOfSatisfying(Built.class, built -> assertThat(built.rowsNow()).isEqualTo(150));

    assertThat(snapshotOf(SILVER).snapshot().sourceVersions())
        .containsEntry("bronze.sensor_events", 2L);
    assertThat(BuildTable.sourceRows(snapshotOf(SILVER).snapshot()))
        .isEqualTo(Map.of(TransformFixture.BRONZE, 150L));
  }

  @Test
  void laterReadingsAreAddedAndNoFileIsTouched() {
    fixture.append(minutes(0, 300));
    fixture.build("silver.readings");
    List<LakeFile> before = snapshotOf(SILVER).snapshot().files();
    fixture.append(minutes(300, 20));

    Built built = (Built) fixture.build("silver.readings");

    assertThat(built.mode()).isEqualTo(new Mode.Appended());
    assertThat(built.rowsWritten()).isEqualTo(20);
    assertThat(built.rowsNow()).isEqualTo(320);
    assertThat(snapshotOf(SILVER).snapshot().files()).containsAll(before);
  }

  @Test
  void aLateReadingReplacesTheFilesOfRowsItChanges() {
    fixture.append(minutes(0, 200));
    fixture.append(minutes(4 * 1440, 200));
    fixture.build("silver.readings");
    List<LakeFile> before = snapshotOf(SILVER).snapshot().files();

    fixture.append(
        List.of(reading(START + 4 * 1440 * 60_000_000L + 100 * 60_000_000L + 1, 35, 999)));
    Built built = (Built) fixture.build("silver.readings");

    assertThat(built.mode()).isInstanceOf(Mode.Rewrote.class);
    assertThat(snapshotOf(SILVER).snapshot().files())
        .containsAnyElementsOf(before)
        .isNotEqualTo(before);
    assertThat(built.rowsNow()).isEqualTo(401);
  }

  @Test
  void aReadingChangesTheGoldOfItsWindowsOnly() {
    fixture.append(minutes(0, 3_000));
    fixture.build("silver.readings");
    fixture.build("gold.daily_summary");
    List<LakeFile> before = snapshotOf(DAILY).snapshot().files();
    fixture.append(minutes(3_000, 1));
    fixture.build("silver.readings");

    Built built = (Built) fixture.build("gold.daily_summary");

    assertThat(built.mode()).isEqualTo(new Mode.Rewrote(1));
    assertThat(built.rowsWritten()).isEqualTo(1);
    assertThat(snapshotOf(DAILY).snapshot().files()).containsAnyElementsOf(before);
    assertThat(
            fixture.rows("SELECT CAST(sum(reading_count) AS bigint) AS n FROM gold_daily_summary"))
        .containsExactly(Map.of("n", 3_001L));
  }

  @Test
  void aTableOfWindowsIsComputedSomeDaysAtATime() {
    fixture.append(minutes(0, 5_000));
    fixture.build("silver.readings");
    fixture.builder = new BuildTable(FileLayout.FILE_ROWS, 200_000, 2_000);

    Built built = (Built) fixture.build("gold.sensor_5min");

    assertThat(built.files()).as("a file of each day").isEqualTo(4);
    assertThat(
            fixture.rows(
                """
                SELECT count(*) AS n FROM (
                  SELECT sensor_id, unix_micros(event_time) // 300000000 AS w, count(*) AS c
                  FROM silver_readings GROUP BY 1, 2
                  EXCEPT
                  SELECT sensor_id, unix_micros(window_start) // 300000000, reading_count
                  FROM gold_sensor_5min)
                """))
        .containsExactly(Map.of("n", 0L));
    assertThat(fixture.rows("SELECT CAST(sum(reading_count) AS bigint) AS n FROM gold_sensor_5min"))
        .containsExactly(Map.of("n", 5_000L));
  }

  @Test
  void aTableThatLooksBackIsComputedSomeDaysAtATime() {
    List<Reading> readings = new ArrayList<>(minutes(0, 5_000));
    // Quieter than a slice is long: its rows look back over days.
    for (int i = 0; i < 70; i++) {
      long time = START + i * 4_200_000_000L;
      readings.add(new Reading("quiet", "humidity", "f/z", 20.0 + i % 7, time, time, 1, i));
    }
    fixture.append(readings);
    fixture.build("silver.readings");
    String judged = "SELECT sensor_id, unix_micros(event_time) AS t, z_score FROM silver_readings";
    List<Map<String, Object>> atOneGo = fixture.rows(judged + " ORDER BY 1, 2");
    fixture.builder = new BuildTable(FileLayout.FILE_ROWS, 200_000, 2_000);

    fixture.rebuild("silver.readings");

    List<Map<String, Object>> byDays = fixture.rows(judged + " ORDER BY 1, 2");
    assertThat(byDays).hasSize(5_070);
    assertThat(byDays)
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b), Double.class)
        .isEqualTo(atOneGo);
  }

  @Test
  void rowsOutsideTheirDaysMakeTheTableComputedAtOneGo() {
    Pipeline weekly =
        with(
            fixture.pipeline,
            fixture.pipeline.ranges(),
            DAILY,
            sql ->
                sql.replace(
                    "       event_date\nFROM silver_readings\nGROUP BY sensor_type, event_date",
                    """
                           CAST(date_trunc('week', event_date) AS date) AS event_date
                    FROM silver_readings
                    GROUP BY sensor_type, CAST(date_trunc('week', event_date) AS date)"""));
    fixture.append(minutes(0, 5_000));
    fixture.build("silver.readings");
    fixture.builder = new BuildTable(FileLayout.FILE_ROWS, 200_000, 2_000);

    Built built = (Built) fixture.build(weekly, "gold.daily_summary");

    assertThat(built.mode()).isInstanceOf(Mode.Rebuilt.class);
    assertThat(
            fixture.rows(
                "SELECT CAST(sum(reading_count) AS bigint) AS n, count(*) AS weeks FROM gold_daily_summary"))
        .containsExactly(Map.of("n", 5_000L, "weeks", 1L));
  }

  @Test
  void whyATableIsBuiltWholeIsTold() {
    fixture.append(minutes(0, 100));
    assertThat(rebuilt(fixture.build("silver.readings"))).contains("first time");
    fixture.append(minutes(100, 300));
    assertThat(rebuilt(fixture.build("silver.readings"))).contains("most of bronze.sensor_events");
    fixture.build("gold.sensor_daily");
    assertThat(rebuilt(fixture.build("gold.sensors"))).contains("first time");
    fixture.append(minutes(400, 1));
    fixture.build("silver.readings");
    fixture.build("gold.sensor_daily");
    assertThat(rebuilt(fixture.build("gold.sensors"))).contains("neither lookback nor window");
  }

  @Test
  void whatWouldComputeAndWriteAsMuchIsRebuilt() {
    fixture.builder = new BuildTable(FileLayout.FILE_ROWS, 0, Long.MAX_VALUE);
    fixture.append(minutes(0, 200));
    fixture.build("silver.readings");
    fixture.append(minutes(200, 5));

    assertThat(((Built) fixture.build("silver.readings")).mode()).isEqualTo(new Mode.Appended());

    List<Reading> between = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      between.add(reading(START + i * 600_000_000L + 30_000_000, 20, 2_000 + i));
    }
    fixture.append(between);
    assertThat(rebuilt(fixture.build("silver.readings"))).contains("to compute and to write");
    assertThat(fixture.rows("SELECT count(*) AS n FROM silver_readings"))
        .containsExactly(Map.of("n", 226L));
  }

  @Test
  void rowsOutsideTheirWindowMakeTheTableWhole() {
    Pipeline wrong =
        with(
            fixture.pipeline,
            fixture.pipeline.ranges(),
            DAILY,
            sql ->
                sql.replace(
                    "       event_date\nFROM", "       event_date - 1 AS event_date\nFROM"));
    fixture.append(minutes(0, 100));
    fixture.build("silver.readings");
    fixture.build(wrong, "gold.daily_summary");
    fixture.append(minutes(100, 1));
    fixture.build("silver.readings");

    assertThat(rebuilt(fixture.build(wrong, "gold.daily_summary")))
        .contains("event_date is not the window");
  }

  @Test
  void aReachThatNamesNoColumnIsRefused() {
    fixture.append(minutes(0, 20));
    Pipeline changed =
        with(
            fixture.pipeline,
            fixture.pipeline.ranges(),
            sql -> sql.replace("SELECT sensor_id,\n", "SELECT sensor_id AS device,\n"));

    assertThatThrownBy(() -> fixture.build(changed, "silver.readings"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION))
        .hasMessageContaining(
            "names sensor_id in its lookback, which its SQL gives no such column");
  }

  @Test
  void manySmallFilesBecomeOne() {
    fixture.append(minutes(0, 100));
    fixture.build("silver.readings");
    for (int i = 0; i < 20; i++) {
      fixture.append(minutes(100 + i, 1));
      assertThat(fixture.build("silver.readings"))
          .isInstanceOfSatisfying(
              Built.class, built -> assertThat(built.mode()).isEqualTo(new Mode.Appended()));
    }

    assertThat(snapshotOf(SILVER).snapshot().files()).hasSizeLessThan(MergeSmallFiles.MANY);
    assertThat(snapshotOf(SILVER).snapshot().rows()).isEqualTo(120);
    assertThat(fixture.build("silver.readings")).isInstanceOf(UpToDate.class);
  }

  private static String rebuilt(BuildOutcome outcome) {
    return outcome instanceof Built built && built.mode() instanceof Mode.Rebuilt(String reason)
        ? reason
        : outcome.toString();
  }

  @Test
  void aLateReadingChangesTheRowsAfterIt() {
    fixture.append(minutes(0, 30));
    fixture.build("silver.readings");
    List<Map<String, Object>> before = scores();

    fixture.append(List.of(reading(START + 15 * 60_000_000L + 1, 35, 999)));
    fixture.build("silver.readings");

    List<Map<String, Object>> after = scores();
    assertThat(after).hasSize(31);
    assertThat(after.subList(0, 16)).isEqualTo(before.subList(0, 16));
    assertThat(after.subList(17, 31)).doesNotContainAnyElementsOf(before);
  }

  @Test
  void anotherRangeRebuildsSilver() {
    fixture.append(minutes(0, 20));
    fixture.build("silver.readings");
    Pipeline strict = with(fixture.pipeline, Map.of("temperature", new ValueRange(0, 1)), t -> t);

    assertThat(fixture.build(strict, "silver.readings")).isInstanceOf(Built.class);

    assertThat(fixture.rows("SELECT count(*) AS n FROM silver_readings WHERE is_anomaly"))
        .containsExactly(Map.of("n", 20L));
    assertThat(fixture.build(strict, "silver.readings")).isInstanceOf(UpToDate.class);
  }

  @Test
  void anotherSqlRebuilds() {
    fixture.append(minutes(0, 20));
    fixture.build("silver.readings");
    Pipeline changed =
        with(fixture.pipeline, fixture.pipeline.ranges(), sql -> sql + "WHERE z_score IS NULL");

    assertThat(fixture.build(changed, "silver.readings"))
        .isInstanceOfSatisfying(Built.class, built -> assertThat(built.rowsNow()).isEqualTo(10));
  }

  @Test
  void otherColumnsThanTheTableHasAreRefused() {
    fixture.append(minutes(0, 20));
    fixture.build("silver.readings");
    Pipeline changed =
        with(
            fixture.pipeline,
            fixture.pipeline.ranges(),
            sql -> sql.replace("AS floor", "AS storey"));

    assertThatThrownBy(() -> fixture.build(changed, "silver.readings"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE))
        .hasMessageContaining("storey");
  }

  @Test
  void aFaultInTheSqlNamesItsFileAndLine() {
    fixture.append(minutes(0, 20));
    Pipeline changed =
        with(
            fixture.pipeline,
            fixture.pipeline.ranges(),
            _ -> "SELECT sensor_id,\n  nosuch\nFROM bronze_sensor_events");

    assertThatThrownBy(() -> fixture.build(changed, "silver.readings"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SQL))
        .hasMessageContaining("silver/readings.sql")
        .hasMessageContaining("nosuch")
        .hasMessageContaining("line 2");
    assertThat(lake.find(SILVER)).isEmpty();
  }

  @Test
  void aMissingSourceSaysWhatToDo() {
    assertThatThrownBy(() -> fixture.build("gold.sensor_daily"))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE))
        .hasMessageContaining("no silver.readings");
  }

  @Test
  void aLostRaceIsBuiltAgainAndLeavesNoFiles() throws IOException {
    fixture.append(minutes(0, 20));
    lake.conflictsToCome = 2;

    assertThat(fixture.build("silver.readings")).isInstanceOf(Built.class);

    assertThat(parquetFiles("silver")).hasSameSizeAs(snapshotOf(SILVER).snapshot().files());
  }

  @Test
  void cancellingLeavesTheTableAsItStood() throws IOException {
    fixture.append(minutes(0, 20));
    Pipeline endless =
        with(
            fixture.pipeline,
            fixture.pipeline.ranges(),
            _ ->
                """
                SELECT a.range AS sensor_id, timestamp_micros(a.range) AS event_time, CAST('2026-01-01' AS date) AS event_date
                FROM range(3000000) AS a, range(3000000) AS b WHERE a.range * b.range = 7
                """);
    AtomicBoolean begun = new AtomicBoolean();
    Progress cancelled =
        new Progress() {
          @Override
          public void report(String what, long done, long total) {
            begun.set(true);
          }

          @Override
          public boolean cancelled() {
            return begun.get();
          }
        };

    assertThatThrownBy(
            () ->
                new BuildTable()
                    .build(
                        endless,
                        endless.table(SILVER).orElseThrow(),
                        lake,
                        fixture.engine,
                        TransformFixture.NOW,
                        cancelled))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(parquetFiles("silver")).isEmpty();
    assertThat(folder.resolve("tmp")).isDirectoryNotContaining("glob:**write-*");
  }

  private List<Path> parquetFiles(String layer) throws IOException {
    Path root = folder.resolve("lake").resolve(layer);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).toList();
    }
  }

  private List<Map<String, Object>> scores() {
    return fixture.rows("SELECT event_time, z_score FROM silver_readings ORDER BY event_time");
  }

  private LakeTable snapshotOf(TableName name) {
    return lake.find(name).orElseThrow();
  }

  private static List<Reading> minutes(int from, int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      readings.add(reading(START + i * 60_000_000L, 20 + i % 7, i));
    }
    return readings;
  }

  private static Reading reading(long micros, double value, long offset) {
    return new Reading("a", "temperature", "f/z", value, micros, micros + 1, 0, offset);
  }

  private static Pipeline with(
      Pipeline pipeline, Map<String, ValueRange> ranges, UnaryOperator<String> silverSql) {
    return with(pipeline, ranges, SILVER, silverSql);
  }

  private static Pipeline with(
      Pipeline pipeline,
      Map<String, ValueRange> ranges,
      TableName changed,
      UnaryOperator<String> sql) {
    List<DerivedTable> tables =
        pipeline.tables().stream()
            .map(
                t ->
                    t.name().equals(changed)
                        ? new DerivedTable(
                            t.name(),
                            t.from(),
                            t.key(),
                            t.partition(),
                            t.reach(),
                            t.sqlFile(),
                            sql.apply(t.sql()))
                        : t)
            .toList();
    return new Pipeline(
        pipeline.name(),
        pipeline.version(),
        pipeline.title(),
        pipeline.source(),
        pipeline.feeds(),
        ranges,
        tables,
        pipeline.suites(),
        pipeline.warehouse(),
        pipeline.flows());
  }
}
