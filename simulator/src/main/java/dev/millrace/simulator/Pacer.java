package dev.millrace.simulator;

/// Tells how many events are due, so that their number follows the rate without drift: it counts
/// from a fixed beginning instead of adding waits up.
///
/// After a stall it makes up for at most two seconds; what was missed before is never sent, as no
/// sink should meet an hour's events at once when a machine wakes up. For one thread.
final class Pacer {

  private static final long LONGEST_CATCH_UP = 2_000_000_000L;

  private double rate;
  private long since;
  private long taken;

  /// @param rate events per second, above 0
  Pacer(double rate, long nowNanos) {
    this.rate = rate;
    this.since = nowNanos;
  }

  double rate() {
    return rate;
  }

  /// From now on at this rate; what is due until now stays due.
  void rate(double newRate, long nowNanos) {
    if (newRate != rate) {
      long open = due(nowNanos);
      rate = newRate;
      since = nowNanos - (long) (open / newRate * 1e9);
      taken = 0;
    }
  }

  /// Events due and not yet taken.
  long due(long nowNanos) {
    long due = (long) ((nowNanos - since) / 1e9 * rate) - taken;
    if (due / rate * 1e9 > LONGEST_CATCH_UP) {
      since = nowNanos - LONGEST_CATCH_UP;
      taken = 0;
      due = (long) (LONGEST_CATCH_UP / 1e9 * rate);
    }
    return due;
  }

  void take(long count) {
    taken += count;
  }

  /// Nanoseconds until one more is due; at least 1.
  long untilNext(long nowNanos) {
    double at = since + (taken + 1) / rate * 1e9;
    return Math.max(1, (long) Math.ceil(at - nowNanos));
  }
}
