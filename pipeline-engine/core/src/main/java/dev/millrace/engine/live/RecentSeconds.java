package dev.millrace.engine.live;

import java.util.Arrays;

/// Events per second over the last two minutes and how long they took to get here in the last one.
///
/// Latencies are kept in eighths of powers of two, so that a percentile is at most an eighth too
/// high.
final class RecentSeconds {

  static final int SECONDS = 121;

  private static final int LATENCY_SECONDS = 60;
  private static final int PER_OCTAVE = 8;
  private static final int BUCKETS = 32 * PER_OCTAVE;
  private static final int SHIFT = 52 - 3;
  private static final int FIRST = 1023 * PER_OCTAVE;

  private final long[] counts = new long[SECONDS];
  private final int[][] latencies = new int[LATENCY_SECONDS][BUCKETS];
  private long second = Long.MIN_VALUE;

  void advance(long nowSecond) {
    if (second == Long.MIN_VALUE) {
      second = nowSecond;
    }
    for (long s = Math.max(second + 1, nowSecond - SECONDS + 1); s <= nowSecond; s++) {
      counts[slot(s, SECONDS)] = 0;
      Arrays.fill(latencies[slot(s, LATENCY_SECONDS)], 0);
    }
    second = Math.max(second, nowSecond);
  }

  void count(long events) {
    counts[slot(second, SECONDS)] += events;
  }

  /// An event this many microseconds old came in.
  void latency(long micros) {
    latencies[slot(second, LATENCY_SECONDS)][bucket(Math.max(1, micros))]++;
  }

  /// Per second, the oldest first; the second under way is left out.
  double[] perSecond() {
    double[] rates = new double[SECONDS - 1];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = counts[slot(second - SECONDS + 1 + i, SECONDS)];
    }
    return rates;
  }

  /// In milliseconds; 0 without any.
  double p99Millis() {
    long total = 0;
    long[] sums = new long[BUCKETS];
    for (int[] slot : latencies) {
      for (int b = 0; b < BUCKETS; b++) {
        sums[b] += slot[b];
        total += slot[b];
      }
    }
    long left = total / 100;
    for (int b = BUCKETS - 1; b >= 0; b--) {
      left -= sums[b];
      if (sums[b] > 0 && left < 0) {
        return upperEnd(b) / 1_000;
      }
    }
    return 0;
  }

  /// The exponent and the first three bits after it, straight from the double's form.
  private static int bucket(long micros) {
    long bits = Double.doubleToRawLongBits((double) micros);
    return Math.min(BUCKETS - 1, (int) (bits >>> SHIFT) - FIRST);
  }

  private static double upperEnd(int bucket) {
    return Double.longBitsToDouble((long) (bucket + 1 + FIRST) << SHIFT);
  }

  private static int slot(long s, int size) {
    return (int) Math.floorMod(s, (long) size);
  }
}
