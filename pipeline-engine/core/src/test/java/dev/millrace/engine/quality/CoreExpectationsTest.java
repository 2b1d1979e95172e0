package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expectations that Great Expectations' own cases leave out, and how much results tell.
class CoreExpectationsTest {

  private static final Schema SCHEMA =
      Schema.of(
          Column.optional("id", ColumnType.BIGINT),
          Column.optional("kind", ColumnType.STRING),
          Column.optional("value", ColumnType.DOUBLE),
          Column.optional("doc", ColumnType.STRING));

  @TempDir static Path scratch;

  private static SqlEngine engine;
  private static SqlSession session;

  @BeforeAll
  static void open() {
    engine = new DuckDbEngine(scratch, 1L << 30, 1);
    session = engine.session();
    List<List<Object>> rows = new ArrayList<>();
    rows.add(row(1L, "a-1", 1.0, "{\"n\": 1, \"tags\": [\"x\"]}"));
    rows.add(row(2L, "a-2", 2.0, "{\"n\": 2}"));
    rows.add(row(3L, "b-3", 3.0, "{\"n\": \"three\"}"));
    rows.add(row(4L, "b-4", 4.0, "no json"));
    rows.add(row(5L, null, 1000.0, null));
    session.values("t", SCHEMA, rows);
  }

  @AfterAll
  static void close() {
    session.close();
    engine.close();
  }

  @Test
  void likePatternsTakeAnyOrAll() {
    List<String> two = List.of("a%", "b%");
    assertThat(met("expect_column_values_to_match_like_pattern_list", "like_pattern_list", two))
        .isTrue();
    assertThat(
            judge(
                    "expect_column_values_to_match_like_pattern_list",
                    Map.of("column", "kind", "like_pattern_list", two, "match_on", "all"))
                .success())
        .isFalse();
    assertThat(met("expect_column_values_to_match_like_pattern", "like_pattern", "%-_")).isTrue();
    assertThat(met("expect_column_values_to_not_match_like_pattern", "like_pattern", "c%"))
        .isTrue();
    assertThat(
            judge(
                    "expect_column_values_to_not_match_like_pattern_list",
                    Map.of("column", "kind", "like_pattern_list", List.of("a%", "z%")))
                .result())
        .containsEntry("unexpected_count", 2L)
        .containsEntry("missing_count", 1L);
  }

  @Test
  void jsonIsJudgedByItsSchema() {
    Map<String, Object> schema =
        Map.of(
            "type", "object",
            "required", List.of("n"),
            "properties", Map.of("n", Map.of("type", "integer", "minimum", 1)));
    ExpectationResult result =
        judge(
            "expect_column_values_to_match_json_schema",
            Map.of("column", "doc", "json_schema", schema));
    assertThat(result.success()).isFalse();
    assertThat(result.result())
        .containsEntry("unexpected_count", 2L)
        .containsEntry(
            "partial_unexpected_index_list",
            List.of(
                Map.of("doc", "{\"n\": \"three\"}", "id", 3L), Map.of("doc", "no json", "id", 4L)));
    assertThat(
            judge(
                    "expect_column_values_to_match_json_schema",
                    Map.of("column", "doc", "json_schema", Map.of("$ref", "#/x")))
                .error())
        .as("what it would forbid must not pass unseen")
        .hasValueSatisfying(e -> assertThat(e).contains("$ref"));
  }

  @Test
  void zScoresLookAtOneSideOrBoth() {
    Map<String, @Nullable Object> narrow = Map.of("column", "value", "threshold", 1.5);
    assertThat(judge("expect_column_value_z_scores_to_be_less_than", narrow).result())
        .containsEntry("partial_unexpected_list", List.of(1000.0));
    assertThat(
            judge(
                    "expect_column_value_z_scores_to_be_less_than",
                    Map.of("column", "value", "threshold", 0, "double_sided", false))
                .result())
        .containsEntry("unexpected_count", 1L);
  }

