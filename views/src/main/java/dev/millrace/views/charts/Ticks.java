package dev.millrace.views.charts;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// Where an axis is marked.
public final class Ticks {

  private static final int[] MINUTE_STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440
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

  /// Round clock times within a span of epoch minutes, both ends included.
  ///
  /// @param most greatest number of ticks
  public static long[] times(long from, long to, ZoneId zone, int most) {
    long step = MINUTE_STEPS[MINUTE_STEPS.length - 1];
    for (int candidate : MINUTE_STEPS) {
      if ((to - from) / candidate + 1 <= Math.max(1, most)) {
        step = candidate;
        break;
      }
    }
    ZonedDateTime start = Instant.ofEpochSecond(from * 60).atZone(zone);
    long offset = start.getOffset().getTotalSeconds() / 60;
    long first = Math.ceilDiv(from + offset, step) * step - offset;
    int count = first > to ? 0 : (int) ((to - first) / step) + 1;
    long[] ticks = new long[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = first + i * step;
    }
    return ticks;
  }
}
