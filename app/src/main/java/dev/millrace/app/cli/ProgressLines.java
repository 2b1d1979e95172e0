package dev.millrace.app.cli;

import dev.millrace.app.session.Interruption;
import dev.millrace.engine.model.Progress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Progress as lines on stderr: each new step at once, numbers once a second. Any thread may
/// report.
final class ProgressLines implements Progress {

  private static final long BETWEEN_NANOS = 1_000_000_000L;

  private final Output output;
  private final AtomicReference<String> step = new AtomicReference<>("");
  private final AtomicLong lastNanos = new AtomicLong();

  ProgressLines(Output output) {
    this.output = output;
  }

  @Override
  public void report(String what, long done, long total) {
    boolean newStep = !what.equals(step.getAndSet(what));
    long now = System.nanoTime();
    long last = lastNanos.get();
    if (newStep || (now - last >= BETWEEN_NANOS && lastNanos.compareAndSet(last, now))) {
      lastNanos.set(now);
      output.progress(total >= 100 ? "%s: %,d of %,d".formatted(what, done, total) : what);
    }
  }

  @Override
  public boolean cancelled() {
    return Interruption.wished();
  }
}
