package dev.millrace.engine.live;

import dev.millrace.engine.live.LiveSnapshot.Window;

/// Readings over the last one and five minutes of event time, which slide by ten seconds.
///
/// A late reading goes into the step its time lies in, as long as that is one of the last thirty.
/// Confined to one thread.
final class SlidingWindows {

  /// Steps of a window of one minute.
  static final int MINUTE = 6;

  /// Steps of a window of five minutes, which is all that is kept.
  static final int FIVE_MINUTES = 30;

  private static final long STEP = 10_000_000L;
  private static final long NONE = Long.MIN_VALUE;

  private final int[] counts = new int[FIVE_MINUTES];
  private final int[] anomalies = new int[FIVE_MINUTES];
  private final double[] sums = new double[FIVE_MINUTES];
  private final double[] lows = new double[FIVE_MINUTES];
  private final double[] highs = new double[FIVE_MINUTES];
  private long head = NONE;

  /// Number of the step a time lies in.
  ///
  /// @param time in microseconds
  static long step(long time) {
    return Math.floorDiv(time, STEP);
  }

  void add(long step, double value, boolean anomalous) {
    if (step > head) {
      advance(step);
    } else if (step <= head - FIVE_MINUTES) {
      return;
    }
    int slot = slot(step);
    counts[slot]++;
    anomalies[slot] += anomalous ? 1 : 0;
    sums[slot] += value;
    lows[slot] = Math.min(lows[slot], value);
    highs[slot] = Math.max(highs[slot], value);
  }

  private void advance(long step) {
    long first = step - FIVE_MINUTES + 1;
    for (long s = head == NONE ? first : Math.max(first, head + 1); s <= step; s++) {
      int slot = slot(s);
      counts[slot] = 0;
      anomalies[slot] = 0;
      sums[slot] = 0;
      lows[slot] = Double.POSITIVE_INFINITY;
      highs[slot] = Double.NEGATIVE_INFINITY;
    }
    head = step;
  }

  /// The window of so many steps that ends with the step `last`.
  Window window(long last, int steps) {
    if (head == NONE) {
      return Window.EMPTY;
    }
    long count = 0;
    long odd = 0;
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    long from = Math.max(last - steps + 1, head - FIVE_MINUTES + 1);
    for (long s = from; s <= Math.min(last, head); s++) {
      int slot = slot(s);
      count += counts[slot];
      odd += anomalies[slot];
      sum += sums[slot];
      low = Math.min(low, lows[slot]);
      high = Math.max(high, highs[slot]);
    }
    return count == 0 ? Window.EMPTY : new Window(count, odd, sum / count, low, high);
  }

  private static int slot(long step) {
    return (int) Math.floorMod(step, (long) FIVE_MINUTES);
  }
}
