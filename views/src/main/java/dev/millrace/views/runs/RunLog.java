package dev.millrace.views.runs;

import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The log of a run: what its steps tell, and what the engine told while it ran.
final class RunLog {

  private static final List<String> BESIDE = List.of("Flow", "Silver", "Gold");

  private final Clock clock;
  private final List<LogLine> lines = new ArrayList<>();

  private RunLog(Clock clock) {
    this.clock = clock;
  }

  static List<LogLine> of(FlowRun run, List<LogEvent> events, Clock clock, Instant now) {
    RunLog log = new RunLog(clock);
    log.add(
        run.startedAt(), LogLevel.INFO, "", "run #" + run.id() + " of " + run.flow() + " began");
    for (StepRun step : run.steps()) {
      log.step(step);
    }
    Instant end = run.finishedAt().orElse(now);
    for (LogEvent event : events) {
      if (!event.at().isBefore(run.startedAt())
          && !event.at().isAfter(end)
          && !BESIDE.contains(event.part())) {
        log.add(event.at(), level(event.severity()), event.part(), event.message());
      }
    }
    run.finishedAt()
        .ifPresent(
            at ->
                log.add(
                    at,
                    run.state() == RunState.FAILED
                        ? LogLevel.ERROR
                        : run.state() == RunState.CANCELLED ? LogLevel.WARN : LogLevel.INFO,
                    "",
                    ended(run, at)));
    log.lines.sort(Comparator.comparing(LogLine::at));
    return List.copyOf(log.lines);
  }

  private static String ended(FlowRun run, Instant at) {
    String took = Figures.span(Duration.between(run.startedAt(), at));
    return switch (run.state()) {
      case SUCCEEDED -> "done in " + took;
      case FAILED ->
          "failed after "
              + took
              // Where the failed step has told all of it in the lines above, that is enough.
              + run.steps().stream()
                  .filter(step -> step.state() == RunState.FAILED)
                  .filter(step -> run.message().equals(step.step() + ": " + step.message()))
                  .findFirst()
                  .map(step -> " at " + step.step())
                  .orElse(": " + run.message());
      case CANCELLED -> "cancelled after " + took;
      case QUEUED, RUNNING, SKIPPED -> "ended after " + took;
    };
  }

  private void step(StepRun step) {
    Optional<Instant> started = step.startedAt();
    if (started.isEmpty()) {
      return;
    }
    Optional<Instant> finished = step.finishedAt();
    if (finished.isEmpty()) {
      add(started.get(), LogLevel.INFO, step.step(), "began");
      return;
    }
    String took = Figures.span(Duration.between(started.get(), finished.get()));
    switch (step.state()) {
      case FAILED -> {
        // The remedy follows the fault behind a semicolon and reads better on a line of its own.
        String[] parts = step.message().split("; ", 2);
        add(finished.get(), LogLevel.ERROR, step.step(), parts[0]);
        if (parts.length > 1) {
          add(finished.get(), LogLevel.ERROR, step.step(), "→ " + parts[1]);
        }
      }
      case CANCELLED -> add(finished.get(), LogLevel.WARN, step.step(), "cancelled after " + took);
      case SUCCEEDED, RUNNING, QUEUED, SKIPPED ->
          add(
              finished.get(),
              LogLevel.INFO,
              step.step(),
              (step.message().isBlank() ? "done" : unnamed(step)) + " (" + took + ")");
    }
  }

  /// What a step said, without the name of the table that its line begins with.
  private static String unnamed(StepRun step) {
    String name = StepNames.brief(step.step()) + ": ";
    return step.message().startsWith(name)
        ? step.message().substring(name.length())
        : step.message();
  }

  private static LogLevel level(Severity severity) {
    return switch (severity) {
      case INFO, GOOD -> LogLevel.INFO;
      case WARNING -> LogLevel.WARN;
      case FAILURE -> LogLevel.ERROR;
    };
  }

  private void add(Instant at, LogLevel level, String step, String text) {
    lines.add(new LogLine(at, clock.second(at), level, step, text));
  }
}
