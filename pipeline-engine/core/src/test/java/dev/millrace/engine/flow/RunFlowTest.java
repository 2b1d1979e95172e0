package dev.millrace.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.StepExecutor.StepOutcome;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.engine.pipeline.FlowDefinition.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunFlowTest {

  private static final Instant T0 = Instant.parse("2026-05-01T10:00:00Z");
  private static final TableName SILVER = new TableName(Layer.SILVER, "readings");
  private static final FlowDefinition DAILY =
      new FlowDefinition(
          "daily",
          "Bronze to warehouse",
          List.of(new Step.CatchUp("feed"), new Step.Transform(SILVER), new Step.Load()));

  private final InMemoryFlowRuns runs = new InMemoryFlowRuns();
  private final List<String> heard = new ArrayList<>();
  private final Listener progress = new Listener();
  private Instant now = T0;

  @Test
  void everyStepRunsInOrderWithItsTime() {
    List<Step> ran = new ArrayList<>();
    FlowRun run =
        run(
            (step, _) -> {
              ran.add(step);
              now = now.plusSeconds(10);
              return new StepOutcome(ran.size(), "did " + step.name());
            });
    assertThat(ran).isEqualTo(DAILY.steps());
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.message()).isEmpty();
    assertThat(run.finishedAt()).contains(T0.plusSeconds(30));
    assertThat(run.steps())
        .containsExactly(
            new StepRun(
                "catch up feed",
                RunState.SUCCEEDED,
                Optional.of(T0),
                Optional.of(T0.plusSeconds(10)),
                1,
                "did catch up feed"),
            new StepRun(
                "transform silver.readings",
                RunState.SUCCEEDED,
                Optional.of(T0.plusSeconds(10)),
                Optional.of(T0.plusSeconds(20)),
                2,
                "did transform silver.readings"),
            new StepRun(
                "load warehouse",
                RunState.SUCCEEDED,
                Optional.of(T0.plusSeconds(20)),
                Optional.of(T0.plusSeconds(30)),
                3,
                "did load warehouse"));
    assertThat(runs.recent("p", 1)).containsExactly(run);
  }

  @Test
  void aStepIsRunningWhileItRuns() {
    run(
        (step, _) -> {
          FlowRun seen = runs.recent("p", 1).getFirst();
          assertThat(seen.state()).isEqualTo(RunState.RUNNING);
          assertThat(seen.steps().get(DAILY.steps().indexOf(step)).state())
              .isEqualTo(RunState.RUNNING);
          heard.add("looked");
          return new StepOutcome(0, "");
        });
    assertThat(heard).contains("looked");
  }

  @Test
  void afterAFailureTheRestIsSkipped() {
    FlowRun run =
        run(
            (step, _) -> {
              if (step instanceof Step.Transform) {
                throw new MillraceException(ErrorCode.SQL, "no such column", "mend the SQL");
              }
              return new StepOutcome(5, "");
            });
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).isEqualTo("transform silver.readings: no such column; mend the SQL");
    assertThat(run.finishedAt()).isPresent();
    assertThat(states(run)).containsExactly(RunState.SUCCEEDED, RunState.FAILED, RunState.SKIPPED);
    assertThat(run.steps().get(1).message()).isEqualTo("no such column; mend the SQL");
  }

  @Test
  void cancelledBetweenStepsTheRestIsSkipped() {
    FlowRun run =
        run(
            (_, _) -> {
              progress.cancelled = true;
              return new StepOutcome(5, "");
            });
    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    assertThat(states(run)).containsExactly(RunState.SUCCEEDED, RunState.SKIPPED, RunState.SKIPPED);
  }

  @Test
  void cancelledWithinAStepTheStepIsCancelled() {
    FlowRun run =
        run(
            (step, within) -> {
              progress.cancelled = true;
              assertThat(within.cancelled()).isTrue();
              throw new MillraceException(ErrorCode.CANCELLED, step.name(), "start again");
            });
    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    assertThat(states(run)).containsExactly(RunState.CANCELLED, RunState.SKIPPED, RunState.SKIPPED);
  }

  @Test
  void aFaultOfOursEndsTheRunAndIsThrown() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                run(
                    (_, _) -> {
                      throw new IllegalStateException("bug");
                    }));
    FlowRun run = runs.recent("p", 1).getFirst();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).contains("a fault of ours").contains("bug");
  }

  @Test
  void progressIsTheFlowsAndTellsThePlaceInIt() {
    run(
        (step, within) -> {
          if (step instanceof Step.Load) {
            within.report("rows", 7, 10);
          }
          return new StepOutcome(0, "");
        });
    assertThat(heard)
        .containsExactly(
            "1 of 3, catch up feed 0/0 of all 0 %",
            "2 of 3, transform silver.readings 0/0 of all 33 %",
            "3 of 3, load warehouse 0/0 of all 66 %",
            "3 of 3, load warehouse: rows 7/10 of all 90 %");
  }

  private FlowRun run(StepExecutor executor) {
    return new RunFlow(runs, executor, () -> now).run("p", DAILY, progress);
  }

  private static List<RunState> states(FlowRun run) {
    return run.steps().stream().map(StepRun::state).toList();
  }

  private final class Listener implements Progress {

    private boolean cancelled;

    @Override
    public void report(String what, long done, long total) {
      heard.add(what + " " + done + "/" + total);
    }

    @Override
    public void report(String what, long done, long total, double whole) {
      heard.add("%s %d/%d of all %d %%".formatted(what, done, total, (int) (whole * 100)));
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }
  }
}
