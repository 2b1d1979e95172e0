package dev.millrace.engine.live;

/// Whether an entity is stuck: one whose readings vary says the same value again and again.
///
/// Stuck is one that has said the same value {@link #STUCK} times in a row, and changed it at least
/// as often as not before. One that did so three times does it by nature (a door, a room at night)
/// and is stuck no more.
///
/// Confined to the writing thread.
final class Repeats {

  /// So many readings of one value in a row.
  static final int STUCK = 30;

  private static final int LEAST_CHANGES = 30;
  private static final int BY_NATURE = 3;

  private double value = Double.NaN;

  /// Readings in a row with that value.
  private int run;

  private int changes;

  /// Readings that said what the one before said, but for those of long runs.
  private int repeats;

  private int longRuns;

  /// Takes the next reading.
  void add(double next) {
    add(next, 1);
  }

  /// Takes the next readings, of one value.
  ///
  /// @param times at least 1
  void add(double next, int times) {
    if (next == value) {
      run += times;
      return;
    }
    if (run >= STUCK) {
      longRuns++;
    } else if (run > 0) {
      repeats += run - 1;
      changes++;
    }
    if (changes + repeats > 1_000) {
      changes /= 2;
      repeats /= 2;
    }
    value = next;
    run = times;
  }

  /// Readings in a row with one value, when the entity is stuck; otherwise 0.
  int stuckFor() {
    boolean varies = changes >= LEAST_CHANGES && changes >= repeats;
    return run >= STUCK && varies && longRuns < BY_NATURE ? run : 0;
  }
}
