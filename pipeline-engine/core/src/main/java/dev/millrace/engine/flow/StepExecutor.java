package dev.millrace.engine.flow;

import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.FlowDefinition;

/// Carries out one step of a flow.
public interface StepExecutor {

  /// Runs the step to its end on the calling thread.
  ///
  /// @throws dev.millrace.engine.error.MillraceException when the step failed, with code
  ///   `CANCELLED` when `progress` was cancelled; what it had committed stays
  StepOutcome execute(FlowDefinition.Step step, Progress progress);

  /// The same, as part of a flow run.
  default StepOutcome execute(FlowDefinition.Step step, long run, Progress progress) {
    return execute(step, progress);
  }

  /// What a step did.
  ///
  /// @param rows rows written, judged or loaded
  /// @param message one line for people; may be empty
  record StepOutcome(long rows, String message) {}
}
