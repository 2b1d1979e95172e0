package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeSuiteTest {

  private static final Schema SCHEMA =
      Schema.of(
          Column.optional("kind", ColumnType.STRING),
          Column.optional("value", ColumnType.DOUBLE),
          Column.optional("ok", ColumnType.BOOLEAN),
          Column.optional("n", ColumnType.BIGINT));

  @TempDir static Path scratch;

  private static SqlEngine engine;
  private static SqlSession session;

  @BeforeAll
  static void open() {
    engine = new DuckDbEngine(scratch, 1L << 30, 1);
    session = engine.session();
    session.values(
        "t",
        SCHEMA,
        List.of(
            row("hot", 20.0, true, 1L),
            row("hot", 99.0, false, 2L),
            row("wet", 50.0, true, 3L),
            row("wet", null, true, 4L),
            row(null, 1.0, null, 5L)));
  }

  @AfterAll
  static void close() {
    session.close();
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '§',
      value = {
        "col(\"kind\")==\"hot\"            → 2",
        "col('kind') == 'hot'              → 2",
        "kind == \"hot\"                   → 2",
        "`kind` = 'hot'                    → 2",
        "kind != 'hot'                     → 2",
        "col(\"value\").notNull()          → 4",
        "value.notnull()                   → 4",
        "value.isnull()                    → 1",
        "value IS NOT NULL                 → 4",
        "kind is null                      → 1",
        "kind in ['hot', 'cold']           → 2",
        "kind not in (\"hot\")             → 2",
        "col(\"ok\")==True                 → 3",
        "ok                                → 3",
        "~ok                               → 1",
        "not (kind == 'hot' or n >= 4)     → 1",
        "kind == 'hot' and value > 5e1     → 1",
        "(n<2)|(n>4)                       → 2",
        "n >= 2 & n <= 3                   → 2",
        "value < n                         → 1",
      })
  void aRowConditionNarrowsTheRows(String condition, long rows) {
    ExpectationResult result =
        judge("expect_table_row_count_to_equal", Map.of("value", rows, "row_condition", condition));

    assertThat(result.error()).isEmpty();
    assertThat(result.result()).containsEntry("observed_value", rows);
    assertThat(result.success()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '§',
      value = {
        "nosuch == 1      → there is no column nosuch",
        "kind == 7        → the column holds texts",
        "kind             → after kind stands no comparison",
        "kind == 'a       → is not understood",
        "kind == 'a' x    → 'x' is not understood",
        "(kind == 'a'     → a ')' is missing",
        "1 == kind        → a comparison begins with a column",
        "kind ==          → it ends too soon",
        "kind; DROP       → is not understood",
        "value.dropped()  → there is no .dropped()",
      })
  void aRowConditionThatCannotBeReadIsAnError(String condition, String reason) {
    assertError(
        judge("expect_table_row_count_to_equal", Map.of("value", 0, "row_condition", condition)),
        reason);
  }

  @Test
  void nullsAndRowsOutsideTheConditionDoNotCountForMostly() {
    ExpectationResult result =
        judge(
            "expect_column_values_to_be_between",
            Map.of(
                "column",
                "value",
                "max_value",
                50,
                "mostly",
                0.5,
                "row_condition",
                "kind == 'hot'"));

    assertThat(result.success()).isTrue();
    assertThat(result.result())
        .containsEntry("element_count", 2L)
        .containsEntry("missing_count", 0L)
        .containsEntry("unexpected_count", 1L)
        .containsEntry("unexpected_percent", 50.0)
        .containsEntry("partial_unexpected_list", List.of(99.0));
  }

  @ParameterizedTest
  @CsvSource({
    "rows * 0.9, 4.5",
    "(rows + 5) / 2 - -1, 6",
    "round(rows / 3), 2",
    "-rows + 2 * 3, 1",
    "rows, 5",
  })
  void parametersAreComputed(String expression, double expected) {
    Map<String, @Nullable Object> told = Map.of("value", Map.of("$PARAMETER", expression));

    Object value = new SuiteParameters(Map.of("rows", 5L)).putInto(told).get("value");

    assertThat(value)
        .isInstanceOfSatisfying(
            Number.class, number -> assertThat(number.doubleValue()).isEqualTo(expected));
  }

  @Test
  void aParameterThatIsMissingOrNoArithmeticIsAnError() {
    for (String expression : List.of("nosuch", "rows +", "rows ; 1", "system(1)", "rows / 0")) {
      assertError(
          judge(
              "expect_table_row_count_to_equal", Map.of("value", Map.of("$PARAMETER", expression))),
          "the parameter '" + expression + "' has no value");
    }
  }

  @Test
  void aParameterMayHaveADefault() {
    assertThat(
            judge(
                    "expect_table_row_count_to_equal",
                    Map.of("value", Map.of("$PARAMETER", "unset", "$PARAMETER.unset", 5)))
                .success())
        .isTrue();
  }

  @Test
  void whatCannotBeJudgedIsAnErrorAndNeverAPass() {
    assertError(judge("expect_miracles", Map.of()), "no expectation of type expect_miracles");
    assertError(
        judge("expect_column_values_to_not_be_null", Map.of("column", "nosuch")),
        "\"nosuch\" does not exist");
    assertError(judge("expect_column_values_to_not_be_null", Map.of()), "column is missing");
    assertError(
        judge("expect_column_values_to_not_be_null", Map.of("column", "kind", "mosty", 0.5)),
        "there is no argument mosty");
    assertError(
        judge("expect_column_values_to_not_be_null", Map.of("column", "kind", "mostly", 1.5)),
        "less than or equal to 1");
    assertError(
        judge("expect_column_mean_to_be_between", Map.of("column", "kind", "min_value", 1)),
        "no numbers");
    assertError(
        judge(
            "expect_column_values_to_match_regex", Map.of("column", "kind", "regex", "(unclosed")),
        "unclosed");
    assertError(
        judge(
            "expect_column_values_to_be_of_type", Map.of("column", "kind", "type_", "QUATERNION")),
        "no type 'QUATERNION'");
    assertError(
        judge(
            "expect_table_row_count_to_equal_other_table", Map.of("other_table_name", "silver.x")),
        "no table silver.x");
    assertError(
        judge(
            "expect_compound_columns_to_be_unique",
            Map.of("column_list", List.of("kind", "n"), "ignore_row_if", "monday")),
        "ignore_row_if is 'monday'");
  }

  @Test
  void oneFaultyExpectationSpoilsNoOther() {
    List<ExpectationResult> results =
        judge(
            config("expect_column_values_to_not_be_null", Map.of("column", "n")),
            config(
                "expect_column_values_to_match_regex",
                Map.of("column", "kind", "regex", "(unclosed")),
            config("expect_table_row_count_to_equal", Map.of("value", 5)),
            config("expect_column_values_to_be_unique", Map.of("column", "n")));

    assertThat(results)
        .extracting(ExpectationResult::success)
        .containsExactly(true, false, true, true);
    assertThat(results.get(1).error()).isPresent();
  }

  @Test
  void typesGoByAnyOfTheirNames() {
    for (String name : List.of("BOOLEAN", "bool", "BooleanType")) {
      assertThat(
              judge("expect_column_values_to_be_of_type", Map.of("column", "ok", "type_", name))
                  .success())
          .isTrue();
    }
    ExpectationResult other =
        judge("expect_column_values_to_be_of_type", Map.of("column", "kind", "type_", "BOOLEAN"));
    assertThat(other.success()).isFalse();
    assertThat(other.result()).containsEntry("observed_value", "STRING");
    assertThat(
            judge(
                    "expect_column_values_to_be_in_type_list",
                    Map.of("column", "n", "type_list", List.of("INTEGER", "BIGINT")))
                .success())
        .isTrue();
  }

  @Test
  void compoundKeysAreComparedRowByRow() {
    ExpectationResult result =
        judge("expect_compound_columns_to_be_unique", Map.of("column_list", List.of("kind", "ok")));

    assertThat(result.success()).isFalse();
    assertThat(result.result())
        .containsEntry("element_count", 5L)
        .containsEntry("missing_count", 1L)
        .containsEntry("unexpected_count", 2L)
        .containsEntry(
            "partial_unexpected_list",
            List.of(Map.of("kind", "wet", "ok", true), Map.of("kind", "wet", "ok", true)));
  }

  private static void assertError(ExpectationResult result, String reason) {
    assertThat(result.success()).isFalse();
    assertThat(result.error()).hasValueSatisfying(e -> assertThat(e).contains(reason));
  }

  private static ExpectationResult judge(String type, Map<String, @Nullable Object> kwargs) {
    return judge(config(type, kwargs)).getFirst();
  }

  private static List<ExpectationResult> judge(ExpectationConfig... expectations) {
    return new JudgeSuite(session, "t", SCHEMA, Map.of("bronze.x", 5L), ResultFormat.BASIC)
        .judge(List.of(expectations), Map.of("rows", 5L));
  }

  private static ExpectationConfig config(String type, Map<String, @Nullable Object> kwargs) {
    return new ExpectationConfig(type, kwargs, Map.of(), Severity.CRITICAL, 0);
  }

  private static List<Object> row(
      @Nullable String kind, @Nullable Double value, @Nullable Boolean ok, Long n) {
    Object[] row = {kind, value, ok, n};
    return Arrays.asList(row);
  }
}
