package dev.millrace.engine.live;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;

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

  public static Gravity of(Anomaly anomaly) {
    if (anomaly.reason().contains("RANGE")) {
      return CRITICAL;
    }
    return Math.abs(anomaly.score()) >= STRIKING ? WARNING : NOTICE;
  }
}
