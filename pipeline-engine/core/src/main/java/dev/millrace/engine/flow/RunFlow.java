package dev.millrace.engine.flow;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.StepExecutor.StepOutcome;
import dev.millrace.engine.model.Parts;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.engine.pipeline.FlowDefinition.Step;
import java.time.InstantSource;
import java.util.List;

/// Runs a flow's steps one after another and keeps their states and times as it goes.
///
/// After a step that fails or is cancelled no further one runs. A run whose process dies stays open
/// until {@link FlowRuns#failAbandoned}; one that cannot be kept is given up. Any thread may run
/// flows, several at once.
public final class RunFlow {

  private final FlowRuns runs;
  private final StepExecutor executor;
  private final InstantSource clock;

  public RunFlow(FlowRuns runs, StepExecutor executor, InstantSource clock) {
    this.runs = runs;
    this.executor = executor;
    this.clock = clock;
  }

  /// Runs the flow on the calling thread and returns the finished run; a step's failure is in it
  /// and is not thrown.
  ///
  /// @throws MillraceException when the run cannot be kept
  public FlowRun run(String pipeline, FlowDefinition flow, Progress progress) {
    List<Step> steps = flow.steps();
    long run =
        runs.begin(pipeline, flow.name(), steps.stream().map(Step::name).toList(), clock.instant());
    try {
      return run(run, steps, progress);
    } catch (MillraceException e) {
      runs.giveUp(run, clock.instant(), e.what());
      throw e;
    } catch (RuntimeException | Error e) {
      runs.giveUp(run, clock.instant(), "a fault of ours: " + e);
      throw e;
    }
  }

  private FlowRun run(long run, List<Step> steps, Progress progress) {
    Parts parts = new Parts(progress, steps.size());
    for (int i = 0; i < steps.size(); i++) {
      if (progress.cancelled()) {
        return finished(run, RunState.CANCELLED, "cancelled before " + steps.get(i).name());
      }
      RunState state = step(run, i, steps, parts);
      if (state != RunState.SUCCEEDED) {
        return runs.find(run).orElseThrow();
      }
    }
    return finished(run, RunState.SUCCEEDED, "");
  }

  private RunState step(long run, int position, List<Step> steps, Parts parts) {
    Step step = steps.get(position);
    parts.begin(position, (position + 1) + " of " + steps.size() + ", " + step.name());
    runs.stepStarted(run, position, clock.instant());
    try {
      StepOutcome outcome = executor.execute(step, run, parts);
      runs.stepFinished(
          run, position, RunState.SUCCEEDED, clock.instant(), outcome.rows(), outcome.message());
      return RunState.SUCCEEDED;
    } catch (MillraceException e) {
      RunState state = e.code() == ErrorCode.CANCELLED ? RunState.CANCELLED : RunState.FAILED;
      end(run, position, step, state, e.what() + "; " + e.remedy());
      return state;
    } catch (RuntimeException | Error e) {
      try {
        end(run, position, step, RunState.FAILED, "a fault of ours: " + e);
      } catch (RuntimeException notKept) {
        e.addSuppressed(notKept);
      }
      throw e;
    }
  }

  private void end(long run, int position, Step step, RunState state, String message) {
    runs.stepFinished(run, position, state, clock.instant(), 0, message);
    finished(run, state, step.name() + ": " + message);
  }

  private FlowRun finished(long run, RunState state, String message) {
    runs.finish(run, state, clock.instant(), message);
    return runs.find(run).orElseThrow();
  }
}
