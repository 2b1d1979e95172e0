package dev.millrace.engine.quality.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.JudgedData;
import dev.millrace.engine.quality.Severity;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.ValidationRecord;
import dev.millrace.engine.quality.ValidationResult;
import dev.millrace.engine.quality.report.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableHistoryTest {

  private static final TableName TABLE = TableName.parse("silver.readings").orElseThrow();
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void tellsTrendWorstAndWhatChanged() {
    List<ValidationRecord> newestFirst =
        List.of(
            validation(3, Slice.WHOLE, Map.of("a", true, "b", false, "d", true)),
            validation(2, Slice.newSince(1), Map.of("a", true, "b", true, "c", true)),
            validation(1, Slice.WHOLE, Map.of("a", false, "b", true, "c", true)),
            validation(0, Slice.WHOLE, Map.of("a", false, "b", true, "c", true)));

    TableHistory history = TableHistory.of(TABLE, newestFirst);

    assertThat(history.points())
        .extracting(TableHistory.Point::version)
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(history.comparable())
        .extracting(TableHistory.Point::version)
        .containsExactly(0L, 1L, 3L);
    assertThat(Wording.trend(history)).isEqualTo("unchanged since 1 Mar 2026, 01:00 UTC");
    assertThat(history.worst())
        .extracting(
            w -> w.expectation() + " " + w.failures() + "/" + w.judged() + " " + w.failsNow())
        .containsExactly("a 2/4 false", "b 1/4 true");
    TableHistory.Changes changes = history.changes().orElseThrow();
    assertThat(changes.since()).as("the last of the same scope").isEqualTo(at(1));
    assertThat(changes.newlyFailing()).containsExactly("b");
    assertThat(changes.metAgain()).containsExactly("a");
    assertThat(changes.stillFailing()).isEmpty();
    assertThat(changes.added()).containsExactly("d");
    assertThat(changes.dropped()).containsExactly("c");
  }

  @Test
  void oneValidationHasNoTrend() {
    TableHistory history =
        TableHistory.of(TABLE, List.of(validation(0, Slice.WHOLE, Map.of("a", true))));

    assertThat(Wording.trend(history)).isEqualTo("first by this suite");
    assertThat(history.changes()).isEmpty();
    assertThat(history.worst()).isEmpty();
    assertThat(TableHistory.of(TABLE, List.of()).last()).isEmpty();
  }

  @Test
  void isComparedWithTheLastOfTheSameSuiteAndKindOfRows() {
    List<ValidationRecord> newestFirst =
        List.of(
            validation(5, Slice.newSince(4), Map.of("a", false, "b", true)),
            validation("other", 4, Slice.newSince(3), Map.of("a", true, "b", true)),
            validation(3, Slice.WHOLE, Map.of("a", true, "b", true)),
            validation(2, Slice.newSince(1), Map.of("a", true, "b", true)));

    TableHistory history = TableHistory.of(TABLE, newestFirst);

    assertThat(history.comparable())
        .extracting(TableHistory.Point::version)
        .containsExactly(2L, 5L);
    assertThat(Wording.trend(history)).isEqualTo("50.0 points down since 1 Mar 2026, 02:00 UTC");
    assertThat(history.changes().orElseThrow().newlyFailing()).containsExactly("a");
  }

  private static ValidationRecord validation(long version, Slice slice, Map<String, Boolean> met) {
    return validation("silver", version, slice, met);
  }

  private static ValidationRecord validation(
      String suite, long version, Slice slice, Map<String, Boolean> met) {
    List<ExpectationResult> results = new ArrayList<>();
    new java.util.TreeMap<>(met)
        .forEach(
            (type, success) ->
                results.add(
                    new ExpectationResult(
                        success,
                        new ExpectationConfig(type, Map.of(), Map.of(), Severity.WARNING, 0),
                        Map.of(),
                        Optional.empty())));
    return new ValidationResult(
            "p",
            new JudgedData.Table(TABLE, version, slice, 10),
            suite,
            at(version),
            Map.of(),
            results,
            0,
            0)
        .toRecord();
  }

  private static Instant at(long version) {
    return START.plusSeconds(version * 3600);
  }
}
