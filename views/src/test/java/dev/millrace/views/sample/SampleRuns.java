package dev.millrace.views.sample;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs in every state, newest first.
final class SampleRuns {

  private static final List<String> STEPS =
      SamplePipeline.definition().flow("daily").orElseThrow().steps().stream()
          .map(s -> s.name())
          .toList();
  private static final long[] ROWS = {1_080, 8, 12_214, 14, 1_440, 96, 4, 96, 1_636};

  private SampleRuns() {}

  static List<FlowRun> list(int count, Instant now) {
    List<FlowRun> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RunState state =
          switch (i) {
            case 0 -> RunState.QUEUED;
            case 1 -> RunState.RUNNING;
            case 4 -> RunState.FAILED;
            case 7 -> RunState.CANCELLED;
            default -> i % 17 == 16 ? RunState.FAILED : RunState.SUCCEEDED;
          };
      runs.add(run(4_821 - i, state, now.minusSeconds(24 + i * 1_803L)));
    }
    return runs;
  }

  /// The first of a home, in its third step.
  static List<FlowRun> first(Instant now) {
    return List.of(run(1, RunState.RUNNING, now.minusSeconds(6)));
  }

  private static FlowRun run(long id, RunState state, Instant started) {
    int stop =
        switch (state) {
          case QUEUED -> 0;
          case RUNNING -> 2;
          case FAILED -> id % 2 == 0 ? 3 : 8;
          case CANCELLED -> 4;
          case SUCCEEDED, SKIPPED -> STEPS.size();
        };
    List<StepRun> steps = new ArrayList<>();
    Instant at = started;
    for (int i = 0; i < STEPS.size(); i++) {
      RunState step =
          i < stop
              ? RunState.SUCCEEDED
              : i == stop && state != RunState.QUEUED
                  ? state
                  : state == RunState.FAILED || state == RunState.CANCELLED
                      ? RunState.SKIPPED
                      : RunState.QUEUED;
      Instant end = at.plusMillis(400 + (id * 37 + i * 811L) % 2_600);
      boolean begun = step != RunState.QUEUED && step != RunState.SKIPPED;
      steps.add(
          new StepRun(
              STEPS.get(i),
              step,
              begun ? Optional.of(at) : Optional.empty(),
              begun && step != RunState.RUNNING ? Optional.of(end) : Optional.empty(),
              step == RunState.SUCCEEDED
                  ? ROWS[i] + (STEPS.get(i).startsWith("check ") ? 0 : id % 90)
                  : 0,
              message(step, i)));
      at = begun ? end : at;
    }
    boolean ended = state != RunState.RUNNING && state != RunState.QUEUED;
    return new FlowRun(
        id,
        SamplePipeline.NAME,
        "daily",
        state,
        started,
        ended ? Optional.of(at) : Optional.empty(),
        state == RunState.FAILED
            ? "check silver.readings: 2 of 14 expectations failed; mend the readings or lower the"
                + " severity of the expectation, then run again"
            : "",
        steps);
  }

  private static String message(RunState state, int step) {
    return switch (state) {
      case SUCCEEDED ->
          step == 8
              ? "4 tables loaded into building_sensors"
              : STEPS.get(step).startsWith("transform ")
                  ? STEPS.get(step).substring("transform ".length()) + ": built from what is new"
                  : "done";
      case RUNNING -> "reading bronze.sensor_events";
      case FAILED -> "2 of 14 expectations failed";
      case CANCELLED -> "cancelled by a person";
      case QUEUED, SKIPPED -> "";
    };
  }
}
