package dev.millrace.views.runs;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.text.Figures;
import java.time.Duration;

/// Steps in words.
final class StepNames {

  private StepNames() {}

  /// `transform silver.readings` is the building of a table and goes by the table's name.
  static String brief(String step) {
    return step.startsWith("transform ") ? step.substring("transform ".length()) : step;
  }

  /// What a step counted: a check judges expectations, and the first step takes in events.
  static String noun(String step) {
    return step.startsWith("check ")
        ? "expectation"
        : step.startsWith("catch up ") ? "event" : "row";
  }

  /// A step's state, how long it took, and what it said.
  static String told(FlowRun run, String name) {
    StepRun step = run.steps().stream().filter(s -> s.step().equals(name)).findFirst().orElse(null);
    if (step == null) {
      return brief(name) + ": not part of this run";
    }
    StringBuilder text =
        new StringBuilder(brief(name)).append(": ").append(Chips.words(step.state()));
    if (step.startedAt().isPresent() && step.finishedAt().isPresent()) {
      text.append(", ")
          .append(Figures.span(Duration.between(step.startedAt().get(), step.finishedAt().get())));
    }
    if (step.rows() > 0) {
      text.append(", ").append(Figures.counted(step.rows(), noun(name)));
    }
    return step.message().isBlank()
        ? text.toString()
        : text.append('\n').append(step.message()).toString();
  }
}