  @Test
  void divergenceIsZeroForTheSharesThatAre() {
    Map<String, Object> bins =
        Map.of(
            "bins",
            List.of(0, 2.5, 5),
            "weights",
            List.of(0.4, 0.4),
            "tail_weights",
            List.of(0, 0.2));
    ExpectationResult same =
        judge(
            "expect_column_kl_divergence_to_be_less_than",
            Map.of("column", "value", "partition_object", bins, "threshold", 1e-9));
    assertThat(same.error()).isEmpty();
    assertThat(same.success()).isTrue();
    assertThat((double) observed(same)).isCloseTo(0, within(1e-12));

    Map<String, Object> half =
        Map.of(
            "values",
            List.of(1.0, 2.0, 3.0, 4.0, 1000.0),
            "weights",
            List.of(0.6, 0.1, 0.1, 0.1, 0.1));
    ExpectationResult other =
        judge(
            "expect_column_kl_divergence_to_be_less_than",
            Map.of("column", "value", "partition_object", half, "threshold", 0.1));
    double expected = 0.2 * Math.log(0.2 / 0.6) + 4 * 0.2 * Math.log(0.2 / 0.1);
    assertThat((double) observed(other)).isCloseTo(expected, within(1e-9));
    assertThat(other.success()).isFalse();

    Map<String, Object> unforeseen = Map.of("values", List.of(1.0), "weights", List.of(1.0));
    ExpectationResult infinite =
        judge(
            "expect_column_kl_divergence_to_be_less_than",
            Map.of("column", "value", "partition_object", unforeseen, "threshold", 5));
    assertThat(infinite.success()).isFalse();
    assertThat(infinite.result().get("observed_value")).isNull();
    assertThat(
            judge(
                    "expect_column_kl_divergence_to_be_less_than",
                    Map.of(
                        "column",
                        "value",
                        "partition_object",
                        unforeseen,
                        "threshold",
                        5,
                        "tail_weight_holdout",
                        0.8))
                .success())
        .isTrue();
    assertThat(
            judge(
                    "expect_column_kl_divergence_to_be_less_than",
                    Map.of(
                        "column",
                        "value",
                        "partition_object",
                        Map.of("values", List.of(1.0), "weights", List.of(0.5)),
                        "threshold",
                        5))
                .error())
        .hasValueSatisfying(e -> assertThat(e).contains("Invalid partition object"));
  }

  @Test
  void queriesOfTheAuthorAreJudged() {
    ExpectationResult rows =
        judge(
            "unexpected_rows_expectation",
            Map.of("unexpected_rows_query", "SELECT id FROM {batch} WHERE value > 100;"));
    assertThat(rows.success()).isFalse();
    assertThat(rows.result()).containsEntry("observed_value", "1 unexpected row");
    assertThat(
            judge(
                    "unexpected_rows_expectation",
                    Map.of("unexpected_rows_query", "SELECT nosuch FROM {batch}"))
                .error())
        .isPresent();
    assertThat(
            judge(
                    "expect_query_results_to_match_comparison",
                    Map.of(
                        "base_query", "SELECT count(*) AS n FROM {batch}",
                        "comparison_data_source_name", "lake",
                        "comparison_query", "SELECT CAST(5 AS bigint) AS n"))
                .success())
        .isTrue();
    assertThat(
            judge(
                    "expect_query_results_to_match_comparison",
                    Map.of(
                        "base_query", "SELECT id FROM {batch}",
                        "comparison_data_source_name", "lake",
                        "comparison_query", "SELECT id FROM {batch} WHERE id < 5",
                        "mostly", 0.7))
                .success())
        .isTrue();
  }

  @Test
  void nonNullSharesAndMostCommonValues() {
    assertThat(
            observed(
                judge(
                    "expect_column_proportion_of_non_null_values_to_be_between",
                    Map.of("column", "kind", "min_value", 0.8))))
        .isEqualTo(0.8);
  }

