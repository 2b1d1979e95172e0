package dev.millrace.engine.ingest;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.TextVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Events of one batch by the slots of {@link Kinds}: an array look-up per event, by the code its
/// kind has in the batch. Threads as {@link MicroBatch}.
final class KindCounts {

  private static final int UNKNOWN = -1;

  private final Kinds kinds;
  private final @Nullable TextVector column;
  private final long[] counts = new long[Kinds.SLOTS];
  private final long[] added = new long[Kinds.SLOTS];
  private int[] slotOfCode = {};
  private int generation = -1;

  KindCounts(Kinds kinds, EventBatch events) {
    this.kinds = kinds;
    column = kinds.column() < 0 ? null : events.columns().text(kinds.column());
  }

  /// Rows `from` to `to` are new; tells the kinds how many flowed.
  void add(int from, int to, long nowMillis) {
    TextVector texts = column;
    if (texts == null) {
      return;
    }
    room(texts);
    for (int row = from; row < to; row++) {
      added[texts.isNull(row) ? Kinds.NAMED : slot(texts, texts.code(row), nowMillis)]++;
    }
    for (int slot = 0; slot < Kinds.SLOTS; slot++) {
      if (added[slot] > 0) {
        counts[slot] += added[slot];
        kinds.flowed(slot, added[slot], nowMillis);
        added[slot] = 0;
      }
    }
  }

  /// Events per slot since the last clearing; read only.
  long[] counts() {
    return counts;
  }

  void clear() {
    Arrays.fill(counts, 0);
  }

  private int slot(TextVector texts, int code, long nowMillis) {
    int slot = slotOfCode[code];
    if (slot == UNKNOWN) {
      slot = kinds.slot(texts.dictionary().text(code), nowMillis);
      slotOfCode[code] = slot;
    }
    return slot;
  }

  private void room(TextVector texts) {
    if (generation != texts.generation()) {
      generation = texts.generation();
      Arrays.fill(slotOfCode, UNKNOWN);
    }
    int size = texts.dictionary().size();
    if (size > slotOfCode.length) {
      int old = slotOfCode.length;
      slotOfCode = Arrays.copyOf(slotOfCode, Math.max(64, 2 * size));
      Arrays.fill(slotOfCode, old, slotOfCode.length, UNKNOWN);
    }
  }
}
