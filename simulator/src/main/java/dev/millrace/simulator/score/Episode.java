package dev.millrace.simulator.score;

import dev.millrace.simulator.TruthKind;

/// One fault or zone event as far as it was met so far. For one thread.
final class Episode {

  static final long NEVER = Long.MIN_VALUE;

  final TruthKind kind;

  /// Event time of its first reading, in microseconds.
  long onset = Long.MAX_VALUE;

  /// Readings of it that stand in the table, and those of them that are flagged.
  long seen;

  long flagged;

  /// Event time of the first flagged one.
  long firstFlag = NEVER;

  Episode(TruthKind kind) {
    this.kind = kind;
  }

  void meet(long micros, boolean isFlagged) {
    seen++;
    if (isFlagged) {
      flagged++;
      firstFlag = firstFlag == NEVER ? micros : Math.min(firstFlag, micros);
    }
  }
}
