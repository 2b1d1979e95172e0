package dev.millrace.engine.history;

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

  /// The same as a condition on the columns `reason` and `score`.
  String sql() {
    String range = "reason LIKE '%RANGE%'";
    return switch (this) {
      case CRITICAL -> range;
      case WARNING -> "NOT " + range + " AND coalesce(abs(score), 0) >= " + STRIKING;
      case NOTICE -> "NOT " + range + " AND coalesce(abs(score), 0) < " + STRIKING;
    };
  }

  /// An expression on the columns `reason` and `score` that is the greater the graver.
  static String rank() {
    return "CASE WHEN reason LIKE '%RANGE%' THEN 1e9 ELSE 0 END + least(coalesce(abs(score), 0),"
        + " 1e8)";
  }
}
