package dev.millrace.views.charts;

import dev.millrace.views.text.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// Marks of a time axis and their words: clock times, and the day where one begins.
///
/// @param ticks epoch milliseconds, ascending
/// @param step between them, in milliseconds
record TimeAxis(long[] ticks, long step, Clock clock) {

  private static final long DAY = 86_400_000;

  /// @param most greatest number of ticks
  static TimeAxis over(long from, long to, Clock clock, int most) {
    long step = Ticks.timeStep(from, to, most);
    return new TimeAxis(Ticks.times(from, to, clock.zone(), most), step, clock);
  }

  String words(long tick) {
    Instant at = Instant.ofEpochMilli(tick);
    if (step >= DAY || (step >= DAY / 4 && midnight(at, clock.zone()))) {
      return clock.day(at);
    }
    return step % 60_000 == 0 ? clock.minute(at) : clock.second(at);
  }

  private static boolean midnight(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalTime().toSecondOfDay() == 0;
  }
}
