package dev.millrace.engine.ingest;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Signs of life of a stream's two threads, for the watchdog to read. Times are nanoseconds of a
/// clock that only goes forward.
///
/// Each method that tells is called by the thread it is about; any thread may read.
final class Vitals {

  private static final double WEIGHT = 0.2;

  /// Offset of the next event of each assigned partition, and whether reading is held back because
  /// the batches are full.
  record Reading(Map<Integer, Long> positions, boolean paused) {}

  private final LongSupplier nanos;
  private volatile long turnedAt;
  private volatile Reading reading = new Reading(Map.of(), false);
  private volatile boolean committing;
  private volatile long commitSince;
  private volatile double usualCommit;
  private volatile boolean reopenWanted;

  Vitals(LongSupplier nanos) {
    this.nanos = nanos;
    turnedAt = nanos.getAsLong();
  }

  /// The stream's thread comes round to a poll.
  void turned(Reading now) {
    turnedAt = nanos.getAsLong();
    reading = now;
  }

  /// An attempt at a commit begins.
  void commitBegins() {
    commitSince = nanos.getAsLong();
    committing = true;
  }

  void commitEnds(boolean landed) {
    committing = false;
    if (landed) {
      double took = nanos.getAsLong() - commitSince;
      usualCommit = usualCommit == 0 ? took : usualCommit + WEIGHT * (took - usualCommit);
    }
  }

  /// Since when the stream's thread has not come round.
  long turnedAt() {
    return turnedAt;
  }

  Reading reading() {
    return reading;
  }

  /// Since when the attempt under way lasts; empty when there is none.
  OptionalLong commitSince() {
    long since = commitSince;
    return committing ? OptionalLong.of(since) : OptionalLong.empty();
  }

  /// How long a commit usually takes; 0 before the first.
  long usualCommit() {
    return (long) usualCommit;
  }

  /// Asks the stream's thread for a fresh connection to the source.
  void wantReopen() {
    reopenWanted = true;
  }

  /// Whether a fresh connection is wanted; the wish is granted by asking.
  boolean takeReopenWish() {
    boolean wanted = reopenWanted;
    reopenWanted = false;
    return wanted;
  }
}
