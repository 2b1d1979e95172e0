package dev.millrace.app.console;

import dev.millrace.app.session.Demo;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.Severity;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.assembly.LocalEngine;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.FleetCounts;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.views.Console;
import dev.millrace.views.desk.ProgramWork;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The demo in the window: fills what is missing of the last 24 hours, runs the flow once, and lets
/// the fleet go live. Everything runs on a thread of its own; the window shows how it goes, and
/// each part of it can be cancelled there: what follows goes on with what there is.
final class GoLive {

  private static final Logger LOG = LoggerFactory.getLogger(GoLive.class);
  private static final Duration WORTH_FILLING = Duration.ofMinutes(2);

  private final Demo demo;
  private final LocalEngine engine;
  private final SimulatorControl fleet;
  private final Console window;

  GoLive(Demo demo, LocalEngine engine, SimulatorControl fleet, Console window) {
    this.demo = demo;
    this.engine = engine;
    this.fleet = fleet;
    this.window = window;
  }

  /// @param eventsPerSpan events for a whole span of 24 hours
  void begin(long eventsPerSpan, long seed) {
    Thread.ofPlatform().name("demo").daemon().start(() -> run(eventsPerSpan, seed));
  }

  private void run(long eventsPerSpan, long seed) {
    try {
      String pipeline = ConsoleStart.PIPELINE;
      String feed = demo.feed().name();
      Outcome _ = engine.submit(new Command.StartStream(pipeline, feed)).outcome().join();
      Instant now = Instant.now();
      Instant from = missingSince(now);
      Duration missing = Duration.between(from, now);
      if (missing.compareTo(WORTH_FILLING) > 0) {
        long events = Math.max(1, eventsPerSpan * missing.toMillis() / Demo.SPAN.toMillis());
        engine.tell(
            Severity.INFO,
            "Simulator",
            "Filling the last %d h %d min with %,d events of demo data"
                .formatted(missing.toHours(), missing.toMinutesPart(), events));
        fill(events, from, now, seed);
        perform(new Command.CatchUp(pipeline, feed));
      }
      fleet.start();
      perform(new Command.RunFlow(pipeline, "daily"));
    } catch (MillraceException e) {
      LOG.error("The demo failed", e);
      engine.tell(Severity.FAILURE, "Simulator", e.what() + "; " + e.remedy());
    } catch (RuntimeException e) {
      LOG.error("The demo failed: a fault of ours", e);
      engine.tell(Severity.FAILURE, "Simulator", "A fault of ours: " + e);
    }
  }

  private void fill(long events, Instant from, Instant now, long seed) {
    try (ProgramWork work = window.begin("Fill demo data")) {
      work.report("events", 0, events);
      FleetCounts sent = demo.fill(events, from, now, seed, work);
      if (work.cancelled()) {
        engine.tell(
            Severity.WARNING,
            "Simulator",
            "Filling was cancelled after %,d events; what was sent stays".formatted(sent.sent()));
      }
    }
  }

  /// Waits until it is done, or is not; its end is told in the window.
  private void perform(Command command) {
    Work work = engine.submit(command);
    window.follow(work);
    Outcome _ = work.outcome().join();
  }

  /// The newest event there is, or the span's begin when that is later.
  private Instant missingSince(Instant now) {
    Instant begin = now.minus(Demo.SPAN);
    return engine
        .snapshot()
        .pipeline(ConsoleStart.PIPELINE)
        .flatMap(p -> p.live().newest())
        .filter(newest -> newest.isAfter(begin))
        .orElse(begin);
  }
}
