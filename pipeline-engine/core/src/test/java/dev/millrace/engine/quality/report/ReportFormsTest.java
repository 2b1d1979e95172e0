package dev.millrace.engine.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Names;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.Severity;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.QualityReport.TableReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One report as JSON, CSV and HTML; its PDF is looked into beside the library that makes it.
class ReportFormsTest {

  private final QualityReport report = SampleReport.ofADay();

  @Test
  void jsonHoldsTheValidationsInTheirOwnForm() throws IOException {
    JsonNode json = new ObjectMapper().readTree(new ReportJson().write(report));

    assertThat(json.get("verdict").asText()).isEqualTo("Load held");
    assertThat(json.get("demo").asBoolean()).isTrue();
    assertThat(json.get("met").asInt()).isEqualTo(11);
    assertThat(json.get("day").asText()).isEqualTo("2026-03-01");
    JsonNode silver = json.get("tables").get(0);
    assertThat(silver.get("verdict").asText()).isEqualTo("Load held");
    assertThat(silver.get("success").asBoolean()).isFalse();
    assertThat(silver.get("validated_at").asText()).isEqualTo("2026-03-01T06:00:00Z");
    assertThat(silver.get("met").asInt()).isEqualTo(4);
    assertThat(silver.get("expectations").asInt()).isEqualTo(7);
    assertThat(silver.get("quarantine").get(0).get("consequence").asText()).isEqualTo("stop_load");
    assertThat(silver.get("history").get(14).get("holds_load").asBoolean()).isTrue();
    assertThat(silver.get("table").asText()).isEqualTo("silver.readings");
    assertThat(silver.get("lineage").get("sources").get("bronze.sensor_events").asLong())
        .isEqualTo(112);
    ReadResult.Document read = ReadResult.of(silver.get("validation").toString());
    assertThat(read.success()).isFalse();
    assertThat(read.results()).hasSize(7);
    assertThat(read.results().getFirst().config().consequence().jsonName()).isEqualTo("stop_load");
  }

  @Test
  void csvHasALinePerExpectationAndNoFormula() {
    List<String> lines =
        new String(new ReportCsv().write(report), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines).hasSize(1 + 14);
    assertThat(lines.get(1)).contains("silver.readings", "stop_load,false,1204331,1204");
    assertThat(lines.get(1))
        .contains("degF at sensor_id temp-017", "K <kelvin> at sensor_id temp-018");
  }

  @Test
  void examplesAreCountedOnlyWhereAllWere() {
    List<Map<String, Object>> counts =
        List.of(Map.of("value", "degF", "count", 3L), Map.of("value", "K", "count", 1L));
    assertThat(Found.examples(amiss(4, counts), 5))
        .extracting(Found.Example::words)
        .containsExactly("degF (3x)", "K");
    assertThat(Found.examples(amiss(5, counts), 5))
        .extracting(Found.Example::words)
        .containsExactly("degF", "K");
  }

  @Test
  void anExampleStandsBesideARowThatHasIt() {
    Map<String, Object> told =
        Map.of(
            "unexpected_count",
            4L,
            "partial_unexpected_list",
            List.of("K", "degF", "degF", "degF"),
            "partial_unexpected_index_list",
            List.of(
                Map.of("unit", "K", "id", "a"),
                Map.of("unit", "degF", "id", "b"),
                Map.of("unit", "degF", "id", "c"),
                Map.of("unit", "degF", "id", "d")),
            "unexpected_index_column_names",
            List.of("id", "unit"));
    assertThat(Found.examples(result(told), 5))
        .extracting(Found.Example::line)
        .containsExactly("degF (3x) at id b", "K at id a");
    Map<String, Object> missing =
        Map.of(
            "unexpected_count",
            9L,
            "partial_unexpected_list",
            Arrays.asList(null, null, null, null),
            "partial_unexpected_index_list",
            List.of(4, 7, 9, 11));
    assertThat(Found.examples(result(missing), 5))
        .as("of the one value there is, some rows, and no count of what is not told")
        .extracting(Found.Example::line)
        .containsExactly("null at row 5 and row 8 and row 10");
    String html =
        new String(new ReportHtml(Optional.empty()).write(report), StandardCharsets.UTF_8);
    assertThat(html)
        .contains("<td>K &lt;kelvin&gt;</td><td class=muted>sensor_id temp-018, event_time");
  }

