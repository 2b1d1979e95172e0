package dev.millrace.engine.quality;

import java.time.Instant;
import java.util.List;

/// How a table did in its last validation.
///
/// @param percent share of expectations met, 0 to 100
/// @param failing expectation types that failed, with their column, for people
public record QualityScore(
    double percent, int passed, int total, List<String> failing, Instant validatedAt) {

  public QualityScore {
    failing = List.copyOf(failing);
  }

  /// The same, for people who know no expectation types.
  public List<String> failingInWords() {
    return failing.stream().map(Asked::byName).toList();
  }
}
