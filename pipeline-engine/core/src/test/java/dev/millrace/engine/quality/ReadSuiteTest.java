package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.pipeline.SuiteSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadSuiteTest {

  @Test
  void aSuiteIsReadWithItsLines() {
    Suite suite =
        read(
            """
            {
              "name": "mine",
              "expectations": [
                { "type": "expect_column_to_exist", "kwargs": { "column": "a" } },
                {
                  "type": "expect_table_row_count_to_equal",
                  "kwargs": { "value": { "$PARAMETER": "wanted" } },
                  "severity": "warning",
                  "meta": { "notes": "x" }
                }
              ],
              "suite_parameters": { "wanted": 3 },
              "meta": { "great_expectations_version": "1.2.0" }
            }
            """);

    assertThat(suite.name()).isEqualTo("mine");
    assertThat(suite.suiteParameters()).containsEntry("wanted", 3);
    assertThat(suite.expectations())
        .extracting(ExpectationConfig::type, ExpectationConfig::severity, ExpectationConfig::line)
        .containsExactly(
            tuple("expect_column_to_exist", Severity.CRITICAL, 4),
            tuple("expect_table_row_count_to_equal", Severity.WARNING, 5));
    assertThat(suite.expectations().getFirst().kwargs()).isEqualTo(Map.of("column", "a"));
  }

  @Test
  void everyFaultIsToldWithItsLine() {
    List<Problem> problems =
        faults(
            """
            {
              "expectation_suite_name": "old",
              "name": 7,
              "expectations": [
                { "kwargs": {} },
                { "type": "a", "severity": "deadly" },
                { "type": "b", "kwargs": [1] },
                { "expectation_type": "c" },
                17
              ],
              "meta": []
            }
            """);

    assertThat(problems)
        .extracting(p -> p.line() + " " + p.what())
        .containsExactly(
            "2 there is no expectation_suite_name in a suite",
            "3 name is no text",
            "5 an expectation has no type",
            "6 the severity of a is deadly",
            "7 kwargs is no object",
            "8 there is no expectation_type in an expectation",
            "8 an expectation has no type",
            "9 an expectation is no object",
            "11 meta is no object");
    assertThat(problems).extracting(Problem::file).containsOnly("quality/mine.json");
    assertThat(problems.getFirst().remedy()).isEqualTo("write \"name\"");
  }

  @Test
  void brokenJsonNamesItsLine() {
    assertThat(faults("{\n \"name\": \"a\",\n \"expectations\": [ { ]\n}"))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.line()).isEqualTo(3);
              assertThat(p.what()).startsWith("it is no JSON");
            });
  }

  @Test
  void whatIsNoSuiteIsRefused() {
    assertThat(faults("[]")).extracting(Problem::what).containsExactly("it is no JSON object");
    assertThat(faults("{}"))
        .extracting(Problem::what)
        .containsExactly("it has no name", "it has no expectations");
    assertThat(faults("{\"name\": \"a\", \"expectations\": []} x")).isNotEmpty();
  }

  private static Suite read(String json) {
    return ReadSuite.of(new SuiteSource("quality/mine.json", json));
  }

  private static List<Problem> faults(String json) {
    return catchThrowableOfType(ProblemsException.class, () -> read(json)).problems();
  }
}
