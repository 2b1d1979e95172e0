package dev.millrace.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.expectation.Expectations;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Great Expectations' own test cases, every one of them; how many of each type passed is printed.
///
/// The file is `-Dge.cases=FILE`, or `shared/data/great_expectations/cases.jsonl` in a folder
/// above; without one the test is skipped.
class GreatExpectationsCasesTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @TempDir static Path scratch;

  private static final String ROW = "pk_index";

  private static final Map<String, Score> SCORES = new TreeMap<>();

  private static SqlEngine engine;

  /// Relative, where a case says no other.
  private static final double TOLERANCE = 1e-6;

  @BeforeAll
  static void open() {
    engine = new DuckDbEngine(scratch, 1L << 30, 1);
  }

  @AfterAll
  static void close() {
    engine.close();
    int cases = SCORES.values().stream().mapToInt(s -> s.cases).sum();
    int passed = SCORES.values().stream().mapToInt(s -> s.passed).sum();
    SCORES.forEach(
        (type, score) -> System.out.printf("%-70s %3d of %3d%n", type, score.passed, score.cases));
    System.out.printf("%-70s %3d of %3d%n", SCORES.size() + " types", passed, cases);
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    Optional<Path> file = file();
    assumeTrue(file.isPresent(), "no shared/data/great_expectations/cases.jsonl above this folder");
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(file.orElseThrow())) {
      Case one = JSON.readValue(line, Case.class);
      tests.add(
          DynamicTest.dynamicTest(
              one.id(),
              () -> {
                Score score = SCORES.computeIfAbsent(one.expectation_type(), _ -> new Score());
                score.cases++;
                judge(one);
                score.passed++;
              }));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  /// Cases of one type.
  private static final class Score {
    int cases;
    int passed;
  }

  @Test
  void everyTypeOfTheGalleryIsJudged() {
    assertThat(Expectations.types())
        .hasSize(57)
        .contains(
            "expect_column_kl_divergence_to_be_less_than",
            "expect_column_values_to_match_json_schema",
            "expect_query_results_to_match_comparison",
            "unexpected_rows_expectation");
  }

  /// One line of the file, its field names being Great Expectations'.
  record Case(
      String id,
      String category,
      String expectation_type,
      String tag,
      boolean expects_error,
      boolean exact,
      Map<String, Object> in,
      Map<String, Object> out,
      Map<String, List<@Nullable Object>> data,
      Map<String, Map<String, String>> schemas,
      @Nullable Double tolerance) {}

  private static void judge(Case one) {
    try (SqlSession session = engine.session()) {
      Schema schema = view(session, one);
      List<ExpectationResult> results =
          new JudgeSuite(
                  session,
                  "data",
                  schema,
                  Map.of(),
                  ResultDetail.of(ResultFormat.COMPLETE)
                      .indexedBy(
                          one.out().containsKey("unexpected_index_list")
                              ? List.of(ROW)
                              : List.of()),
                  Optional.of(ROW))
              .judge(
                  List.of(
                      new ExpectationConfig(
                          one.expectation_type(), one.in(), Map.of(), Severity.CRITICAL, 0)),
                  Map.of());
      ExpectationResult result = results.getFirst();
      if (one.expects_error()) {
        assertThat(result.error()).as("%s is refused", one.in()).isPresent();
        assertThat(result.success()).isFalse();
        Object reason = one.out().get("traceback_substring");
        if (reason != null) {
          assertThat(result.error().orElseThrow()).contains(reason.toString());
        }
        return;
      }
      assertThat(result.error()).isEmpty();
      compare(one, result);
    }
  }

  private static void compare(Case one, ExpectationResult result) {
    Map<String, Object> out = one.out();
    if (out.containsKey("success")) {
      assertThat(result.success()).as("success, %s", result.result()).isEqualTo(out.get("success"));
    }
    if (out.containsKey("observed_value")) {
      assertSame(
          result.result().get("observed_value"),
          out.get("observed_value"),
          Objects.requireNonNullElse(one.tolerance(), TOLERANCE));
    }
    if (out.containsKey("unexpected_list")
        && !"BOOLEAN_ONLY".equals(one.in().get("result_format"))) {
      assertThat(normal(result.result().get("unexpected_list")))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .containsExactlyInAnyOrderElementsOf(
              (List<?>) Objects.requireNonNull(normal(out.get("unexpected_list"))));
    }
    if (out.get("unexpected_index_list") instanceof List<?> wanted
        && !"BOOLEAN_ONLY".equals(one.in().get("result_format"))) {
      assertThat(normal(result.result().get("unexpected_index_list")))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .containsExactlyInAnyOrderElementsOf((List<?>) Objects.requireNonNull(normal(wanted)));
    }
    if (one.exact() && out.get("result") instanceof Map<?, ?> expected) {
      expected.forEach(
          (key, value) -> {
            if (!key.toString().contains("index")) {
              assertSame(result.result().get(key.toString()), value, TOLERANCE);
            }
          });
    }
  }

  private static void assertSame(@Nullable Object seen, @Nullable Object wanted, double relative) {
    if (wanted instanceof Number number && seen instanceof Number found) {
      double tolerance = relative * Math.max(1, Math.abs(number.doubleValue()));
      assertThat(found.doubleValue()).isCloseTo(number.doubleValue(), within(tolerance));
    } else if (wanted instanceof Map<?, ?> map && seen instanceof Map<?, ?> found) {
      assertThat(found.keySet()).isEqualTo(map.keySet());
      map.forEach((key, value) -> assertSame(found.get(key), value, relative));
    } else if (wanted instanceof List<?> list && seen instanceof List<?> found) {
      assertThat(found).hasSameSizeAs(list);
      for (int i = 0; i < list.size(); i++) {
        assertSame(found.get(i), list.get(i), relative);
      }
    } else {
      assertThat(normal(seen)).isEqualTo(normal(wanted));
    }
  }

  /// Numbers as doubles, so that 1 and 1.0 are one.
  private static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number.doubleValue();
      case Collection<?> list -> {
        List<@Nullable Object> normal = new ArrayList<>();
        list.forEach(element -> normal.add(normal(element)));
        yield normal;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> normal = new TreeMap<>();
        map.forEach((k, v) -> normal.put(k.toString(), normal(v)));
        yield normal;
      }
      default -> value;
    };
  }

  private static Schema view(SqlSession session, Case one) {
    List<Column> columns = new ArrayList<>();
    int rows = 0;
    Map<String, String> told =
        one.schemas().getOrDefault("spark", one.schemas().getOrDefault("pandas", Map.of()));
    for (Map.Entry<String, List<@Nullable Object>> column : one.data().entrySet()) {
      columns.add(
          Column.optional(
              column.getKey(), type(column.getValue(), told.getOrDefault(column.getKey(), ""))));
      rows = Math.max(rows, column.getValue().size());
    }
    Schema schema = new Schema(columns);
    List<List<Object>> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Object[] row = new Object[columns.size()];
      for (int c = 0; c < row.length; c++) {
        Object value = one.data().getOrDefault(columns.get(c).name(), List.of()).get(i);
        if (value != null) {
          row[c] = columns.get(c).type() == ColumnType.STRING ? value.toString() : value;
        }
      }
      values.add(Arrays.asList(row));
    }
    // The number of the row stands beside the columns, where no expectation sees it.
    Schema numbered = schema.with(Column.required(ROW, ColumnType.BIGINT));
    List<List<Object>> rowsOfAll = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      List<Object> row = new ArrayList<>(values.get(i));
      row.add((long) i);
      rowsOfAll.add(row);
    }
    session.values("data", numbered, rowsOfAll);
    return schema;
  }

  private static ColumnType type(List<@Nullable Object> values, String told) {
    Map<ColumnType, Boolean> kinds = new LinkedHashMap<>();
    for (Object value : values) {
      switch (value) {
        case null -> {}
        case Boolean _ -> kinds.put(ColumnType.BOOLEAN, true);
        case Integer _ -> kinds.put(ColumnType.BIGINT, true);
        case Long _ -> kinds.put(ColumnType.BIGINT, true);
        case Number _ -> kinds.put(ColumnType.DOUBLE, true);
        default -> kinds.put(ColumnType.STRING, true);
      }
    }
    if (kinds.keySet().equals(Set.of(ColumnType.BIGINT, ColumnType.DOUBLE))) {
      return ColumnType.DOUBLE;
    }
    if (kinds.size() == 1) {
      return kinds.keySet().iterator().next();
    }
    return kinds.isEmpty() && !told.startsWith("String") ? ColumnType.DOUBLE : ColumnType.STRING;
  }

  private static Optional<Path> file() {
    String told = System.getProperty("ge.cases");
    if (told != null) {
      return Optional.of(Path.of(told));
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared/data/great_expectations/cases.jsonl");
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
