package dev.millrace.engine.quality;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Data judged by a suite.
///
/// @param pipeline whose table it is; empty for a file
/// @param suiteParameters values that were put in for `$PARAMETER`
/// @param releasedRows rows of what was judged that were left out, because a person released them
/// @param results one per expectation; none where the slice has no rows, so that nothing was judged
/// @param openRows rows in quarantine that nobody decided about yet: of a table judged whole, all
///   of them; of a slice, those of it that failed
public record ValidationResult(
    String pipeline,
    JudgedData data,
    String suite,
    Instant validatedAt,
    Map<String, @Nullable Object> suiteParameters,
    List<ExpectationResult> results,
    long releasedRows,
    long openRows) {

  public ValidationResult {
    suiteParameters = Collections.unmodifiableMap(new TreeMap<>(suiteParameters));
    results = List.copyOf(results);
  }

  /// Whether anything was judged; else it is neither a success nor a failure.
  public boolean judged() {
    return !results.isEmpty();
  }

  public boolean success() {
    return results.stream().allMatch(ExpectationResult::success);
  }

  /// Whether an expectation that stops the flow was not met.
  public boolean blocking() {
    return worst() == Consequence.STOP_FLOW;
  }

  /// The gravest consequence of what was not met; `RECORD` when everything was.
  public Consequence worst() {
    return results.stream()
        .filter(r -> !r.success())
        .map(r -> r.config().consequence())
        .max(Enum::compareTo)
        .orElse(Consequence.RECORD);
  }

  public int passed() {
    return (int) results.stream().filter(ExpectationResult::success).count();
  }

  /// Share of expectations met, 0 to 100; 100 for an empty suite.
  public double percent() {
    return results.isEmpty() ? 100 : 100.0 * passed() / results.size();
  }

  /// What was not met, each told from the others by its name.
  public List<String> failing() {
    List<String> names = Names.of(results.stream().map(ExpectationResult::config).toList());
    List<String> failing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ExpectationResult result = results.get(i);
      if (!result.success()) {
        failing.add(names.get(i) + result.error().map(e -> ": " + e).orElse(""));
      }
    }
    return failing;
  }

  /// The same in sentences.
  public List<String> failingInWords() {
    return results.stream()
        .filter(result -> !result.success())
        .map(
            result ->
                Asked.sentence(result.config()) + result.error().map(e -> ": " + e).orElse(""))
        .toList();
  }

  public QualityScore score() {
    return new QualityScore(percent(), passed(), results.size(), failing(), validatedAt);
  }

  /// As Great Expectations 1.x writes a validation result.
  public String json() {
    return ResultJson.of(this);
  }

  /// As it is kept.
  ///
  /// @param run flow run it was part of
  /// @throws IllegalStateException when it is of a file, which has no history
  public ValidationRecord toRecord(Optional<Long> run) {
    JudgedData.Table table =
        data.table().orElseThrow(() -> new IllegalStateException("A file has no history"));
    return new ValidationRecord(
        pipeline,
        table.name(),
        suite,
        table.version(),
        table.slice().title(),
        run,
        success(),
        worst(),
        percent(),
        passed(),
        results.size(),
        failing(),
        json(),
        validatedAt);
  }

  /// As it is kept, of no flow run.
  public ValidationRecord toRecord() {
    return toRecord(Optional.empty());
  }
}
