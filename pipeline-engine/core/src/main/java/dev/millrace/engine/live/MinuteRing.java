package dev.millrace.engine.live;

import java.util.Arrays;

/// Averages per minute of one kind at one place, over a day of event time.
final class MinuteRing {

  static final int MINUTES = 24 * 60;

  private static final long NONE = Long.MIN_VALUE;

  private final String kind;
  private final String place;
  private final long[] minutes = new long[MINUTES];
  private final double[] sums = new double[MINUTES];
  private final double[] lows = new double[MINUTES];
  private final double[] highs = new double[MINUTES];
  private final long[] counts = new long[MINUTES];
  private String unit = "";

  MinuteRing(String kind, String place) {
    this.kind = kind;
    this.place = place;
    Arrays.fill(minutes, NONE);
  }

  void add(long minute, double value, String valueUnit) {
    add(minute, 1, value, value, value, valueUnit);
  }

  /// Minutes older than the day the ring holds are left out.
  void add(long minute, long count, double sum, double low, double high, String valueUnit) {
    int slot = (int) Math.floorMod(minute, (long) MINUTES);
    if (minutes[slot] > minute) {
      return;
    }
    if (minutes[slot] < minute) {
      minutes[slot] = minute;
      sums[slot] = 0;
      counts[slot] = 0;
      lows[slot] = Double.POSITIVE_INFINITY;
      highs[slot] = Double.NEGATIVE_INFINITY;
    }
    sums[slot] += sum;
    counts[slot] += count;
    lows[slot] = Math.min(lows[slot], low);
    highs[slot] = Math.max(highs[slot], high);
    unit = valueUnit;
  }

  /// The day that ends with the minute `last`.
  LiveSnapshot.Series series(long last) {
    long[] held = new long[MINUTES];
    double[] mean = new double[MINUTES];
    double[] low = new double[MINUTES];
    double[] high = new double[MINUTES];
    int n = 0;
    for (long minute = last - MINUTES + 1; minute <= last; minute++) {
      int slot = (int) Math.floorMod(minute, (long) MINUTES);
      if (minutes[slot] == minute) {
        held[n] = minute;
        mean[n] = sums[slot] / counts[slot];
        low[n] = lows[slot];
        high[n] = highs[slot];
        n++;
      }
    }
    return LiveSnapshot.Series.ofFirst(n, kind, place, unit, held, mean, low, high);
  }
}
