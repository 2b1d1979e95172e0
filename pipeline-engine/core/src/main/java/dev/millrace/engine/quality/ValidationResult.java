package dev.millrace.engine.quality;

import dev.millrace.engine.model.TableName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A table judged by a suite.
///
/// @param version version of the table that was judged
/// @param suiteParameters values that were put in for `$PARAMETER`
public record ValidationResult(
    String pipeline,
    TableName table,
    String suite,
    long version,
    Instant validatedAt,
    Map<String, @Nullable Object> suiteParameters,
    List<ExpectationResult> results) {

  public ValidationResult {
    suiteParameters = Collections.unmodifiableMap(new TreeMap<>(suiteParameters));
    results = List.copyOf(results);
  }

  public boolean success() {
    return results.stream().allMatch(ExpectationResult::success);
  }

  /// Whether an expectation of severity `critical` was not met.
  public boolean blocking() {
    return results.stream()
        .anyMatch(r -> !r.success() && r.config().severity() == Severity.CRITICAL);
  }

  public int passed() {
    return (int) results.stream().filter(ExpectationResult::success).count();
  }

  /// Share of expectations met, 0 to 100; 100 for an empty suite.
  public double percent() {
    return results.isEmpty() ? 100 : 100.0 * passed() / results.size();
  }

  /// What was not met, for people.
  public List<String> failing() {
    return results.stream()
        .filter(r -> !r.success())
        .map(r -> r.config().title() + r.error().map(e -> ": " + e).orElse(""))
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
  public ValidationRecord toRecord() {
    return new ValidationRecord(
        pipeline,
        table,
        suite,
        version,
        success(),
        blocking(),
        percent(),
        passed(),
        results.size(),
        failing(),
        json(),
        validatedAt);
  }
}
