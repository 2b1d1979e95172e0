package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Outcome;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a query came to.
public sealed interface SqlResult {

  /// Nothing was asked yet.
  record Nothing() implements SqlResult {}

  /// The answer is under way.
  record Reading() implements SqlResult {}

  record Rows(Answer.Rows rows) implements SqlResult {}

  record Plan(String text) implements SqlResult {}

  /// @param line line of the query the fault is in, from 1; empty when it is not told
  record Faulty(String what, String remedy, OptionalInt line) implements SqlResult {}

  record Stopped(String what) implements SqlResult {}

  /// Words of an engine's error that name a line.
  Pattern LINE = Pattern.compile(", line (\\d+): ");

  static SqlResult of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered ->
          switch (answered.answer()) {
            case Answer.Rows rows -> new Rows(rows);
            case Answer.Plan plan -> new Plan(plan.text());
            default -> new Nothing();
          };
      case Outcome.Failed failed -> {
        Matcher line = LINE.matcher(failed.what());
        yield new Faulty(
            failed.what(),
            failed.remedy(),
            line.find() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty());
      }
      case Outcome.Cancelled cancelled -> new Stopped(cancelled.summary());
      default -> new Nothing();
    };
  }

  default Optional<Answer.Rows> found() {
    return this instanceof Rows(Answer.Rows rows) ? Optional.of(rows) : Optional.empty();
  }
}