  @Test
  void aResultTellsAsMuchAsIsAsked() {
    Map<String, @Nullable Object> kwargs = Map.of("column", "value", "max_value", 3);
    String type = "expect_column_values_to_be_between";
    assertThat(judge(type, with(kwargs, "BOOLEAN_ONLY")).result()).isEmpty();
    assertThat(judge(type, with(kwargs, "BASIC")).result())
        .containsKeys("partial_unexpected_list", "unexpected_index_column_names")
        .doesNotContainKeys("partial_unexpected_counts", "unexpected_list");
    assertThat(judge(type, with(kwargs, "SUMMARY")).result())
        .containsKeys("partial_unexpected_counts", "partial_unexpected_index_list")
        .doesNotContainKey("unexpected_index_list");
    ExpectationResult complete =
        judge(
            type,
            with(
                kwargs,
                Map.of(
                    "result_format",
                    "COMPLETE",
                    "unexpected_index_column_names",
                    List.of("id", "kind"),
                    "partial_unexpected_count",
                    1,
                    "include_unexpected_rows",
                    true)));
    assertThat(complete.error()).isEmpty();
    assertThat((List<?>) complete.result().get("unexpected_list")).hasSize(2);
    assertThat((List<?>) complete.result().get("partial_unexpected_list")).hasSize(1);
    assertThat((List<?>) complete.result().get("unexpected_rows")).hasSize(1);
    assertThat(String.valueOf(complete.result().get("unexpected_index_list")))
        .contains("kind=b-4", "id=4");
    String query = String.valueOf(complete.result().get("unexpected_index_query"));
    assertThat(session.rows(query)).hasSize(2);
    assertThat(judge(type, with(kwargs, Map.of("result_format", "SUMMARY", "depth", 3))).error())
        .hasValueSatisfying(e -> assertThat(e).contains("result_format has no depth"));
  }

  @Test
  void aConditionMayBeAnObject() {
    Map<String, Object> condition =
        Map.of(
            "type",
            "and",
            "conditions",
            List.of(
                Map.of(
                    "type",
                    "comparison",
                    "column",
                    Map.of("name", "value"),
                    "operator",
                    "<",
                    "parameter",
                    100),
                Map.of("type", "nullity", "column", Map.of("name", "kind"), "is_null", false)));
    ExpectationResult result =
        judge("expect_table_row_count_to_equal", Map.of("value", 4, "row_condition", condition));
    assertThat(result.error()).isEmpty();
    assertThat(result.success()).isTrue();
  }

  @Test
  void whatIsNotKnownIsAnErrorAndNeverAPass() {
    assertThat(judge("expect_column_values_to_be_blue", Map.of("column", "kind")).error())
        .isPresent();
    assertThat(
            judge("expect_column_values_to_be_unique", Map.of("column", "kind", "mostley", 1))
                .error())
        .hasValueSatisfying(e -> assertThat(e).contains("mostley"));
  }

  private static Object observed(ExpectationResult result) {
    return java.util.Objects.requireNonNull(result.result().get("observed_value"));
  }

  private static boolean met(String type, String name, Object value) {
    ExpectationResult result = judge(type, Map.of("column", "kind", name, value));
    assertThat(result.error()).isEmpty();
    return result.success();
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> kwargs, Object format) {
    Map<String, @Nullable Object> all = new java.util.HashMap<>(kwargs);
    all.put("result_format", format);
    return all;
  }

  private static ExpectationResult judge(
      String type, Map<String, ? extends @Nullable Object> kwargs) {
    return new JudgeSuite(
            session,
            "t",
            SCHEMA,
            Map.of(),
            ResultDetail.of(ResultFormat.SUMMARY).indexedBy(List.of("id")),
            Optional.of("id"))
        .judge(
            List.of(
                new ExpectationConfig(
                    type, new java.util.HashMap<>(kwargs), Map.of(), Severity.CRITICAL, 0)),
            Map.of())
        .getFirst();
  }

  private static List<Object> row(
      Long id, @Nullable String kind, Double value, @Nullable String doc) {
    Object[] row = {id, kind, value, doc};
    return Arrays.asList(row);
  }
}
