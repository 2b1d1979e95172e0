package dev.millrace.views.heatmap;

import dev.millrace.engine.live.LiveSnapshot.Series;
import java.util.Arrays;
import java.util.Optional;

/// What a kind reads at a place most of the time: the middle 80 % of a day's minutes.
///
/// A sensor that drifts slowly is no anomaly by any of its readings, for its rolling mean drifts
/// with it; it is by where it has come to.
///
/// @param low end of what is usual, in the kind's unit
/// @param high its other end
record Usual(double low, double high) {

  /// So many minutes tell.
  private static final int LEAST = 60;

  private static final int RECENT = 5;

  /// Farther away than so many times its own width is far.
  private static final double FAR = 2;

  /// @param most minutes looked at, evenly over the day
  /// @return empty with less than an hour of minutes
  static Optional<Usual> of(Series series, int most) {
    double[] minutes = series.mean();
    if (minutes.length < LEAST) {
      return Optional.empty();
    }
    double[] sorted = sample(minutes, most);
    Arrays.sort(sorted);
    int cut = sorted.length / 10;
    return Optional.of(new Usual(sorted[cut], sorted[sorted.length - 1 - cut]));
  }

  private static double[] sample(double[] minutes, int most) {
    if (minutes.length <= most) {
      return minutes.clone();
    }
    double[] some = new double[most];
    for (int i = 0; i < most; i++) {
      some[i] = minutes[(int) ((long) i * minutes.length / most)];
    }
    return some;
  }

  /// The median of a series' last minutes, of which one alone says little.
  static double recent(Series series) {
    double[] minutes = series.mean();
    double[] last =
        Arrays.copyOfRange(minutes, Math.max(0, minutes.length - RECENT), minutes.length);
    Arrays.sort(last);
    return last.length == 0 ? Double.NaN : last[last.length / 2];
  }

  /// How far beyond it a value lies; 0 within.
  double beyond(double value) {
    return Math.max(0, Math.max(low - value, value - high));
  }

  boolean isFar(double value) {
    return beyond(value) > FAR * Math.max(high - low, 1e-9);
  }
}
