package dev.millrace.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.flow.FlowRun.StepRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every implementation of {@link FlowRuns} owes.
public abstract class FlowRunsContract {

  private static final Instant T0 = Instant.parse("2026-05-01T10:00:00.123456789Z");
  private static final Instant T0_MICROS = Instant.parse("2026-05-01T10:00:00.123456Z");

  /// The store of one test, as one process sees it.
  protected abstract FlowRuns runs();

  /// The same store as another process sees it.
  protected abstract FlowRuns otherProcess();

  /// Ends the other process without a word.
  protected abstract void killOtherProcess();

  @Test
  void aRunIsKeptStepByStep() {
    long run = runs().begin("p", "daily", List.of("one", "two", "three"), T0);
    assertThat(runs().find(run))
        .contains(
            new FlowRun(
                run,
                "p",
                "daily",
                RunState.RUNNING,
                T0_MICROS,
                Optional.empty(),
                "",
                List.of(queued("one"), queued("two"), queued("three"))));

    runs().stepStarted(run, 0, T0.plusSeconds(1));
    runs().stepFinished(run, 0, RunState.SUCCEEDED, T0.plusSeconds(2), 42, "42 rows");
    runs().stepStarted(run, 1, T0.plusSeconds(3));
    runs().stepFinished(run, 1, RunState.FAILED, T0.plusSeconds(4), 0, "no; mend it");
    runs().finish(run, RunState.FAILED, T0.plusSeconds(5), "two: no; mend it");

    assertThat(otherProcess().find(run))
        .contains(
            new FlowRun(
                run,
                "p",
                "daily",
                RunState.FAILED,
                T0_MICROS,
                Optional.of(T0_MICROS.plusSeconds(5)),
                "two: no; mend it",
                List.of(
                    step("one", RunState.SUCCEEDED, 1, 2, 42, "42 rows"),
                    step("two", RunState.FAILED, 3, 4, 0, "no; mend it"),
                    new StepRun(
                        "three", RunState.SKIPPED, Optional.empty(), Optional.empty(), 0, ""))));
  }

  @Test
  void recentRunsAreThePipelinesOwnNewestFirst() {
    long first = runs().begin("p", "daily", List.of("one"), T0);
    runs().begin("q", "daily", List.of("one"), T0);
    long second = otherProcess().begin("p", "hourly", List.of(), T0.minusSeconds(60));
    long third = runs().begin("p", "daily", List.of("one", "two"), T0);
    assertThat(first).isLessThan(second);
    assertThat(second).isLessThan(third);
    assertThat(runs().recent("p", 10))
        .extracting(FlowRun::id)
        .containsExactly(third, second, first);
    assertThat(runs().recent("p", 2)).extracting(FlowRun::id).containsExactly(third, second);
    assertThat(runs().recent("p", 2).getFirst().steps()).hasSize(2);
    assertThat(runs().recent("unknown", 2)).isEmpty();
    assertThat(runs().find(third + 1000)).isEmpty();
  }

  @Test
  void aFinishedRunDoesNotChange() {
    long run = runs().begin("p", "daily", List.of("one"), T0);
    runs().finish(run, RunState.CANCELLED, T0, "enough");
    Optional<FlowRun> finished = runs().find(run);
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> runs().stepStarted(run, 0, T0));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> runs().stepFinished(run, 0, RunState.SUCCEEDED, T0, 1, ""));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> runs().finish(run, RunState.SUCCEEDED, T0, ""));
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> runs().finish(run + 1000, RunState.SUCCEEDED, T0, ""));
    assertThat(runs().find(run)).isEqualTo(finished);
  }

  @Test
  void aRunThatIsGivenUpIsFailedAndAFinishedOneStaysAsItIs() {
    long run = runs().begin("p", "daily", List.of("one", "two", "three"), T0);
    runs().stepStarted(run, 0, T0);
    runs().stepFinished(run, 0, RunState.SUCCEEDED, T0, 1, "");
    runs().stepStarted(run, 1, T0);
    long done = runs().begin("p", "daily", List.of("one"), T0);
    runs().finish(done, RunState.SUCCEEDED, T0, "");

    runs().giveUp(run, T0.plusSeconds(7), "no answer");
    runs().giveUp(done, T0.plusSeconds(7), "no answer");

    FlowRun ended = runs().find(run).orElseThrow();
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message()).isEqualTo("no answer");
    assertThat(ended.finishedAt()).contains(T0_MICROS.plusSeconds(7));
    assertThat(ended.steps())
        .extracting(StepRun::state)
        .containsExactly(RunState.SUCCEEDED, RunState.FAILED, RunState.SKIPPED);
    assertThat(ended.steps().get(1).message()).isEqualTo("no answer");
    assertThat(runs().find(done).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(runs().recent("p", 9)).extracting(FlowRun::id).containsExactly(done, run);
  }

  @Test
  void runsOfADeadProcessAreEndedAndOthersLeft() {
    long mine = runs().begin("p", "daily", List.of("one"), T0);
    long theirs = otherProcess().begin("p", "daily", List.of("one", "two", "three"), T0);
    otherProcess().stepStarted(theirs, 0, T0);
    otherProcess().stepFinished(theirs, 0, RunState.SUCCEEDED, T0, 1, "");
    otherProcess().stepStarted(theirs, 1, T0);
    long done = otherProcess().begin("p", "daily", List.of("one"), T0);
    otherProcess().finish(done, RunState.SUCCEEDED, T0, "");
    assertThat(runs().failAbandoned(T0)).isEmpty();

    killOtherProcess();

    assertThat(runs().failAbandoned(T0.plusSeconds(9))).containsExactly(theirs);
    FlowRun ended = runs().find(theirs).orElseThrow();
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message()).isEqualTo(FlowRuns.PROCESS_ENDED);
    assertThat(ended.finishedAt()).contains(T0_MICROS.plusSeconds(9));
    assertThat(ended.steps())
        .extracting(StepRun::state)
        .containsExactly(RunState.SUCCEEDED, RunState.FAILED, RunState.SKIPPED);
    assertThat(ended.steps().get(1).message()).isEqualTo(FlowRuns.PROCESS_ENDED);
    assertThat(runs().find(mine).orElseThrow().state()).isEqualTo(RunState.RUNNING);
    assertThat(runs().find(done).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(runs().failAbandoned(T0)).isEmpty();
  }

  @Test
  void aMessageMayHoldAnyCharacter() {
    long run = runs().begin("p", "daily", List.of("one"), T0);
    runs().stepFinished(run, 0, RunState.FAILED, T0, 0, "raw \0 'é' \n 漢");
    assertThat(runs().find(run).orElseThrow().steps().getFirst().message())
        .isEqualTo("raw \uFFFD 'é' \n 漢");
  }

  private static StepRun queued(String name) {
    return new StepRun(name, RunState.QUEUED, Optional.empty(), Optional.empty(), 0, "");
  }

  private static StepRun step(
      String name, RunState state, int from, int to, long rows, String message) {
    return new StepRun(
        name,
        state,
        Optional.of(T0_MICROS.plusSeconds(from)),
        Optional.of(T0_MICROS.plusSeconds(to)),
        rows,
        message);
  }
}
