package dev.millrace.app.bench;

/// Latencies in microseconds, counted in 128ths of powers of two: a percentile is at most a
/// hundredth too high. The largest is exact. One thread adds, and any reads after it.
final class Latencies {

  private static final int SHIFT = 52 - 7;
  private static final int FIRST = 1023 << 7;
  private static final int BUCKETS = 40 << 7;

  private final long[] counts = new long[BUCKETS];
  private long count;
  private long largest;

  /// One that is not positive counts as a microsecond: two readings of the clock may be as near.
  void add(long micros) {
    long bits = Double.doubleToRawLongBits((double) Math.max(1, micros));
    counts[Math.min(BUCKETS - 1, (int) (bits >>> SHIFT) - FIRST)]++;
    count++;
    largest = Math.max(largest, micros);
  }

  long count() {
    return count;
  }

  double largestMillis() {
    return largest / 1e3;
  }

  /// @param share of latencies no longer than the result, 0 to 1
  double millis(double share) {
    long left = (long) Math.ceil(share * count);
    for (int b = 0; b < BUCKETS && count > 0; b++) {
      left -= counts[b];
      if (left <= 0) {
        return Math.min(largest, Double.longBitsToDouble((long) (b + 1 + FIRST) << SHIFT)) / 1e3;
      }
    }
    return 0;
  }
}
