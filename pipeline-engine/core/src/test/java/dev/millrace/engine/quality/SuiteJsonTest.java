package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.pipeline.SuiteSource;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Suites and results go through our hands unchanged.
class SuiteJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// As a suite stands in a file store of version 1, with ids, notes and parameters.
  private static final String SUITE =
      """
      {
        "name": "orders",
        "id": "5b6ed6b4-3d1c-4c6c-9d53-1f5b7c1d2a10",
        "expectations": [
          {
            "type": "expect_column_values_to_be_between",
            "kwargs": { "column": "amount", "min_value": { "$PARAMETER": "least" }, "mostly": 0.95 },
            "meta": { "on_failure": "stop_load" },
            "severity": "warning",
            "id": "c1d0e7c5-53cc-4b0e-8f69-64d4d0a54d0c",
            "description": "Nobody orders for less",
            "notes": "asked for by the shop"
          }
        ],
        "suite_parameters": { "least": 10 },
        "meta": { "great_expectations_version": "1.2.0" },
        "notes": null
      }
      """;

  @Test
  void aSuiteIsWrittenAsItWasRead() throws IOException {
    Suite suite = ReadSuite.of(new SuiteSource("orders.json", SUITE));

    assertThat(JSON.readTree(suite.json())).isEqualTo(JSON.readTree(SUITE));
    ExpectationConfig only = suite.expectations().getFirst();
    assertThat(only.purpose()).isEqualTo("Nobody orders for less");
    assertThat(only.consequence()).isEqualTo(Consequence.STOP_LOAD);
  }

  @Test
  void severityDecidesWhatFollowsUnlessTheExpectationSaysSo() {
    assertThat(config(Severity.CRITICAL).consequence()).isEqualTo(Consequence.STOP_FLOW);
    assertThat(config(Severity.WARNING).consequence()).isEqualTo(Consequence.WARN);
    assertThat(config(Severity.INFO).consequence()).isEqualTo(Consequence.RECORD);
  }

  private static ExpectationConfig config(Severity severity) {
    return new ExpectationConfig("t", java.util.Map.of(), java.util.Map.of(), severity, 0);
  }
}