  @Test
  void aCountAndItsShareAreOfTheSame() {
    Map<String, Object> some = new LinkedHashMap<>();
    some.put("element_count", 3L);
    some.put("unexpected_count", 2L);
    some.put("unexpected_percent", 100.0);
    some.put("missing_count", 1L);
    assertThat(Found.of(result(some)))
        .isEqualTo("2 of 2 values (100 %) are amiss; 1 missing value is not counted");
    some.put("unexpected_count", 0L);
    assertThat(Found.of(result(some)))
        .isEqualTo("2 values, none amiss; 1 missing value is not counted");
    some.put("missing_count", 3L);
    assertThat(Found.of(result(some)))
        .isEqualTo("There was no value to judge; 3 missing values are not counted");
    assertThat(Found.of(result(Map.of("element_count", 0L, "unexpected_count", 0L))))
        .isEqualTo("There was no row to judge");
  }

  private static ExpectationResult result(Map<String, Object> told) {
    return new ExpectationResult(
        false,
        new ExpectationConfig(
            "expect_column_values_to_be_in_set",
            Map.of("column", "unit", "value_set", List.of("u")),
            Map.of(),
            Severity.WARNING,
            0),
        told,
        Optional.empty());
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    assertThat(
            Found.of(
                new ExpectationResult(
                    false,
                    new ExpectationConfig(
                        "expect_column_to_exist",
                        Map.of("column", "unit"),
                        Map.of(),
                        Severity.CRITICAL,
                        0),
                    Map.of(),
                    Optional.empty())))
        .isEqualTo("The column unit is missing");
  }

  private static ExpectationResult amiss(long unexpected, List<Map<String, Object>> counts) {
    return new ExpectationResult(
        false,
        new ExpectationConfig(
            "expect_column_values_to_not_be_null",
            Map.of("column", "unit"),
            Map.of(),
            Severity.WARNING,
            0),
        Map.of("unexpected_count", unexpected, "partial_unexpected_counts", counts),
        Optional.empty());
  }

  @Test
  void htmlNeedsNothingElseAndEscapesWhatItShows() {
    String html =
        new String(new ReportHtml(Optional.empty()).write(report), StandardCharsets.UTF_8);

    assertThat(html)
        .contains(
            "Load held", "Only units that the building&#39;s sensors have".replace("&#39;", "'"))
        .contains("K &lt;kelvin&gt;", "<td>open, hold the load</td>", "<td>released</td>")
        .contains("<svg", "demo data", "floor-2/zone-ä")
        .doesNotContain("<kelvin>", "http://", "https://", "<script", "<link");
    int verdict = html.indexOf("Load held");
    assertThat(verdict).isLessThan(html.indexOf("Not met (3)"));
    assertThat(html.indexOf("Not met (3)")).isLessThan(html.indexOf("Met (4)"));
  }

