package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Optional;

/// One expectation made ready to be judged.
public interface Check {

  /// SQL aggregates over the view that it needs; all checks' are computed in one scan.
  List<String> aggregates();

  Verdict judge(Answers answers);

  /// Whether it runs SQL that the suite's author wrote.
  default boolean asksFreely() {
    return false;
  }

  /// SQL that says of a row of the view whether it fails, never null; window functions may stand in
  /// it. Empty when what fails is no row but the whole.
  default Optional<String> failing(Answers answers) {
    return Optional.empty();
  }
}
