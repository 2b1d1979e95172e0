package dev.millrace.engine.ingest;

/// Events per second over the last five seconds, in slices of half a second. Confined to one
/// thread.
final class RateMeter {

  private static final int SLICES = 10;
  private static final long SLICE_MILLIS = 500;

  private final long[] counts = new long[SLICES];
  private long slice;
  private final long firstSlice;

  RateMeter(long nowMillis) {
    slice = nowMillis / SLICE_MILLIS;
    firstSlice = slice;
  }

  void add(long events, long nowMillis) {
    advance(nowMillis);
    counts[index(slice)] += events;
  }

  /// Over whole slices: the one under way would make the rate dip.
  double perSecond(long nowMillis) {
    advance(nowMillis);
    long whole = Math.min(SLICES - 1, slice - firstSlice);
    if (whole <= 0) {
      return 0;
    }
    long sum = 0;
    for (long s = slice - whole; s < slice; s++) {
      sum += counts[index(s)];
    }
    return sum * 1_000.0 / (whole * SLICE_MILLIS);
  }

  /// A clock set back leaves the slice where it is.
  private void advance(long nowMillis) {
    long now = nowMillis / SLICE_MILLIS;
    for (long s = Math.max(slice + 1, now - SLICES + 1); s <= now; s++) {
      counts[index(s)] = 0;
    }
    slice = Math.max(slice, now);
  }

  private static int index(long slice) {
    return (int) Math.floorMod(slice, (long) SLICES);
  }
}
