package dev.millrace.engine.history;

import dev.millrace.engine.event.Micros;
import java.time.Duration;
import java.time.Instant;

/// Equal slots of time in which anomalies are counted. They begin at multiples of their width since
/// 1970, so that they stay where they are while a span goes on.
///
/// @param width of a slot in microseconds
public record PeakGrid(long width) {

  /// A span of time touches as many slots, or one more.
  public static final int SLOTS = 144;

  public PeakGrid {
    if (width <= 0) {
      throw new IllegalArgumentException("A slot must last");
    }
  }

  public static PeakGrid of(Instant from, Instant to) {
    return new PeakGrid(Math.max(1, Math.ceilDiv(Micros.of(to) - Micros.of(from), (long) SLOTS)));
  }

  /// Where the slot of a time begins.
  public Instant begin(Instant time) {
    return Micros.instant(Math.floorDiv(Micros.of(time), width) * width);
  }

  public Instant end(Instant begin) {
    return Micros.instant(Micros.of(begin) + width);
  }

  public Duration length() {
    return Duration.ofNanos(1_000 * width);
  }
}
