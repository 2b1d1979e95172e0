package dev.millrace.engine.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.ReadSuite;
import dev.millrace.engine.quality.Suite;
import dev.millrace.engine.quality.ValidateFile;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file is profiled; the suite that comes of it holds for the file and not for a spoilt one.
class ProfileFileTest {

  private static final int ROWS = 400;

  @TempDir static Path folder;

  private static SqlEngine engine;

  @BeforeAll
  static void open() {
    engine = DuckDbEngine.inOrder(folder.resolve("tmp"), 1L << 30, 2);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"head.csv", "none.json", "none.parquet"})
  void aFileWithoutRowsIsNeitherGoodNorBad(String name) throws IOException {
    Path file = folder.resolve(name);
    if (name.endsWith(".parquet")) {
      try (SqlSession session = engine.session()) {
        var _ = session.rows("COPY (SELECT 1 AS id WHERE FALSE) TO '%s'".formatted(file));
      }
    } else {
      Files.writeString(file, name.endsWith(".csv") ? "id,name\n" : "[]");
    }
    Suite suite =
        ReadSuite.of(
            new SuiteSource(
                "numbers.json",
                """
                {"name": "numbers", "expectations": [
                  {"type": "expect_column_values_to_be_between",
                   "kwargs": {"column": "id", "min_value": 1}},
                  {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}]}
                """));
    ValidationResult none =
        new ValidateFile()
            .validate(file, suite, ResultDetail.USUAL, engine, Instant.EPOCH, Progress.NONE);
    assertThat(none.judged()).isFalse();
    assertThat(none.worst()).isEqualTo(Consequence.RECORD);
    assertThat(none.json()).contains("\"success\":null", "\"success_percent\":null");
  }

  @Test
  void columnsOfAFileMayBeCalledAsTheyLike() throws IOException {
    Path file = Files.writeString(folder.resolve("called.csv"), "failing_,_row\na,7\nb,8\nc,9\n");
    Suite suite =
        ReadSuite.of(
            new SuiteSource(
                "called.json",
                """
                {"name": "called", "expectations": [
                  {"type": "expect_column_values_to_be_in_set",
                   "kwargs": {"column": "failing_", "value_set": ["a"]}},
                  {"type": "expect_column_values_to_be_increasing",
                   "kwargs": {"column": "failing_"}}]}
                """));
    List<ExpectationResult> results = judge(file, suite).results();
    assertThat(results.getFirst().result())
        .containsEntry("partial_unexpected_list", List.of("b", "c"))
        .containsEntry("partial_unexpected_index_list", List.of(1L, 2L));
    assertThat(results.getLast().success()).isTrue();

    assertThatThrownBy(
            () ->
                new ValidateFile()
                    .validate(
                        file,
                        suite,
                        ResultDetail.USUAL.indexedBy(List.of("nosuch")),
                        engine,
                        Instant.EPOCH,
                        Progress.NONE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no column 'nosuch'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,name\n1,x\n2,y\n3,z\n4,w,oops\n",
        "id,name,size\n1,x\n2,y\n3,z,1\n4,w,1\n",
        "made by a person\nid,name\n1,x\n2,y\n"
      })
  void aFileThatWouldLoseRowsIsRefused(String content) throws IOException {
    Path uneven = folder.resolve("uneven.csv");
    Files.writeString(uneven, content);
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> new ProfileTable().profile(uneven, engine, Progress.NONE))
        .withMessageContaining("uneven.csv cannot be read");
  }

  @Test
  void theProposedSuiteHoldsForItsFileAndFailsASpoiltOne() throws IOException {
    Path good = folder.resolve("orders.csv");
    Files.writeString(good, csv(i -> false));
    Profile profile = new ProfileTable().profile(good, engine, Progress.NONE);

    assertThat(profile.rows()).isEqualTo(ROWS);
    assertThat(proposal(profile, "expect_column_values_to_be_unique").evidence())
        .isEqualTo("400 values, all different");
    assertThat(proposal(profile, "expect_column_values_to_match_regex").expectation().kwargs())
        .containsEntry("regex", "^ORD-[0-9]+$");
    assertThat(proposal(profile, "expect_column_values_to_be_in_set").evidence())
        .startsWith("3 different values: card 134");
    assertThat(profile.proposals()).allSatisfy(p -> assertThat(p.evidence()).isNotBlank());

    Suite suite = ReadSuite.of(new SuiteSource("orders.json", profile.suite("orders").json()));
    ValidationResult itself = judge(good, suite);
    assertThat(itself.failing()).isEmpty();
    assertThat(itself.data().rows()).isEqualTo(ROWS);

    Path bad = folder.resolve("spoilt.csv");
    Files.writeString(bad, csv(i -> i % 10 == 3));
    ValidationResult spoilt = judge(bad, suite);
    assertThat(spoilt.failing())
        .anySatisfy(f -> assertThat(f).contains("to_be_in_set (payment)"))
        .anySatisfy(f -> assertThat(f).contains("to_be_between (amount)"))
        .anySatisfy(f -> assertThat(f).contains("match_regex (order)"));
    ExpectationResult set =
        spoilt.results().stream()
            .filter(r -> r.config().type().endsWith("to_be_in_set"))
            .findFirst()
            .orElseThrow();
    assertThat(String.valueOf(set.result().get("partial_unexpected_index_list")))
        .as("rows are told by their place, from 0")
        .startsWith("[3, 13, 23");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,name\n", "[]"})
  void ofNoRowsNothingIsLearnt(String content) throws IOException {
    Path none = folder.resolve(content.startsWith("[") ? "none.json" : "none.csv");
    Files.writeString(none, content);
    assertThatThrownBy(() -> new ProfileTable().profile(none, engine, Progress.NONE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("no rows to learn from");
  }

  @Test
  void nothingIsProposedOfWhatIsChanceOrFollowsFromHowARowWasMade() throws IOException {
    Path file = folder.resolve("made.csv");
    StringBuilder csv =
        new StringBuilder("event_time,source_file,processing_timestamp,kafka_offset,late,code\n");
    for (int i = 0; i < 100; i++) {
      csv.append(
          "2026-03-01 10:%02d:%02d,part-%d,%d,%d,%s,%d\n"
              .formatted(i / 60, i % 60, i % 3, 1_772_000_000L + i, i, i % 2 == 0, i * 7));
    }
    Files.writeString(file, csv);

    List<String> proposed =
        new ProfileTable()
            .profile(file, engine, Progress.NONE).proposals().stream()
                .map(p -> p.expectation().title())
                .filter(title -> !title.contains("of_type") && !title.contains("null"))
                .toList();

    assertThat(proposed)
        .containsExactly(
            "expect_table_row_count_to_be_between",
            "expect_table_columns_to_match_set",
            "expect_column_values_to_be_unique (code)",
            "expect_column_values_to_be_between (code)");
  }

  @Test
  void aQueryOfASuiteReadsTheFileThatIsJudgedAndNoOther() throws IOException {
    Path judged = Files.writeString(folder.resolve("judged.csv"), "a,b\n1,2\n3,4\n");
    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    Suite suite =
        ReadSuite.of(
            new SuiteSource(
                "s.json",
                """
                {"name": "s", "expectations": [
                  {"type": "unexpected_rows_expectation",
                    "kwargs": {"unexpected_rows_query": "SELECT * FROM {batch} WHERE b < a"}},
                  {"type": "unexpected_rows_expectation",
                    "kwargs": {"unexpected_rows_query": "SELECT * FROM '%s' WHERE b < a"}}]}
                """
                    .formatted(other)));
    ValidationResult result = judge(judged, suite);
    assertThat(result.results().getFirst().success()).isTrue();
    assertThat(result.results().getLast().error().orElseThrow()).contains("a suite may not");
  }

  @Test
  void jsonLinesAndParquetAreReadToo() throws IOException {
    Path json = folder.resolve("events.ndjson");
    Files.writeString(
        json,
        "{\"id\": 1, \"tags\": [\"a\", \"b\"], \"at\": \"2026-03-01T10:00:00Z\"}\n{\"id\": 2}\n");
    Suite suite =
        ReadSuite.of(
            new SuiteSource(
                "s.json",
                """
                {"name": "s", "expectations": [
                  {"type": "expect_column_values_to_be_increasing", "kwargs": {"column": "id",
                    "strictly": true}},
                  {"type": "expect_column_values_to_be_json_parseable", "kwargs": {"column": "tags"}}
                ]}
                """));
    assertThat(judge(json, suite).failing()).isEmpty();

    Path parquet = folder.resolve("events.parquet");
    try (var session = engine.session()) {
      var schema = session.viewOfFile("f", json);
      var files =
          session.writeInOrder(
              "SELECT * EXCLUDE (_millrace_row) FROM f",
              schema,
              1000,
              Files.createDirectory(folder.resolve("p")));
      Files.move(files.getFirst().path(), parquet);
    }
    assertThat(judge(parquet, suite).failing()).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() throws IOException {
    Suite none =
        ReadSuite.of(
            new SuiteSource(
                "s.json",
                """
                {"name": "s", "expectations": [
                  {"type": "expect_column_to_exist", "kwargs": {"column": "a"}}]}
                """));
    assertFile(folder.resolve("nowhere.csv"), none, "There is no file");
    Path odd = folder.resolve("picture.png");
    Files.writeString(odd, "x");
    assertFile(odd, none, "no kind that can be judged");
    Path broken = folder.resolve("broken.parquet");
    Files.writeString(broken, "this is no Parquet");
    assertFile(broken, none, "is no Parquet file");
  }

  private static void assertFile(Path file, Suite suite, String what) {
    assertThatThrownBy(() -> judge(file, suite))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FILE);
              assertThat(e.what()).contains(what);
            });
  }

  private static ValidationResult judge(Path file, Suite suite) {
    return new ValidateFile()
        .validate(
            file,
            suite,
            ResultDetail.of(ResultFormat.SUMMARY),
            engine,
            Instant.EPOCH,
            Progress.NONE);
  }

  private static Profile.Proposal proposal(Profile profile, String type) {
    Optional<Profile.Proposal> found =
        profile.proposals().stream().filter(p -> p.expectation().type().equals(type)).findFirst();
    return found.orElseThrow(() -> new AssertionError(type + " is not proposed"));
  }

  private static String csv(Predicate<Integer> spoilt) {
    StringBuilder csv = new StringBuilder("order,payment,amount,note\n");
    for (int i = 0; i < ROWS; i++) {
      boolean bad = spoilt.test(i);
      csv.append(bad ? "order " + i : "ORD-" + (1000 + i))
          .append(',')
          .append(bad ? "barter" : new String[] {"card", "cash", "paypal"}[i % 3])
          .append(',')
          .append(bad ? 99999 : 10 + i % 90)
          .append(".5,")
          .append(i % 4 == 0 ? "" : "note of " + "x".repeat(i % 7))
          .append('\n');
    }
    return csv.toString();
  }
}
