package dev.millrace.views.quality;

import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;

/// A table in the list: its suite and how it last did.
///
/// @param suite file of its suite; empty when it has none
/// @param course scores of its validations, 0 to 100, oldest first
/// @param tone by the consequence of what it last failed
record TableScore(
    TableName table,
    Optional<String> suite,
    Optional<QualityScore> score,
    List<Double> course,
    Tone tone) {

  TableScore {
    course = List.copyOf(course);
  }

  String words() {
    return score
        .map(
            s ->
                s.passed() == s.total()
                    ? "all %,d met".formatted(s.total())
                    : "%,d of %,d not met".formatted(s.total() - s.passed(), s.total()))
        .orElse(suite.isPresent() ? "not judged yet" : "no suite");
  }
}
