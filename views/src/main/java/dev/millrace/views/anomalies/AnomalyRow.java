package dev.millrace.views.anomalies;

import dev.millrace.engine.history.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.text.Clock;
import java.time.Instant;

/// One anomaly as the table shows it.
///
/// @param detail its words on the timeline, by which it is found there
public record AnomalyRow(Anomaly anomaly, Gravity gravity, String timeText, AnomalyWords detail) {

  static AnomalyRow of(Anomaly anomaly, Clock clock, Instant now) {
    return new AnomalyRow(
        anomaly,
        Gravity.of(anomaly),
        clock.second(anomaly.time(), now),
        new AnomalyWords(anomaly, clock, now));
  }
}
