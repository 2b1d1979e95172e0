package dev.millrace.engine.event;

import java.time.Instant;

/// Instants as microseconds since 1970-01-01T00:00:00Z, as batches and tables hold them.
public final class Micros {

  private static final long DAY = 86_400_000_000L;

  private Micros() {}

  /// The instant with what is below a microsecond cut off.
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  /// Its UTC day as days since 1970-01-01.
  public static int epochDay(long micros) {
    return (int) Math.floorDiv(micros, DAY);
  }
}
