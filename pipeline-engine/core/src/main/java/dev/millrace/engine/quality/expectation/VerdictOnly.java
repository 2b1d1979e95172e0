package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A check whose result tells nothing but whether it succeeded.
record VerdictOnly(Check check) implements Check {

  @Override
  public List<String> aggregates() {
    return check.aggregates();
  }

  @Override
  public Verdict judge(Answers answers) {
    return new Verdict(check.judge(answers).success(), Map.of());
  }

  @Override
  public boolean asksFreely() {
    return check.asksFreely();
  }

  @Override
  public Optional<String> failing(Answers answers) {
    return check.failing(answers);
  }
}
