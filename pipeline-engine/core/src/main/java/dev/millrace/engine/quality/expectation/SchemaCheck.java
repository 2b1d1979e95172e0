package dev.millrace.engine.quality.expectation;

import java.util.List;

/// A check that the schema alone answers.
record SchemaCheck(Verdict verdict) implements Check {

  @Override
  public List<String> aggregates() {
    return List.of();
  }

  @Override
  public Verdict judge(Answers answers) {
    return verdict;
  }
}
