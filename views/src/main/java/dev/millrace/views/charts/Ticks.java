package dev.millrace.views.charts;

import java.time.Instant;
import java.time.ZoneId;

/// Where an axis is marked.
public final class Ticks {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] TIME_STEPS = {
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    4 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY
  };

  private Ticks() {}

  /// Round numbers that span `low` to `high`, the first at or below `low`, the last at or above
  /// `high`.
  ///
  /// @param most greatest number of steps
  public static double[] around(double low, double high, int most) {
    double span = high - low;
    if (!(span > 0) || Double.isInfinite(span)) {
      double middle = Double.isFinite(low) ? low : 0;
      double around = Math.max(1, Math.abs(middle) * 0.05);
      return around(middle - around, middle + around, most);
    }
    double step = step(span / most);
    double first = Math.floor(low / step);
    double last = Math.ceil(high / step);
    while (last - first > most) {
      step = step(step * 1.01);
      first = Math.floor(low / step);
      last = Math.ceil(high / step);
    }
    double[] ticks = new double[(int) (last - first) + 1];
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = (first + i) * step;
    }
    return ticks;
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double share = least / power;
    if (share <= 1) {
      return power;
    }
    if (share <= 2) {
      return 2 * power;
    }
    return share <= 5 ? 5 * power : 10 * power;
  }

  /// Distance of the ticks of {@link #times}, in milliseconds.
  static long timeStep(long from, long to, int most) {
    for (long step : TIME_STEPS) {
      if ((to - from) / step + 1 <= Math.max(1, most)) {
        return step;
      }
    }
    return Math.ceilDiv((to - from) / DAY, Math.max(1, most)) * DAY;
  }

  /// Round clock times within a span of epoch milliseconds, both ends included.
  ///
  /// @param most greatest number of ticks
  public static long[] times(long from, long to, ZoneId zone, int most) {
    long step = timeStep(from, to, most);
    long offset = Instant.ofEpochMilli(from).atZone(zone).getOffset().getTotalSeconds() * SECOND;
    long first = Math.ceilDiv(from + offset, step) * step - offset;
    int count = first > to ? 0 : (int) ((to - first) / step) + 1;
    long[] ticks = new long[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = first + i * step;
    }
    return ticks;
  }
}
