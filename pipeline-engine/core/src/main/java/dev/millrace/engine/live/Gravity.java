package dev.millrace.engine.live;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import java.util.Comparator;

/// How grave an anomaly is.
public enum Gravity {
  /// Out of line by less than {@link #STRIKING} standard deviations.
  NOTICE,
  /// Within its range, but {@link #STRIKING} standard deviations and more out of line.
  WARNING,
  /// Out of its physical range.
  CRITICAL;

  /// Standard deviations from which a z-score is a warning.
  public static final double STRIKING = 8;

  /// The graver, and of two as grave the further out of line, is the greater.
  public static final Comparator<Anomaly> ORDER =
      Comparator.comparing(Gravity::of).thenComparingDouble(Gravity::distance);

  private static double distance(Anomaly anomaly) {
    return Double.isNaN(anomaly.score()) ? 0 : Math.abs(anomaly.score());
  }

  public static Gravity of(Anomaly anomaly) {
    if (anomaly.reason().contains("RANGE")) {
      return CRITICAL;
    }
    return Math.abs(anomaly.score()) >= STRIKING ? WARNING : NOTICE;
  }
}
