package dev.millrace.engine.quality.expectation;

import java.util.List;

/// One expectation made ready to be judged.
public interface Check {

  /// SQL aggregates over the view that it needs; all checks' are computed in one scan.
  List<String> aggregates();

  Verdict judge(Answers answers);
}
