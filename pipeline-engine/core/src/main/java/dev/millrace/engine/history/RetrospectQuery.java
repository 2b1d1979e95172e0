package dev.millrace.engine.history;

import java.time.Duration;
import java.time.Instant;

/// Which hours are looked back on.
///
/// @param kind of the series
/// @param to the moment that is looked back from, event time
/// @param back how far series and anomalies reach, at most a day
/// @param most anomalies at most
public record RetrospectQuery(String kind, Instant to, Duration back, int most) {

  public RetrospectQuery {
    if (back.isNegative() || back.isZero() || back.compareTo(Duration.ofDays(1)) > 0 || most < 1) {
      throw new IllegalArgumentException("no look back over " + back + " for " + most);
    }
  }
}
