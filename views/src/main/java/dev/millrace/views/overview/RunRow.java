package dev.millrace.views.overview;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// One run as the table shows it.
///
/// @param seconds how long it took, or has run
/// @param rows rows its steps wrote and loaded
/// @param steps state of each step, in order
public record RunRow(
    long id,
    RunState state,
    String flow,
    Instant started,
    String startedText,
    long seconds,
    String duration,
    long rows,
    List<RunState> steps,
    String message) {

  public static RunRow of(FlowRun run, Clock clock, Instant now) {
    Duration took = Duration.between(run.startedAt(), run.finishedAt().orElse(now));
    boolean begun = run.state() != RunState.QUEUED;
    long rows = written(run);
    return new RunRow(
        run.id(),
        run.state(),
        run.flow(),
        run.startedAt(),
        clock.second(run.startedAt(), now),
        begun ? took.toSeconds() : 0,
        begun
            ? Figures.span(
                run.finishedAt().isPresent() ? took : Duration.ofSeconds(took.toSeconds()))
            : "–",
        rows,
        run.steps().stream().map(StepRun::state).toList(),
        message(run));
  }

  /// Rows that the run's steps wrote and loaded.
  public static long written(FlowRun run) {
    return run.steps().stream()
        .filter(s -> s.step().startsWith("transform") || s.step().startsWith("load"))
        .mapToLong(StepRun::rows)
        .sum();
  }

  private static String message(FlowRun run) {
    if (!run.message().isBlank()) {
      return run.message();
    }
    StepRun told = null;
    for (StepRun step : run.steps()) {
      if (step.state() == RunState.RUNNING) {
        return step.message().isBlank() ? step.step() : step.step() + ": " + step.message();
      }
      told = step.state() == RunState.SUCCEEDED ? step : told;
    }
    return switch (run.state()) {
      case QUEUED -> "waits for its turn";
      case SUCCEEDED -> told == null ? "" : told.message();
      case RUNNING, FAILED, CANCELLED, SKIPPED -> "";
    };
  }

  public long stepsDone() {
    return steps.stream().filter(s -> s == RunState.SUCCEEDED).count();
  }

  public boolean matches(String words) {
    String all = (state + " " + flow + " #" + id + " " + message).toLowerCase(Locale.ENGLISH);
    for (String word : words.toLowerCase(Locale.ENGLISH).strip().split("\\s+")) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
