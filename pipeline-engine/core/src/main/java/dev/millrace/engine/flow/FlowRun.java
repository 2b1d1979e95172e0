package dev.millrace.engine.flow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One run of a flow, as kept in the control database.
///
/// @param steps in order
/// @param message why it failed, with the remedy; empty when it did not
public record FlowRun(
    long id,
    String pipeline,
    String flow,
    RunState state,
    Instant startedAt,
    Optional<Instant> finishedAt,
    String message,
    List<StepRun> steps) {

  public FlowRun {
    steps = List.copyOf(steps);
  }

  /// One step of a run.
  ///
  /// @param rows rows written, judged or loaded
  /// @param message what it did, or why it failed
  public record StepRun(
      String step,
      RunState state,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      long rows,
      String message) {}
}
