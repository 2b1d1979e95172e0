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
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Great Expectations' own test cases, of the types that are judged here.
///
/// The file is `-Dge.cases=FILE`, or `shared/data/great_expectations/cases.jsonl` in a folder
/// above; without one the test is skipped.
class GreatExpectationsCasesTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @TempDir static Path scratch;

  private static SqlEngine engine;

  @BeforeAll
  static void open() {
    engine = new DuckDbEngine(scratch, 1L << 30, 1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    Optional<Path> file = file();
    assumeTrue(file.isPresent(), "no shared/data/great_expectations/cases.jsonl above this folder");
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(file.orElseThrow())) {
      Case one = JSON.readValue(line, Case.class);
      if (Expectations.types().contains(one.expectation_type())) {
        tests.add(DynamicTest.dynamicTest(one.id(), () -> judge(one)));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
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
      Map<String, Map<String, String>> schemas) {}

  private static void judge(Case one) {
    try (SqlSession session = engine.session()) {
      Schema schema = view(session, one);
      List<ExpectationResult> results =
          new JudgeSuite(session, "data", schema, Map.of(), ResultFormat.COMPLETE)
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
      assertSame(result.result().get("observed_value"), out.get("observed_value"));
    }
    if (out.containsKey("unexpected_list")
        && !"BOOLEAN_ONLY".equals(one.in().get("result_format"))) {
      assertThat(normal(result.result().get("unexpected_list")))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .containsExactlyInAnyOrderElementsOf(
              (List<?>) Objects.requireNonNull(normal(out.get("unexpected_list"))));
    }
    if (one.exact() && out.get("result") instanceof Map<?, ?> expected) {
      expected.forEach(
          (key, value) -> {
            if (!key.toString().contains("index")) {
              assertSame(result.result().get(key.toString()), value);
            }
          });
    }
  }

  private static void assertSame(@Nullable Object seen, @Nullable Object wanted) {
    if (wanted instanceof Number number && seen instanceof Number found) {
      double tolerance = 1e-6 * Math.max(1, Math.abs(number.doubleValue()));
      assertThat(found.doubleValue()).isCloseTo(number.doubleValue(), within(tolerance));
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
    session.values("data", schema, values);
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
