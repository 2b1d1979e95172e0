package dev.millrace.engine.history;

import dev.millrace.engine.live.Gravity;

/// {@link Gravity} in SQL, on the columns `reason` and `score`.
final class GravitySql {

  private static final String RANGE = "reason LIKE '%RANGE%'";

  private GravitySql() {}

  /// A condition that holds for anomalies of a gravity.
  static String is(Gravity gravity) {
    return switch (gravity) {
      case CRITICAL -> RANGE;
      case WARNING -> "NOT " + RANGE + " AND coalesce(abs(score), 0) >= " + Gravity.STRIKING;
      case NOTICE -> "NOT " + RANGE + " AND coalesce(abs(score), 0) < " + Gravity.STRIKING;
    };
  }

  /// An expression that is the gravity's ordinal.
  static String ordinal() {
    return "CASE WHEN "
        + is(Gravity.CRITICAL)
        + " THEN "
        + Gravity.CRITICAL.ordinal()
        + " WHEN "
        + is(Gravity.WARNING)
        + " THEN "
        + Gravity.WARNING.ordinal()
        + " ELSE "
        + Gravity.NOTICE.ordinal()
        + " END";
  }

  /// An expression that is the greater the graver.
  static String rank() {
    return "CASE WHEN " + RANGE + " THEN 1e9 ELSE 0 END + least(coalesce(abs(score), 0), 1e8)";
  }
}
