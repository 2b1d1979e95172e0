package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.simulator.sink.EventSink;

/// A batch: so many events, then done.
public final class BatchRun {

  private static final int MOST_SILENT_TURNS = 100_000;
  private static final int REPORT_EVERY = 5000;

  private final Fleet fleet;
  private final EventSink sink;
  private final TruthLog truth;

  /// @param sink flushed, not closed
  /// @param truth the fleet's; flushed, not closed
  public BatchRun(Fleet fleet, EventSink sink, TruthLog truth) {
    this.fleet = fleet;
    this.sink = sink;
    this.truth = truth;
  }

  /// Sends on the calling thread; at its return everything is acknowledged and the truth written.
  ///
  /// @return the fleet's counts; fewer events than asked for when the work was cancelled
  public FleetCounts run(long events, BatchTimes times, Progress progress) {
    FleetSettings.refuseUnless(events >= 0, "a batch has at least 0 events");
    switch (times) {
      case BatchTimes.Spread spread -> {
        long from = BatchTimes.micros(spread.from());
        double step = (BatchTimes.micros(spread.to()) - from) / (double) Math.max(1, events);
        spread(events, from, step, progress);
      }
      case BatchTimes.From from ->
          from(events, new EventClock(from.start(), from.rate()), progress);
    }
    sink.flush();
    truth.flush();
    FleetCounts counts = fleet.counts();
    progress.report("events", counts.sent(), events);
    return counts;
  }

  /// A silent moment is asked again, so that the times stay within the interval.
  private void spread(long events, long from, double step, Progress progress) {
    for (long i = 0; i < events; i++) {
      if (cancelled(i, events, progress)) {
        return;
      }
      int turns = 0;
      while (!sent(from + (long) (i * step))) {
        refuseSilence(++turns);
      }
    }
  }

  /// A silent moment passes, as it does in real time.
  private void from(long events, EventClock clock, Progress progress) {
    for (long i = 0; i < events; i++) {
      if (cancelled(i, events, progress)) {
        return;
      }
      int turns = 0;
      while (!sent(clock.next())) {
        refuseSilence(++turns);
      }
    }
  }

  private static boolean cancelled(long sent, long events, Progress progress) {
    if (sent % REPORT_EVERY != 0) {
      return false;
    }
    progress.report("events", sent, events);
    return progress.cancelled();
  }

  private boolean sent(long micros) {
    if (!fleet.next(micros)) {
      return false;
    }
    sink.send(fleet.key(), fleet.value());
    return true;
  }

  private static void refuseSilence(int turns) {
    if (turns < MOST_SILENT_TURNS) {
      return;
    }
    throw new MillraceException(
        ErrorCode.USAGE,
        "every sensor keeps silent, so the batch would never end",
        "lower the anomaly rate, or mix other faults in than dropout and offline");
  }
}
