package dev.millrace.engine.quality;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Suites that Great Expectations 1.2.0 wrote, run unchanged, and every field of the outcome beside
/// the one that Great Expectations had with the same data; `great_expectations/README.md` tells how
/// both were made.
class GreatExpectationsSuiteTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path scratch;

  private static SqlEngine engine;
  private static Path readings;

  @BeforeAll
  static void open() throws IOException {
    engine = DuckDbEngine.inOrder(scratch, 1L << 30, 1);
    readings = scratch.resolve("readings.csv");
    Files.writeString(readings, text("readings.csv"));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @EnumSource(ResultFormat.class)
  void everyFieldIsTheSameInEveryFormat(ResultFormat format) throws IOException {
    compare(validate("suite.json", ResultDetail.of(format)), "outcome-" + format.name() + ".json");
  }

  @Test
  void everyFieldIsTheSameWithIndexColumns() throws IOException {
    compare(
        validate("suite.json", ResultDetail.of(ResultFormat.COMPLETE).indexedBy(List.of("id"))),
        "outcome-indexed.json");
  }

  @Test
  void everyFieldIsTheSameAsInADatabase() throws IOException {
    Suite suite = suite("suite-sql.json");
    try (SqlSession session = engine.session()) {
      Schema schema = session.viewOfFile("readings", readings);
      List<ExpectationResult> results =
          new JudgeSuite(
                  session,
                  "readings",
                  schema,
                  Map.of("twin", 60L),
                  ResultDetail.of(ResultFormat.COMPLETE).indexedBy(List.of("id")),
                  Optional.of(SqlSession.ROW_NUMBER))
              .judge(suite.expectations(), Map.of());
      compare(
          new ValidationResult(
              "",
              new JudgedData.File("readings", 60),
              suite.name(),
              Instant.EPOCH,
              suite.suiteParameters(),
              results,
              0,
              0),
          "outcome-sql.json");
    }
  }

  private static ValidationResult validate(String suite, ResultDetail detail) throws IOException {
    return new ValidateFile()
        .validate(readings, suite(suite), detail, engine, Instant.EPOCH, Progress.NONE);
  }

  private static Suite suite(String name) throws IOException {
    return ReadSuite.of(new SuiteSource(name, text(name)));
  }

  private static String text(String name) throws IOException {
    try (InputStream in =
        GreatExpectationsSuiteTest.class.getResourceAsStream("/great_expectations/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  private static void compare(ValidationResult ours, String theirs) throws IOException {
    Map<?, ?> seen = JSON.readValue(ours.json(), Map.class);
    Map<?, ?> wanted = JSON.readValue(text(theirs), Map.class);
    List<String> differences = new ArrayList<>();
    for (String field : List.of("success", "suite_name", "statistics")) {
      differ(field, seen.get(field), wanted.get(field), differences);
    }
    Map<String, Map<?, ?>> byConfig = new TreeMap<>();
    for (Object one : list(wanted, "results")) {
      byConfig.put(config((Map<?, ?>) one), (Map<?, ?>) one);
    }
    for (Object one : list(seen, "results")) {
      Map<?, ?> result = (Map<?, ?>) one;
      String config = config(result);
      Map<?, ?> other = byConfig.remove(config);
      if (other == null) {
        differences.add(config + ": Great Expectations has no such result");
      } else {
        for (String field : List.of("success", "result", "exception_info")) {
          differ(config + " " + field, result.get(field), other.get(field), differences);
        }
        differ(
            config + " meta",
            map(result, "expectation_config").get("meta"),
            map(other, "expectation_config").get("meta"),
            differences);
      }
    }
    byConfig.keySet().forEach(config -> differences.add(config + ": not judged"));
    assertThat(differences).as(theirs).isEmpty();
  }

  /// An expectation by what it says, without the name of the batch.
  private static String config(Map<?, ?> result) {
    Map<?, ?> config = map(result, "expectation_config");
    Map<String, @Nullable Object> kwargs = new TreeMap<>();
    map(config, "kwargs").forEach((k, v) -> kwargs.put(k.toString(), normal(v)));
    kwargs.remove("batch_id");
    return config.get("type") + " " + kwargs;
  }

  private static Map<?, ?> map(Map<?, ?> of, String key) {
    return (Map<?, ?>) Objects.requireNonNull(of.get(key), key);
  }

  private static List<?> list(Map<?, ?> of, String key) {
    return (List<?>) Objects.requireNonNull(of.get(key), key);
  }

  private static void differ(
      String where, @Nullable Object seen, @Nullable Object wanted, List<String> differences) {
    if (deliberate(where)) {
      return;
    }
    if (seen instanceof Map<?, ?> ours && wanted instanceof Map<?, ?> theirs) {
      Set<String> keys = new TreeSet<>();
      ours.keySet().forEach(key -> keys.add(key.toString()));
      theirs.keySet().forEach(key -> keys.add(key.toString()));
      for (String key : keys) {
        if (deliberate(where + "." + key)) {
          continue;
        }
        if (!ours.containsKey(key)) {
          differences.add(where + "." + key + " is missing");
        } else if (!theirs.containsKey(key)) {
          differences.add(where + "." + key + " is too much: " + ours.get(key));
        } else {
          differ(where + "." + key, ours.get(key), theirs.get(key), differences);
        }
      }
    } else if (!same(seen, wanted)) {
      differences.add("%s%n     ours %s%n   theirs %s".formatted(where, seen, wanted));
    }
  }

  /// Differences that are meant; docs/quality.md says them.
  private static boolean deliberate(String where) {
    // A query of the engine that judged.
    return where.endsWith(".unexpected_index_query")
        // Types have the names of the engine that holds the data.
        || where.matches("expect_column_values_to_be_(of_type|in_type_list) .*observed_value")
        // A missing number is a value of its own each time in pandas, and null is one value here.
        || where.matches(".*column_B=empty.*\\.partial_unexpected_counts")
        || where.matches(".*not_be_null .*temperature.*\\.partial_unexpected_counts")
        // In a database it tells the places of 20 rows at most.
        || where.matches(".*not_match_like_pattern_list .*\\.unexpected_index_list")
        // Told here, and left out there.
        || where.matches("unexpected_rows_expectation .*\\.unexpected_count")
        || where.matches("expect_column_values_to_(not_)?be_null .*index_column_names")
        || where.matches(
            "expect_column_(max|min|mean|median|stdev|sum|unique_value_count)_.*"
                + "\\.(element_count|missing_count|missing_percent)")
        || where.matches("expect_(multicolumn|compound|select)_.*result\\.details");
  }

  private static boolean same(@Nullable Object seen, @Nullable Object wanted) {
    if (seen instanceof Number a && wanted instanceof Number b) {
      double tolerance = 1e-9 * Math.max(1, Math.abs(b.doubleValue()));
      return Math.abs(a.doubleValue() - b.doubleValue()) <= tolerance;
    }
    if (seen instanceof List<?> a && wanted instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (seen instanceof Map<?, ?> a && wanted instanceof Map<?, ?> b) {
      return a.keySet().equals(b.keySet())
          && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
    }
    return Objects.equals(seen, wanted);
  }

  /// Numbers as doubles, so that 1 and 1.0 are one.
  private static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> number.doubleValue();
      case List<?> list -> {
        List<@Nullable Object> normal = new ArrayList<>();
        list.forEach(element -> normal.add(normal(element)));
        yield normal;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> normal = new LinkedHashMap<>();
        map.forEach((k, v) -> normal.put(k.toString(), normal(v)));
        yield new TreeMap<>(normal);
      }
      default -> value;
    };
  }
}
