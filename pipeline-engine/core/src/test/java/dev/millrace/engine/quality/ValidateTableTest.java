package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.transform.MemoryLake;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.TransformFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The suites of `building-sensors` over its tables.
class ValidateTableTest {

  private static final TableName SILVER = TableName.parse("silver.readings").orElseThrow();

  private static final String GOOD =
      """
      SELECT 's' || (range % 4) AS sensor_id,
             CASE range % 2 WHEN 0 THEN 'temperature' ELSE 'humidity' END AS sensor_type,
             'f/z' AS location, CAST(20 + range % 7 AS double) AS value, 'u' AS unit,
             timestamp_micros(1772000000000000 + range * 1000000) AS event_time,
             timestamp_micros(1772000000000000 + range * 1000000) AS ingestion_time,
             'sensor-events' AS kafka_topic, CAST(range % 3 AS int) AS kafka_partition,
             range AS kafka_offset, CAST('2026-02-25' AS date) AS event_date
      FROM range(1000) AS r
      """;

  @TempDir Path folder;

  private TransformFixture fixture;

  @BeforeEach
  void open() {
    fixture = new TransformFixture(folder, new MemoryLake(folder.resolve("lake")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void goodTablesMeetTheirSuites() throws IOException {
    append(GOOD);
    fixture.build("silver.readings");

    for (TableName table : new TableName[] {TransformFixture.BRONZE, SILVER}) {
      ValidationResult result = validate(table);
      assertThat(result.failing()).as(table.toString()).isEmpty();
      assertThat(result.success()).isTrue();
      assertThat(result.blocking()).isFalse();
      assertThat(result.score().percent()).isEqualTo(100);
    }

    ValidationRecord kept = validate(SILVER).toRecord();
    assertThat(kept.suite()).isEqualTo("building_sensors_silver");
    assertThat(kept.version()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(kept.json());
    assertThat(json.get("success").asBoolean()).isTrue();
    assertThat(json.get("statistics").get("evaluated_expectations").asInt())
        .isEqualTo(kept.total());
    JsonNode first = json.get("results").get(0);
    assertThat(first.get("expectation_config").get("type").asText())
        .isEqualTo("expect_compound_columns_to_be_unique");
    assertThat(first.get("expectation_config").has("severity"))
        .as("critical is what is meant where nothing is said")
        .isFalse();
    assertThat(first.get("result").get("element_count").asLong()).isEqualTo(1000);
    assertThat(first.get("exception_info").get("raised_exception").asBoolean()).isFalse();
  }

  @Test
  void doubledEventsInBronzeBlock() {
    append(GOOD);
    append("SELECT * FROM (" + GOOD + ") AS g WHERE kafka_offset < 3");

    ValidationResult result = validate(TransformFixture.BRONZE);

    assertThat(result.blocking()).isTrue();
    assertThat(result.failing())
        .singleElement()
        .asString()
        .startsWith("expect_compound_columns_to_be_unique");
    assertThat(result.passed()).isEqualTo(result.results().size() - 1);
  }

  @Test
  void missingValuesWarnAndDoNotBlock() {
    append(GOOD.replace("CAST(20 +", "CASE WHEN range % 20 > 0 THEN 1.0 END * CAST(20 +"));

    ValidationResult result = validate(TransformFixture.BRONZE);

    assertThat(result.success()).isFalse();
    assertThat(result.blocking()).isFalse();
    assertThat(result.failing()).containsExactly("expect_column_values_to_not_be_null (value)");
  }

  @Test
  void aFloodOfValuesOutOfRangeIsToldPerKind() {
    append(GOOD.replace("20 + range % 7", "range % 2 * 150"));

    assertThat(validate(TransformFixture.BRONZE).failing())
        .containsExactly(
            "expect_column_values_to_be_between (value) where col(\"sensor_type\")==\"humidity\"");
  }

  @Test
  void silverIsComparedWithTheBronzeItWasBuiltFrom() {
    append(GOOD);
    fixture.build("silver.readings");
    append(GOOD.replace("range AS kafka_offset", "range + 5000 AS kafka_offset"));

    assertThat(validate(SILVER).success()).as("Bronze grew since; Silver is no worse").isTrue();

    fixture.build("silver.readings");
    ValidationResult rebuilt = validate(SILVER);
    assertThat(rebuilt.failing())
        .as("half of Bronze are copies now")
        .containsExactly("expect_table_row_count_to_be_between");
    assertThat(rebuilt.suiteParameters()).containsEntry("bronze_sensor_events_row_count", 2000L);
  }

  @Test
  void aTableWithoutSuiteOrWithoutDataSaysSo() {
    assertThatThrownBy(() -> validate(SILVER))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE));
    assertThatThrownBy(() -> validate(TableName.parse("gold.sensors").orElseThrow()))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void whatIsNewIsNeverAllForAPersonAndAllForAFlowThatCannotTell() {
    append(GOOD);
    long newest = fixture.lake.find(TransformFixture.BRONZE).orElseThrow().snapshot().version();

    assertThatThrownBy(() -> validate(Slice.newSince(newest + 1), Optional.empty()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.what()).contains("no version " + (newest + 1), "nothing is new");
            });
    assertThatThrownBy(() -> validate(Slice.newSince(-1), Optional.empty()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no version -1");
    assertThat(ValidateTable.newSince(fixture.lake, TransformFixture.BRONZE, newest + 1))
        .isEqualTo(Slice.WHOLE);
    assertThat(ValidateTable.newSince(fixture.lake, TransformFixture.BRONZE, newest))
        .isEqualTo(Slice.newSince(newest));
    assertThat(validate(Slice.newSince(newest - 1), Optional.empty()).data().rows())
        .isEqualTo(1000);
  }

  @Test
  void aTableThatIsNotThereIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> validate(TableName.parse("gold.nope").orElseThrow()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.what()).contains("no table gold.nope");
              assertThat(e.remedy()).contains("bronze.sensor_events", "gold.sensors");
            });
  }

  @Test
  void anEmptySuiteJudgesNothingAndDoesNotPass() {
    append(GOOD);
    SuiteSource empty =
        new SuiteSource("empty.json", "{\"name\": \"empty\", \"expectations\": []}");
    assertThatThrownBy(() -> validate(Slice.WHOLE, Optional.of(empty)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("has no expectation");
  }

  @Test
  void aQueryOfASuiteReadsTheTablesAndNoOtherFile() throws IOException {
    append(GOOD);
    Path secret = Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
    Path written = folder.resolve("written.csv");
    Path lake =
        fixture
            .lake
            .find(TransformFixture.BRONZE)
            .orElseThrow()
            .snapshot()
            .files()
            .getFirst()
            .path();
    List<String> queries =
        List.of(
            "SELECT * FROM {batch} WHERE value < 0",
            "SELECT 1 WHERE (SELECT count(*) FROM bronze_sensor_events) <> 1000",
            "SELECT 1 WHERE EXISTS (SELECT * FROM read_csv('" + secret + "'))",
            "SELECT 1 WHERE EXISTS (SELECT * FROM '" + secret + "')",
            "SELECT 1) AS a; COPY (SELECT 1) TO '" + written + "'; SELECT * FROM (SELECT 1",
            "COPY (SELECT 1) TO '" + lake + "'",
            "SELECT 1 WHERE (SELECT count(*) FROM glob('" + folder + "/*')) > 0");
    StringBuilder json = new StringBuilder("{\"name\": \"asks\", \"expectations\": [");
    for (String query : queries) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
          .append("{\"type\": \"unexpected_rows_expectation\", \"kwargs\": ")
          .append(new ObjectMapper().writeValueAsString(Map.of("unexpected_rows_query", query)))
          .append('}');
    }
    ValidationResult result =
        validate(Slice.WHOLE, Optional.of(new SuiteSource("asks.json", json + "]}")));

    assertThat(result.results()).extracting(ExpectationResult::success).startsWith(true, true);
    assertThat(result.results().subList(2, queries.size()))
        .allSatisfy(one -> assertThat(one.error()).isPresent());
    assertThat(result.results().get(2).error().orElseThrow()).contains("a suite may not");
    assertThat(written).doesNotExist();
    assertThat(validate(TransformFixture.BRONZE).success()).as("the lake is whole").isTrue();
  }

  @Test
  void whatTheEngineWouldRefuseIsToldBeforeASuiteIsInForce() throws IOException {
    append(GOOD);
    Path secret = Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
    TrySuite trial =
        new TrySuite(fixture.pipeline, TransformFixture.BRONZE, fixture.lake, fixture.engine);

    assertThat(trial.fault(Map.of("column", "unit", "regex", "(?=x)y"))).isPresent();
    assertThat(trial.fault(Map.of("column", "unit", "regex_list", List.of("a+", "(?<!a)b"))))
        .isPresent();
    assertThat(trial.fault(Map.of("column", "unit", "regex", "^it's (a|b)$"))).isEmpty();
    assertThat(trial.fault(query("SELECT * FROM read_csv('" + secret + "')")).orElseThrow())
        .contains("a suite may not");
    assertThat(trial.fault(query("SELECT * FROM {batch} WHERE no_such_column = 1"))).isPresent();
    assertThat(trial.fault(query("SELECT * FROM {batch} WHERE value < 0;"))).isEmpty();
    assertThat(trial.fault(query("SELECT * FROM gold_sensors")))
        .as("which no step has made yet")
        .isEmpty();
    assertThat(trial.fault(query("SELECT * FROM nowhere"))).isPresent();
  }

  private static Map<String, Object> query(String sql) {
    return Map.of("unexpected_rows_query", sql);
  }

  @Test
  void numbersWithADecimalCommaAreToldAsSuch() throws IOException {
    Path file = Files.writeString(folder.resolve("comma.csv"), "id;v\n1;2,5\n2;3,5\n3;1,25\n");
    Suite suite =
        ReadSuite.of(
            new SuiteSource(
                "v.json",
                """
                {"name": "v", "expectations": [{"type": "expect_column_values_to_be_between",
                  "kwargs": {"column": "v", "min_value": 1}}]}
                """));
    ValidationResult result =
        new ValidateFile()
            .validate(
                file,
                suite,
                ResultDetail.USUAL,
                fixture.engine,
                TransformFixture.NOW,
                Progress.NONE);
    assertThat(result.results().getFirst().error().orElseThrow())
        .contains("the column holds texts", "write 2.5 and not 2,5");
  }

  private ValidationResult validate(Slice slice, Optional<SuiteSource> suite) {
    return new ValidateTable()
        .validate(
            fixture.pipeline,
            new ValidateTable.Request(TransformFixture.BRONZE, suite, slice),
            fixture.lake,
            fixture.engine,
            FailingRows.NONE,
            TransformFixture.NOW,
            Progress.NONE);
  }

  private ValidationResult validate(TableName table) {
    return new ValidateTable()
        .validate(
            fixture.pipeline,
            table,
            fixture.lake,
            fixture.engine,
            TransformFixture.NOW,
            Progress.NONE);
  }

  private void append(String sql) {
    try (SqlSession session = fixture.engine.session()) {
      fixture.append(session, sql);
    }
  }
}
