package dev.millrace.engine.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.ReadResult;
import dev.millrace.engine.quality.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    JsonNode silver = json.get("tables").get(0);
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
    assertThat(lines.get(1)).contains("degF; K <kelvin>").doesNotContain("(3x)");
  }

  @Test
  void examplesAreCountedOnlyWhereAllWere() {
    List<Map<String, Object>> counts =
        List.of(Map.of("value", "degF", "count", 3L), Map.of("value", "K", "count", 1L));
    assertThat(Wording.examples(amiss(4, counts), 5)).containsExactly("degF (3x)", "K");
    assertThat(Wording.examples(amiss(5, counts), 5)).containsExactly("degF", "K");
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
        .contains("K &lt;kelvin&gt;")
        .contains("<svg", "demo data", "floor-2/zone-ä")
        .doesNotContain("<kelvin>", "http://", "https://", "<script", "<link");
    int verdict = html.indexOf("Load held");
    assertThat(verdict).isLessThan(html.indexOf("Not met (3)"));
    assertThat(html.indexOf("Not met (3)")).isLessThan(html.indexOf("Met (4)"));
  }

  @Test
  void wordsAreForPeople() {
    assertThat(Wording.percent(99.99999)).isEqualTo("100 %");
    assertThat(Wording.percent(0.1)).isEqualTo("0.1 %");
    assertThat(Wording.percent(100)).isEqualTo("100 %");
    assertThat(Wording.percent(0)).isEqualTo("0 %");
    assertThat(Wording.percent(0.0001)).isEqualTo("< 0.01 %");
    assertThat(Wording.shown(1234567L)).isEqualTo("1,234,567");
    assertThat(Wording.shown(0.125)).isEqualTo("0.125");
    assertThat(Wording.meaning(report)).startsWith("3 of 14 expectations are not met");
  }
}
