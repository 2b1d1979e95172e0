package dev.millrace.engine.quality.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.FailingRows;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.ValidateTable;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.transform.MemoryLake;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.TransformFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Failing rows of Bronze and Silver, from being found to being released, discarded or mended.
class QuarantineTest {

  private static final TableName BRONZE = TransformFixture.BRONZE;
  private static final InstantSource CLOCK = InstantSource.fixed(TransformFixture.NOW);

  private static final String SUITE =
      """
      {"name": "strict", "expectations": [
        {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "unit",
          "value_set": ["u"]}, "meta": {"on_failure": "stop_load"}},
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value",
          "min_value": 0}, "severity": "warning"},
        {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "kafka_offset"},
          "severity": "warning"}
      ]}
      """;

  @TempDir Path folder;

  private TransformFixture fixture;
  private Quarantine quarantine;
  private KeepRows keep;

  @BeforeEach
  void open() {
    fixture = new TransformFixture(folder, new MemoryLake(folder.resolve("lake")));
    quarantine = new Quarantine(fixture.pipeline, fixture.lake, fixture.engine, CLOCK);
    keep = new KeepRows(fixture.lake, fixture.pipeline);
    append("range", "'u'", "5e0", 100);
    append("range + 100", "'bad'", "-1e0", 2);
    append("range + 102", "'u'", "-2e0", 1);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRowIsKeptOnceWithAllItsReasons() {
    ValidationResult first = judge(Slice.WHOLE);
    assertThat(first.worst()).isEqualTo(Consequence.STOP_LOAD);
    assertThat(first.openRows()).isEqualTo(3);
    assertThat(judge(Slice.WHOLE).openRows()).as("found again").isEqualTo(3);

    List<KeptRow> rows = quarantine.rows(KeptFilter.openOf(BRONZE), 10);
    assertThat(rows).hasSize(3);
    KeptRow worst = rows.stream().filter(r -> r.reasons().size() == 2).findFirst().orElseThrow();
    assertThat(worst.reasons())
        .containsExactly(
            "expect_column_values_to_be_in_set (unit): one of u",
            "expect_column_values_to_be_between (value): at least 0");
    assertThat(worst.consequence()).isEqualTo(Consequence.STOP_LOAD);
    assertThat(worst.values()).containsEntry("unit", "bad").containsEntry("value", -1.0);
    assertThat(quarantine.holdingLoad()).containsOnly(java.util.Map.entry(BRONZE, 2L));
    assertThat(quarantine.counts(KeptFilter.ALL))
        .extracting(c -> c.rows() + " " + c.state())
        .containsExactly("2 OPEN", "1 OPEN");
  }

  @Test
  void releasedRowsAreJudgedNoMoreAndCanBeReopened() {
    judge(Slice.WHOLE);
    KeptFilter bad =
        new KeptFilter(
            Optional.of(BRONZE), java.util.Set.of(), Optional.of("(unit)"), java.util.Set.of());

    assertThat(quarantine.release(bad, "a new unit")).containsEntry(BRONZE, 2L);
    ValidationResult after = judge(Slice.WHOLE);
    assertThat(after.worst()).isEqualTo(Consequence.WARN);
    assertThat(after.releasedRows()).isEqualTo(2);
    assertThat(after.openRows()).isEqualTo(1);
    assertThat(quarantine.holdingLoad()).isEmpty();
    assertThat(quarantine.rows(bad.in(KeptState.RELEASED), 10))
        .allSatisfy(row -> assertThat(row.note()).hasValue("a new unit"));

    assertThat(quarantine.reopen(bad)).containsEntry(BRONZE, 2L);
    assertThat(judge(Slice.WHOLE).worst()).isEqualTo(Consequence.STOP_LOAD);
  }

  @Test
  void anIdThatSaysSeveralRowsOrNoneIsRefused() {
    judge(Slice.WHOLE);
    List<String> ids =
        quarantine.rows(KeptFilter.openOf(BRONZE), 10).stream().map(KeptRow::id).toList();

    assertThatThrownBy(() -> quarantine.release(byId(""), "all of them?"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("3 open rows");
            });
    for (KeptFilter none : List.of(byId("no such id"), byId(ids.getFirst() + "0"))) {
      assertThatThrownBy(() -> quarantine.discard(none, "noise"))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE));
    }
    assertThatThrownBy(() -> quarantine.reopen(byId(ids.getFirst())))
        .as("it is open, and not released")
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("No released row");
    assertThat(quarantine.counts(KeptFilter.openOf(BRONZE)))
        .extracting(KeptCount::rows)
        .containsExactlyInAnyOrder(2L, 1L);
    assertThat(quarantine.release(byId(ids.getFirst()), "right")).containsEntry(BRONZE, 1L);
  }

  private static KeptFilter byId(String id) {
    return new KeptFilter(
        Optional.of(BRONZE), java.util.Set.of(id), Optional.empty(), java.util.Set.of());
  }

  @Test
  void whatWasHeldAtATimeIsToldAfterItWasDecided() {
    judge(Slice.WHOLE);
    append("range + 300", "'late'", "5e0", 4);
    Instant later = TransformFixture.NOW.plusSeconds(60);
    judge(BRONZE, Slice.WHOLE, SUITE, later);
    Quarantine decides =
        new Quarantine(
            fixture.pipeline,
            fixture.lake,
            fixture.engine,
            InstantSource.fixed(later.plusSeconds(60)));
    decides.release(KeptFilter.openOf(BRONZE), "all are right");

    assertThat(quarantine.countsAt(BRONZE, TransformFixture.NOW))
        .extracting(c -> c.rows() + " " + c.state())
        .containsExactly("2 OPEN", "1 OPEN");
    assertThat(quarantine.countsAt(BRONZE, later).stream().mapToLong(KeptCount::rows).sum())
        .isEqualTo(7);
    assertThat(quarantine.countsAt(BRONZE, later.plusSeconds(60)))
        .allSatisfy(c -> assertThat(c.state()).isEqualTo(KeptState.RELEASED));
  }

  @Test
  void discardedEventsLeaveBronzeAndNothingElseDoes() {
    judge(Slice.WHOLE);
    assertThat(quarantine.events(KeptFilter.openOf(BRONZE))).isEqualTo(3);
    assertThat(quarantine.discard(KeptFilter.openOf(BRONZE), "noise"))
        .isEqualTo(new Quarantine.Discarded(java.util.Map.of(BRONZE, 3L), 3));

    assertThat(
            fixture.rows(
                "SELECT count(*) AS n, max(kafka_offset) AS last FROM bronze_sensor_events"))
        .containsExactly(java.util.Map.of("n", 100L, "last", 99L));
    ValidationResult after = judge(Slice.WHOLE);
    assertThat(after.success()).isTrue();
    assertThat(quarantine.counts(KeptFilter.ALL))
        .allSatisfy(c -> assertThat(c.state()).isEqualTo(KeptState.DISCARDED));
  }

  @Test
  void aRowOfSilverIsDiscardedWhereItCameFrom() {
    fixture.build("silver.readings");
    TableName silver = TableName.parse("silver.readings").orElseThrow();
    judge(silver, Slice.WHOLE);
    assertThat(quarantine.discard(KeptFilter.openOf(silver), "noise").rows())
        .containsEntry(silver, 3L);
    assertThat(judge(silver, Slice.WHOLE).openRows()).as("a flow has not run yet").isZero();
    assertThat(quarantine.counts(KeptFilter.ALL))
        .extracting(c -> c.rows() + " " + c.state())
        .as("each is decided about once")
        .containsExactlyInAnyOrder("2 DISCARDED", "1 DISCARDED");
    fixture.build("silver.readings");

    assertThat(judge(silver, Slice.WHOLE).success()).isTrue();
    assertThat(fixture.rows("SELECT count(*) AS n FROM silver_readings"))
        .containsExactly(java.util.Map.of("n", 100L));
  }

  @Test
  void aReleasedReadingStaysReleasedWhenWhatIsComputedOfItChanges() {
    appendOfOneSensor("range * 2 + 40000", "21e0 + (range % 5) * 1e-1", 40);
    appendOfOneSensor("range + 40100", "-9e0", 1);
    fixture.build("silver.readings");
    TableName silver = TableName.parse("silver.readings").orElseThrow();
    judge(silver, Slice.WHOLE);
    Object before = zScore();
    assertThat(quarantine.release(KeptFilter.openOf(silver), "a cold day")).containsKey(silver);

    appendOfOneSensor("range * 2 + 40001", "20e0 + (range % 7) * 1e-1", 40);
    fixture.build("silver.readings");

    assertThat(zScore()).isNotEqualTo(before);
    ValidationResult after = judge(silver, Slice.WHOLE);
    assertThat(after.openRows()).isZero();
    assertThat(after.releasedRows()).isEqualTo(4);
    assertThat(quarantine.counts(KeptFilter.ALL))
        .allSatisfy(c -> assertThat(c.state()).isEqualTo(KeptState.RELEASED));
  }

  private Object zScore() {
    return java.util.Objects.requireNonNull(
        fixture
            .rows("SELECT z_score FROM silver_readings WHERE kafka_offset = 40100")
            .getFirst()
            .get("z_score"));
  }

  @Test
  void aReadingThatWasSentTwiceIsDiscardedWithItsCopyAndWithNothingThatSaysElse() {
    append("range + 100", "range + 200", "'bad'", "-1e0", 2);
    append("range + 400", "range + 400", "'u'", "5e0", 1);
    append("range + 400", "range + 401", "'bad'", "5e0", 1);
    fixture.build("silver.readings");
    TableName silver = TableName.parse("silver.readings").orElseThrow();
    assertThat(judge(silver, Slice.WHOLE).openRows()).isEqualTo(4);

    KeptFilter open = KeptFilter.openOf(silver);
    assertThat(quarantine.events(open)).isEqualTo(6);
    assertThat(quarantine.discard(open, "noise"))
        .isEqualTo(new Quarantine.Discarded(java.util.Map.of(silver, 4L), 6));
    fixture.build("silver.readings");

    assertThat(judge(silver, Slice.WHOLE).success()).as("none came back").isTrue();
    assertThat(quarantine.counts(open)).isEmpty();
    assertThat(fixture.rows("SELECT kafka_offset FROM silver_readings WHERE kafka_offset >= 100"))
        .as("the reading stands as it was sent otherwise")
        .containsExactly(java.util.Map.of("kafka_offset", 400L));
  }

  @Test
  void aRowOfBronzeIsItsOwnEventAndNoCopy() {
    append("range + 100", "range + 200", "'bad'", "-1e0", 2);
    judge(Slice.WHOLE);
    KeptRow one =
        quarantine.rows(KeptFilter.openOf(BRONZE), 10).stream()
            .filter(row -> Long.valueOf(200).equals(row.values().get("kafka_offset")))
            .findFirst()
            .orElseThrow();
    assertThat(quarantine.discard(byId(one.id()), "sent twice"))
        .isEqualTo(new Quarantine.Discarded(java.util.Map.of(BRONZE, 1L), 1));
    assertThat(judge(Slice.WHOLE).openRows()).isEqualTo(4);
  }

  @Test
  void rowsThatFailNoMoreAreMendedOnlyWhereAllWereJudged() {
    judge(Slice.WHOLE);
    long before = fixture.lake.find(BRONZE).orElseThrow().snapshot().version();
    append("range + 200", "'worse'", "5e0", 1);
    ValidationResult fresh = judge(Slice.newSince(before));
    assertThat(fresh.data().rows()).isEqualTo(1);
    assertThat(fresh.openRows()).as("those before are no part of the slice").isEqualTo(1);
    assertThat(openRows()).as("and still stand").isEqualTo(4);

    String lenient = SUITE.replace("[\"u\"]", "[\"u\", \"bad\", \"worse\"]");
    ValidationResult after = judge(BRONZE, Slice.WHOLE, lenient);
    assertThat(after.worst()).isEqualTo(Consequence.WARN);
    assertThat(after.openRows()).isEqualTo(3);
    assertThat(
            quarantine.counts(KeptFilter.ALL.in(KeptState.MENDED)).stream()
                .mapToLong(KeptCount::rows)
                .sum())
        .isEqualTo(1);
  }

  @Test
  void aSliceTellsOfItsOwnRowsOnly() {
    judge(Slice.WHOLE);
    quarantine.release(KeptFilter.openOf(BRONZE), "all are right");
    ValidationResult whole = judge(Slice.WHOLE);
    assertThat(whole.releasedRows()).isEqualTo(3);
    assertThat(whole.data().rows()).isEqualTo(100);

    long before = fixture.lake.find(BRONZE).orElseThrow().snapshot().version();
    append("range + 300", "'u'", "5e0", 7);
    ValidationResult fresh = judge(Slice.newSince(before));
    assertThat(fresh.data().rows()).isEqualTo(7);
    assertThat(fresh.releasedRows()).as("none of the new rows was released").isZero();
    assertThat(fresh.openRows()).isZero();

    Slice bad =
        new Slice(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("unit == 'bad'"),
            Optional.empty());
    ValidationResult sliced = judge(bad);
    assertThat(sliced.data().rows()).isZero();
    assertThat(sliced.releasedRows()).isEqualTo(2);
  }

  @Test
  void twoExpectationsOfOneColumnAreDecidedAboutEachForItself() {
    String both =
        """
        {"name": "strict", "expectations": [
          {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value",
            "min_value": -1}, "severity": "warning"},
          {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value",
            "min_value": -10, "max_value": -0.5, "row_condition": "value < 0", "condition_parser": "pandas"},
            "severity": "warning"},
          {"type": "expect_column_values_to_be_between", "kwargs": {"column": "value",
            "min_value": -1.5}, "severity": "warning"}
        ]}
        """;
    append("range + 400", "'u'", "-0.25e0", 4);
    judge(BRONZE, Slice.WHOLE, both);
    String type = "expect_column_values_to_be_between (value): ";
    assertThat(quarantine.counts(KeptFilter.ALL))
        .extracting(c -> c.rows() + " " + c.told())
        .containsExactly(
            "4 " + type + "between -10 and -0.5, where value < 0",
            "1 " + type + "at least -1; " + type + "at least -1.5");
    KeptFilter exactly =
        new KeptFilter(
            Optional.of(BRONZE),
            java.util.Set.of(),
            Optional.of(KeptFilter.whole(type + "at least -1")),
            java.util.Set.of());
    assertThat(quarantine.counts(exactly)).extracting(KeptCount::rows).containsExactly(1L);
    KeptFilter part =
        new KeptFilter(
            Optional.of(BRONZE),
            java.util.Set.of(),
            Optional.of("where value < 0"),
            java.util.Set.of());
    assertThat(quarantine.release(part, "as it should be")).containsEntry(BRONZE, 4L);
  }

  @Test
  void anotherSuiteSaysAnewWhatOpenRowsFailAndMendsTheOthers() {
    judge(Slice.WHOLE);
    String other =
        SUITE
            .replace("\"strict\"", "\"other\"")
            .replace("stop_load", "warn")
            .replace("\"min_value\": 0", "\"min_value\": -1.5");
    Instant later = TransformFixture.NOW.plusSeconds(60);
    ValidationResult after = judge(BRONZE, Slice.WHOLE, other, later);

    assertThat(after.openRows()).isEqualTo(3);
    assertThat(quarantine.holdingLoad()).as("it only warns now").isEmpty();
    assertThat(quarantine.counts(KeptFilter.ALL))
        .extracting(c -> c.rows() + " " + c.told())
        .containsExactly(
            "2 expect_column_values_to_be_in_set (unit): one of u",
            "1 expect_column_values_to_be_between (value): at least -1.5");
    assertThat(quarantine.rows(KeptFilter.ALL, 10))
        .allSatisfy(
            row -> {
              assertThat(row.suite()).isEqualTo("other");
              assertThat(row.foundAt()).isEqualTo(TransformFixture.NOW);
            });

    String lenient = other.replace("[\"u\"]", "[\"u\", \"bad\"]").replace("other", "third");
    assertThat(judge(BRONZE, Slice.WHOLE, lenient, later).openRows()).isEqualTo(1);
    assertThat(quarantine.counts(KeptFilter.ALL.in(KeptState.MENDED)))
        .extracting(KeptCount::rows)
        .containsExactly(2L);
  }

  @Test
  void releasedRowsAreLeftOutOfATrialTooAndNothingIsKeptOfIt() {
    judge(Slice.WHOLE);
    quarantine.release(KeptFilter.openOf(BRONZE), "all are right");
    append("range + 500", "'odd'", "5e0", 2);
    long kept = quarantine.counts(KeptFilter.ALL).stream().mapToLong(KeptCount::rows).sum();
    FailingRows tried = keep.keepingNothing();

    ValidationResult sliced = judge(tried, where("kafka_offset >= 100"));
    assertThat(sliced.releasedRows()).isEqualTo(3);
    assertThat(sliced.data().rows()).isEqualTo(2);
    assertThat(sliced.failing()).hasSize(1);
    assertThat(quarantine.counts(KeptFilter.ALL).stream().mapToLong(KeptCount::rows).sum())
        .isEqualTo(kept);

    long newest = fixture.lake.find(BRONZE).orElseThrow().snapshot().version();
    ValidationResult past = judge(tried, version(newest - 1));
    assertThat(past.releasedRows()).as("nobody had released rows of what was before").isZero();
    assertThat(past.data().rows()).isEqualTo(103);
    assertThat(judge(tried, version(newest)).releasedRows()).isEqualTo(3);
  }

  @Test
  void aSliceWithoutRowsIsNeitherGoodNorBad() {
    String counted =
        SUITE.replace(
            "[\n",
            "[{\"type\": \"expect_table_row_count_to_be_between\", \"kwargs\": {\"min_value\": 1}},\n");
    ValidationResult none = judge(BRONZE, where("unit == 'no such'"), counted);
    assertThat(none.judged()).isFalse();
    assertThat(none.results()).isEmpty();
    assertThat(none.worst()).isEqualTo(Consequence.RECORD);
    assertThat(none.json()).contains("\"success\":null", "\"success_percent\":null");
    assertThat(judge(BRONZE, Slice.WHOLE, counted).judged()).isTrue();
  }

  private static Slice where(String condition) {
    return new Slice(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(condition),
        Optional.empty());
  }

  private static Slice version(long version) {
    return new Slice(
        Optional.of(version),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private long openRows() {
    return quarantine.counts(KeptFilter.openOf(BRONZE)).stream().mapToLong(KeptCount::rows).sum();
  }

  @Test
  void duplicatesAreKeptThoughOnlyTogetherTheyFail() {
    append("range", "'u'", "5e0", 2);
    assertThat(judge(Slice.WHOLE).failing())
        .contains("expect_column_values_to_be_unique (kafka_offset)");
    assertThat(
            quarantine.rows(
                new KeptFilter(
                    Optional.of(BRONZE),
                    java.util.Set.of(),
                    Optional.of("unique"),
                    java.util.Set.of()),
                10))
        .as("the copies say the same, so each stands there once")
        .hasSize(2);
  }

  @Test
  void aSliceOfTimeIsJudgedAlone() {
    Instant from = Instant.ofEpochSecond(1772000000L + 100);
    Slice late =
        new Slice(
            Optional.empty(),
            Optional.of(from),
            Optional.empty(),
            Optional.of("unit == 'bad'"),
            Optional.empty());
    ValidationResult result = judge(late);
    assertThat(result.data().rows()).isEqualTo(2);
    assertThat(result.failing()).hasSize(2);
    Slice then =
        new Slice(
            Optional.of(1L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(judge(then).success()).as("before the bad rows came").isTrue();
  }

  private ValidationResult judge(Slice slice) {
    return judge(BRONZE, slice);
  }

  private ValidationResult judge(TableName table, Slice slice) {
    return judge(table, slice, SUITE);
  }

  private ValidationResult judge(TableName table, Slice slice, String suite) {
    return judge(table, slice, suite, TransformFixture.NOW);
  }

  private ValidationResult judge(FailingRows rows, Slice slice) {
    return judge(BRONZE, slice, SUITE, TransformFixture.NOW, rows);
  }

  private ValidationResult judge(TableName table, Slice slice, String suite, Instant now) {
    return judge(table, slice, suite, now, keep);
  }

  private ValidationResult judge(
      TableName table, Slice slice, String suite, Instant now, FailingRows rows) {
    ValidationResult result =
        new ValidateTable()
            .validate(
                fixture.pipeline,
                new ValidateTable.Request(
                    table, Optional.of(new SuiteSource("strict.json", suite)), slice),
                fixture.lake,
                fixture.engine,
                rows,
                now,
                Progress.NONE);
    assertThat(result.results()).allSatisfy(r -> assertThat(r.error()).isEmpty());
    return result;
  }

  /// Seconds are offsets, too.
  private void appendOfOneSensor(String seconds, String value, int rows) {
    try (SqlSession session = fixture.engine.session()) {
      fixture.append(
          session,
          """
          SELECT 'one' AS sensor_id, 'temperature' AS sensor_type, 'f/z' AS location,
                 %2$s AS value, 'u' AS unit,
                 timestamp_micros(1772000000000000 + (%1$s) * 1000000) AS event_time,
                 timestamp_micros(1772000000000000 + (%1$s) * 1000000) AS ingestion_time,
                 'sensor-events' AS kafka_topic, CAST(0 AS int) AS kafka_partition,
                 CAST(%1$s AS bigint) AS kafka_offset, CAST('2026-02-25' AS date) AS event_date
          FROM range(%3$d) AS r
          """
              .formatted(seconds, value, rows));
    }
  }

  private void append(String offset, String unit, String value, int rows) {
    append(offset, offset, unit, value, rows);
  }

  /// @param reading tells sensor and time
  private void append(String reading, String offset, String unit, String value, int rows) {
    try (SqlSession session = fixture.engine.session()) {
      fixture.append(
          session,
          """
          SELECT 's' || (%1$s) AS sensor_id, 'temperature' AS sensor_type, 'f/z' AS location,
                 %3$s AS value, %2$s AS unit,
                 timestamp_micros(1772000000000000 + (%1$s) * 1000000) AS event_time,
                 timestamp_micros(1772000000000000 + (%1$s) * 1000000) AS ingestion_time,
                 'sensor-events' AS kafka_topic, CAST(0 AS int) AS kafka_partition,
                 %5$s AS kafka_offset, CAST('2026-02-25' AS date) AS event_date
          FROM range(%4$d) AS r
          """
              .formatted(reading, unit, value, rows, offset));
    }
  }
}
