package dev.millrace.views.flow;

import java.time.Duration;
import java.time.Instant;

/// Whether a count grew of late, as this console saw it.
final class Recent {

  private final Duration span;
  private long count = Long.MAX_VALUE;
  private Instant grew = Instant.MIN;

  /// @param span how long a growth counts as of late
  Recent(Duration span) {
    this.span = span;
  }

  /// Takes a count in. The first tells nothing: it may have grown long ago.
  void take(long next, Instant now) {
    if (next > count) {
      grew = now;
    }
    count = next;
  }

  boolean at(Instant now) {
    return !grew.equals(Instant.MIN) && Duration.between(grew, now).compareTo(span) <= 0;
  }
}
