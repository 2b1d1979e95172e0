package dev.millrace.views.anomalies;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.text.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One anomaly as the table shows it, of thousands that are made each second: its words are put
/// together when they are read.
///
/// @param today the day on which it is looked at, as times of another day name theirs
/// @param detail its words on the timeline, by which it is found there
public record AnomalyRow(Anomaly anomaly, String today, AnomalyWords detail) {

  static AnomalyRow of(Anomaly anomaly, Clock clock, Instant now, String today) {
    return new AnomalyRow(anomaly, today, new AnomalyWords(anomaly, clock, now));
  }

  Gravity gravity() {
    return Gravity.of(anomaly);
  }

  String timeText() {
    return detail.clock().second(anomaly.time(), detail.now());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AnomalyRow row && today.equals(row.today) && same(anomaly, row.anomaly);
  }

  /// Field by field: thousands are compared within one frame, and place, type and unit go with the
  /// sensor.
  private static boolean same(Anomaly a, Anomaly b) {
    return a.time().equals(b.time())
        && a.entity().equals(b.entity())
        && a.reason().equals(b.reason())
        && Double.compare(a.value(), b.value()) == 0
        && Double.compare(a.score(), b.score()) == 0;
  }

  @Override
  public int hashCode() {
    return anomaly.time().hashCode() + 31 * anomaly.entity().hashCode();
  }
}
