package dev.millrace.engine.live;

import java.util.Arrays;

/// Events per second over the last two minutes and how long they took to get here in the last one.
///
/// Latencies are kept in eighths of powers of two, so that a percentile is at most an eighth too
/// high. A second in which event time went on by three seconds more than the clock brought a
/// backlog, whose ages say nothing of the way events take: its latencies are dropped at its end,
/// and those of the ten seconds after, in which the partitions that lag behind the foremost catch
/// up.
///
/// Confined to one thread.
final class RecentSeconds {

  static final int SECONDS = 121;

  private static final long NONE = Long.MIN_VALUE;
  private static final long BACKLOG_SECONDS = 3;
  private static final long CATCHING_UP_SECONDS = 10;

  /// A clock set back by no more than this stands still until it is where it was.
  private static final long JITTER_SECONDS = 2;

  private static final int LATENCY_SECONDS = 60;
  private static final int PER_OCTAVE = 8;
  private static final int BUCKETS = 32 * PER_OCTAVE;
  private static final int SHIFT = 52 - 3;
  private static final int FIRST = 1023 * PER_OCTAVE;

  private final long[] counts = new long[SECONDS];
  private final int[][] latencies = new int[LATENCY_SECONDS][BUCKETS];
  private long second = NONE;

  /// Newest event time, in microseconds, and the second it came in, before the second under way.
  private long newestBefore = NONE;

  private long secondBefore = NONE;
  private long newest = NONE;
  private long catchingUpUntil = NONE;

  void advance(long nowSecond) {
    if (second == NONE || nowSecond < second - JITTER_SECONDS) {
      begin(nowSecond);
    }
    if (nowSecond > second) {
      judge();
    }
    for (long s = Math.max(second + 1, nowSecond - SECONDS + 1); s <= nowSecond; s++) {
      counts[slot(s, SECONDS)] = 0;
      Arrays.fill(latencies[slot(s, LATENCY_SECONDS)], 0);
    }
    second = Math.max(second, nowSecond);
  }

  /// At the first second, and when the clock was set back.
  private void begin(long nowSecond) {
    Arrays.fill(counts, 0);
    for (int[] slot : latencies) {
      Arrays.fill(slot, 0);
    }
    second = nowSecond;
    newestBefore = NONE;
    newest = NONE;
    catchingUpUntil = NONE;
  }

  private void judge() {
    if (newest == NONE) {
      return;
    }
    if (newestBefore != NONE) {
      long allowed = Math.max(0, second - secondBefore) + BACKLOG_SECONDS;
      if (newest - newestBefore > allowed * 1_000_000) {
        catchingUpUntil = second + CATCHING_UP_SECONDS;
      }
    }
    if (second <= catchingUpUntil) {
      Arrays.fill(latencies[slot(second, LATENCY_SECONDS)], 0);
    }
    if (newest > newestBefore) {
      newestBefore = newest;
      secondBefore = second;
    }
  }

  /// An event of this time came, in microseconds.
  void saw(long time) {
    if (newestBefore == NONE) {
      newestBefore = time;
      secondBefore = second;
    }
    newest = Math.max(newest, time);
  }

  long second() {
    return second;
  }

  /// Events of the second under way.
  long underWay() {
    return counts[slot(second, SECONDS)];
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

  /// In milliseconds, over the seconds that are over; 0 without any.
  double p99Millis() {
    long total = 0;
    long[] sums = new long[BUCKETS];
    int underWay = slot(second, LATENCY_SECONDS);
    for (int s = 0; s < LATENCY_SECONDS; s++) {
      int[] slot = latencies[s];
      for (int b = 0; s != underWay && b < BUCKETS; b++) {
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