  @Test
  void aDayInWhichSomethingFailedSaysSoThoughItEndedWell() throws IOException {
    QualityReport day =
        new QualityReport(
            report.pipeline(),
            report.pipelineTitle(),
            report.subject(),
            report.madeAt(),
            false,
            List.of(
                SampleReport.judgedOften("silver.readings", 0, 3, 1, 0),
                SampleReport.judgedOften("bronze.sensor_events", 0)));

    assertThat(day.success()).isFalse();
    assertThat(day.successAtLast()).isTrue();
    assertThat(Wording.verdict(day)).isEqualTo("Load held at times, passed at last");
    assertThat(Wording.meaning(day))
        .isEqualTo(
            "Of 5 validations, 2 did not meet all expectations. At last: all 14 expectations are"
                + " met.");
    JsonNode json = new ObjectMapper().readTree(new ReportJson().write(day));
    assertThat(json.get("success").asBoolean()).isFalse();
    assertThat(json.get("consequence").asText()).isEqualTo("stop_load");
    assertThat(json.get("consequence_at_last").isNull()).as("nothing followed").isTrue();
    JsonNode silver = json.get("tables").get(0);
    assertThat(silver.get("consequence").asText()).isEqualTo("stop_load");
    assertThat(silver.get("consequence_at_last").isNull()).isTrue();
    assertThat(json.get("tables").get(1).get("consequence").isNull()).isTrue();
    List<String> lines =
        new String(new ReportCsv().write(day), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.getFirst()).endsWith(",verdict,judged,not_met_earlier,last_not_met_at");
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(",true,", "\"Load held at times, passed at last\",4,2,2026-"));
    JsonNode judged = json.get("tables").get(0).get("judged");
    assertThat(judged.get("times").asInt()).isEqualTo(4);
    assertThat(judged.get("not_all_met").asInt()).isEqualTo(2);
    assertThat(judged.get("missed_before").get(0).get("times").asInt()).isEqualTo(2);
    assertThat(judged.get("missed_before").get(0).get("met_at_last").asBoolean()).isTrue();
    assertThat(new String(new ReportHtml(Optional.empty()).write(day), StandardCharsets.UTF_8))
        .contains("Load held at times", "Not met earlier", "2 of 4 times", "; met at last");
  }

  @Test
  void whatAnotherSuiteAskedIsNotSaidToBeMet() {
    List<ValidationRecord> records =
        List.of(
            SampleReport.table("silver.readings", 1).record(),
            SampleReport.table("silver.readings", 0).record());
    ValidationRecord last = records.getLast();
    ValidationRecord other =
        new ValidationRecord(
            last.pipeline(),
            last.table(),
            "other",
            last.version(),
            last.scope(),
            last.run(),
            true,
            last.worst(),
            100,
            last.passed(),
            last.total(),
            List.of(),
            last.json().replace(last.suite(), "other"),
            last.validatedAt());
    assertThat(Judgings.of(records).missedOnlyBefore())
        .singleElement()
        .satisfies(one -> assertThat(one.atLast()).isEqualTo(Judgings.AtLast.MET));
    assertThat(Judgings.of(List.of(records.getFirst(), records.getFirst(), other)).missed())
        .singleElement()
        .satisfies(one -> assertThat(one.times()).isEqualTo(2));
    assertThat(Judgings.of(List.of(records.getFirst(), records.getFirst())).missed())
        .as("it was not met before, either")
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.atLast()).isEqualTo(Judgings.AtLast.NOT_MET);
              assertThat(one.times()).isEqualTo(1);
              assertThat(one.asked()).isEqualTo(2);
            });
    Judgings judgings = Judgings.of(List.of(records.getFirst(), other));
    TableReport table = SampleReport.table("silver.readings", 0);
    TableReport changed =
        new TableReport(
            other,
            table.results(),
            table.history(),
            table.lineage(),
            table.anomalies(),
            table.kept(),
            judgings);
    String csv =
        new String(
            new ReportCsv()
                .write(
                    new QualityReport(
                        report.pipeline(),
                        report.pipelineTitle(),
                        report.subject(),
                        report.madeAt(),
                        false,
                        List.of(changed))),
            StandardCharsets.UTF_8);
    assertThat(csv.lines().toList()).last().asString().contains(",No longer asked,", ",1,1,2026-");
    assertThat(judgings.missedOnlyBefore())
        .singleElement()
        .satisfies(
            one ->
                assertThat(Wording.missed(one))
                    .as("of those by its suite")
                    .isEqualTo("1 of 1 times, last 1 Mar 2026, 06:00 UTC; no longer asked"));
  }

  @Test
  void expectationsAreToldWithTheirBounds() {
    assertThat(
            words(
                "expect_column_values_to_be_between",
                Map.of("column", "v", "min_value", 1, "max_value", 2.5)))
        .isEqualTo("v: between 1 and 2.5");
    assertThat(
            words(
                "expect_column_mean_to_be_between",
                Map.of("column", "v", "max_value", 9, "strict_max", true)))
        .isEqualTo("v: mean under 9");
    assertThat(words("expect_table_row_count_to_be_between", Map.of("min_value", 1000)))
        .isEqualTo("Row count at least 1,000");
    assertThat(
            words(
                "expect_column_values_to_be_in_set",
                Map.of(
                    "column",
                    "unit",
                    "value_set",
                    List.of("%", "hPa"),
                    "mostly",
                    0.99,
                    "row_condition",
                    "col(\"kind\")==\"x\"")))
        .isEqualTo("unit: one of %, hPa, in at least 99 % of the rows, where kind = \"x\"");
  }

  @Test
  void aQueryIsToldByATitleWithItsSqlBelow() {
    String sql =
        "  SELECT sensor_id,\n         count(*) AS n\n  FROM {batch}\n" + "  -- more\n".repeat(20);
    ExpectationConfig plain =
        new ExpectationConfig(
            "unexpected_rows_expectation",
            Map.of("unexpected_rows_query", sql),
            Map.of(),
            Severity.WARNING,
            0);
    assertThat(Asked.sentence(plain)).isEqualTo("A query finds no row");
    assertThat(Asked.query(plain).orElseThrow().lines().toList())
        .hasSize(13)
        .startsWith("SELECT sensor_id,", "       count(*) AS n", "FROM {batch}")
        .endsWith("… (23 lines; the suite has them all)");
    ExpectationConfig noted =
        new ExpectationConfig(
            plain.type(),
            plain.kwargs(),
            Map.of("notes", "No sensor is silent"),
            Severity.WARNING,
            0);
    assertThat(Asked.sentence(noted)).isEqualTo("No sensor is silent");
    assertThat(Asked.detail(noted)).hasValue("A query finds no row");

    ExpectationResult result =
        new ExpectationResult(
            false,
            noted,
            Map.of(
                "observed_value",
                "1 unexpected row",
                "unexpected_count",
                1,
                "details",
                Map.of("unexpected_rows", List.of(Map.of("sensor_id", "temp-<9>")))),
            Optional.empty());
    assertThat(Found.of(result)).isEqualTo("Observed 1 unexpected row");
    assertThat(Found.examples(result, 5))
        .extracting(Found.Example::words)
        .containsExactly("sensor_id: temp-<9>");
    TableReport table = report.tables().getFirst();
    QualityReport of =
        new QualityReport(
            report.pipeline(),
            report.pipelineTitle(),
            report.subject(),
            report.madeAt(),
            false,
            List.of(
                new TableReport(
                    table.record(),
                    List.of(result),
                    table.history(),
                    table.lineage(),
                    table.anomalies(),
                    table.kept())));
    assertThat(new String(new ReportHtml(Optional.empty()).write(of), StandardCharsets.UTF_8))
        .contains("No sensor is silent</b>", "<pre>SELECT sensor_id,\n", "temp-&lt;9&gt;");
  }

  @Test
  void aReasonIsNeverToldInTheWordsOfWhatWasMet() {
    TableReport bad = report.tables().getFirst();
    KeptCount kept = bad.kept().getFirst();
    assertThat(NamedBefore.reasons(bad, kept))
        .isEqualTo("Only units that the building's sensors have");
    assertThat(NamedBefore.reasons(report.tables().getLast(), kept))
        .as("the same expectation is met there")
        .isEqualTo("unit: one of °C, %, hPa, mm/s");
    assertThat(NamedBefore.reasons(report.tables().getLast(), bad.kept().getLast()))
        .as("kept before reasons said what was asked")
        .isEqualTo("value: values are between");
  }

  @Test
  void expectationsOfOneTypeAndColumnAreToldApart() {
    List<ExpectationConfig> suite =
        List.of(
            between(0, 85, "", "In no range of ours"),
            between(-40, 85, "", "Below freezing"),
            between(0, 85, "col(\"kind\")==\"x\"", ""),
            between(0, 85, "", "The first again"));
    String type = "expect_column_values_to_be_between (value)";
    assertThat(Names.of(suite))
        .containsExactly(
            type + ": between 0 and 85",
            type + ": between -40 and 85",
            type + " where col(\"kind\")==\"x\"",
            type + ": between 0 and 85 #2");
    assertThat(Names.reasons(suite))
        .contains(type + ": between 0 and 85, where kind = \"x\"", type + ": between -40 and 85");

    TableReport table = report.tables().getFirst();
    TableReport two =
        new TableReport(
            table.record(),
            suite.stream()
                .map(config -> new ExpectationResult(false, config, Map.of(), Optional.empty()))
                .toList(),
            table.history(),
            table.lineage(),
            table.anomalies(),
            table.kept());
    assertThat(NamedBefore.named(two, type + ": between -40 and 85")).isEqualTo("Below freezing");
    assertThat(NamedBefore.named(two, "expect_column_values_to_be_in_set (unit)"))
        .isEqualTo("unit: values are in set");
    assertThat(reasons(two, type + ": between -40 and 85", type + ": between 1 and 2"))
        .isEqualTo("Below freezing; value: between 1 and 2");
    assertThat(reasons(two, type))
        .as("of a row kept before reasons said what was asked")
        .isEqualTo("value: values are between");
  }

  private static String reasons(TableReport table, String... reasons) {
    return NamedBefore.reasons(
        table,
        new KeptCount(
            table.table(),
            KeptState.OPEN,
            List.of(reasons),
            Consequence.WARN,
            1,
            Instant.EPOCH,
            Instant.EPOCH));
  }

  private static ExpectationConfig between(int min, int max, String condition, String notes) {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    kwargs.put("column", "value");
    kwargs.put("min_value", min);
    kwargs.put("max_value", max);
    if (!condition.isEmpty()) {
      kwargs.put("row_condition", condition);
    }
    return new ExpectationConfig(
        "expect_column_values_to_be_between",
        kwargs,
        notes.isEmpty() ? Map.of() : Map.of("notes", notes),
        Severity.WARNING,
        0);
  }

  private static String words(String type, Map<String, Object> kwargs) {
    return Asked.sentence(new ExpectationConfig(type, kwargs, Map.of(), Severity.WARNING, 0));
  }

  @Test
  void anomaliesOfManyPlacesFitOnAPage() {
    List<QualityReport.Anomalies> found = new java.util.ArrayList<>();
    for (int place = 0; place < 40; place++) {
      found.add(new QualityReport.Anomalies("humidity", "zone-" + place, 100, place));
      found.add(new QualityReport.Anomalies("pressure", "zone-" + place, 50, 0));
    }
    AnomalyMap map = AnomalyMap.of(found);
    assertThat(map.kinds()).containsExactly("humidity", "pressure");
    assertThat(map.rows()).hasSize(12);
    assertThat(map.rows().getFirst().place()).isEqualTo("zone-39");
    assertThat(map.rows().getLast().place()).isEqualTo("29 other places");
    assertThat(map.rows().stream().mapToLong(row -> row.total().readings()).sum())
        .isEqualTo(map.all().total().readings())
        .isEqualTo(40 * 150);
    assertThat(map.all().total().anomalies()).isEqualTo(39 * 40 / 2);
  }

  @Test
  void wordsAreForPeople() {
    assertThat(Shown.percent(99.99999)).isEqualTo("100 %");
    assertThat(Shown.percent(0.1)).isEqualTo("0.1 %");
    assertThat(Shown.percent(100)).isEqualTo("100 %");
    assertThat(Shown.percent(0)).isEqualTo("0 %");
    assertThat(Shown.percent(0.0001)).isEqualTo("< 0.01 %");
    assertThat(Shown.value(1234567L)).isEqualTo("1,234,567");
    assertThat(Shown.value(0.125)).isEqualTo("0.125");
    assertThat(Wording.meaning(report)).startsWith("3 of 14 expectations are not met");
  }
}
