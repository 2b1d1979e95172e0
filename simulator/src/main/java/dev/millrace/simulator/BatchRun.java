package dev.millrace.simulator;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.simulator.sink.EventSink;

/// A batch: so many events, then done.
public final class BatchRun {

  private static final int MOST_SILENT_TURNS = 100_000;
  private static final int REPORT_EVERY = 5000;
  private static final long LONGEST_WAIT = 50_000_000L;

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
        atOnce(events, from, step, progress);
      }
      case BatchTimes.From from ->
          atOnce(events, BatchTimes.micros(from.start()), 1e6 / from.rate(), progress);
      case BatchTimes.Paced paced -> paced(events, paced, progress);
    }
    sink.flush();
    truth.flush();
    FleetCounts counts = fleet.counts();
    progress.report("events", counts.sent(), events);
    return counts;
  }

  private void atOnce(long events, long from, double step, Progress progress) {
    for (long i = 0; i < events; i++) {
      if (i % REPORT_EVERY == 0) {
        if (progress.cancelled()) {
          return;
        }
        progress.report("events", i, events);
      }
      one(from + (long) (i * step));
    }
  }

  private void paced(long events, BatchTimes.Paced paced, Progress progress) {
    Ticker ticker = paced.ticker();
    Pacer pacer = new Pacer(paced.rate(), ticker.nanos());
    double step = 1e6 / paced.rate();
    long sent = 0;
    long reported = 0;
    while (sent < events && !progress.cancelled()) {
      long due = Math.min(Math.min(REPORT_EVERY, events - sent), pacer.due(ticker.nanos()));
      long now = BatchTimes.micros(ticker.now());
      for (long i = due - 1; i >= 0; i--) {
        one(now - (long) (i * step));
      }
      sent += due;
      pacer.take(due);
      if (sent - reported >= Math.max(1, paced.rate() / 4)) {
        reported = sent;
        progress.report("events", sent, events);
      }
      if (sent < events && due < REPORT_EVERY) {
        ticker.await(Math.min(LONGEST_WAIT, pacer.untilNext(ticker.nanos())));
      }
    }
  }

  /// Asks until a sensor speaks: by chance all may be silent for some turns.
  private void one(long micros) {
    for (int turn = 0; turn < MOST_SILENT_TURNS; turn++) {
      if (fleet.next(micros)) {
        sink.send(fleet.key(), fleet.value());
        return;
      }
    }
    throw new MillraceException(
        ErrorCode.USAGE,
        "every sensor keeps silent, so the batch would never end",
        "lower the anomaly rate, or mix other faults in than dropout and offline");
  }
}
