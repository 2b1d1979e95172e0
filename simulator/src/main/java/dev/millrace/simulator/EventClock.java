package dev.millrace.simulator;

import java.time.Instant;

/// Event times from an instant on, evenly at a rate. For one thread.
final class EventClock {

  private long from;
  private double rate;
  private long turn;

  /// @param rate events per second, above 0
  EventClock(Instant start, double rate) {
    this.from = BatchTimes.micros(start);
    this.rate = rate;
  }

  /// The next event's, in microseconds.
  long next() {
    return from + (long) (turn++ * (1e6 / rate));
  }

  /// From the next event on at this rate.
  void rate(double newRate) {
    if (newRate != rate) {
      from += (long) (turn * (1e6 / rate));
      turn = 0;
      rate = newRate;
    }
  }
}
