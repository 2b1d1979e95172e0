package dev.millrace.app.cli;

import dev.millrace.app.session.Interruption;
import dev.millrace.engine.model.Progress;

/// Progress as lines on stderr: each new step at once, numbers once a second with their rate and
/// the time left. Any thread may report.
final class ProgressLines implements Progress {

  private static final long BETWEEN_NANOS = 1_000_000_000L;

  /// The newest rate counts for so much of the one that is told.
  private static final double FRESH = 0.3;

  private final Output output;
  private String step = "";
  private long lastNanos;
  private long lastDone;
  private double perSecond;

  ProgressLines(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void report(String what, long done, long total) {
    long now = System.nanoTime();
    boolean newStep = !what.equals(step);
    if (!newStep && now - lastNanos < BETWEEN_NANOS) {
      return;
    }
    if (newStep) {
      step = what;
      perSecond = 0;
    } else {
      double rate = (done - lastDone) * 1e9 / (now - lastNanos);
      perSecond = perSecond == 0 ? rate : FRESH * rate + (1 - FRESH) * perSecond;
    }
    lastNanos = now;
    lastDone = done;
    output.progress(line(what, done, total, perSecond));
  }

  /// @param total 0 when it is not known, or not worth telling
  /// @param perSecond 0 when it is not known
  static String line(String what, long done, long total, double perSecond) {
    if (total < 100 && (done == 0 || (total > 0 && perSecond == 0))) {
      return what;
    }
    StringBuilder line = new StringBuilder("%s: %,d".formatted(what, done));
    if (total >= 100) {
      line.append(" of %,d".formatted(total));
    }
    if (perSecond > 0) {
      line.append(" (%,.0f/s".formatted(perSecond));
      if (total >= 100 && done < total) {
        line.append(", ").append(time((total - done) / perSecond)).append(" left");
      }
      line.append(')');
    }
    return line.toString();
  }

  private static String time(double seconds) {
    long whole = (long) Math.ceil(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %d s".formatted(whole / 60, whole % 60)
        : "%,d h %d min".formatted(whole / 3600, whole / 60 % 60);
  }

  @Override
  public boolean cancelled() {
    return Interruption.wished();
  }
}
