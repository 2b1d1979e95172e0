package dev.millrace.engine.event;

import java.util.Arrays;

/// One column of a batch: a primitive per row, and whether the row is null there.
///
/// Confined to one thread at a time. Arrays handed out are shared and hold more elements than the
/// batch has rows: read only, up to {@link ColumnBatch#rows()}. What stands at a null is undefined.
public abstract sealed class Vector
    permits LongVector, IntVector, DoubleVector, TextVector, BytesVector {

  private boolean[] nulls;
  private boolean anyNull;

  Vector(int capacity) {
    nulls = new boolean[capacity];
  }

  public final boolean isNull(int row) {
    return anyNull && nulls[row];
  }

  /// Whether some row since the last clearing may be null; false means none is.
  public final boolean mayHaveNulls() {
    return anyNull;
  }

  final void setNull(int row) {
    nulls[row] = true;
    anyNull = true;
  }

  /// Makes the row one that is not null.
  final void present(int row) {
    if (anyNull) {
      nulls[row] = false;
    }
  }

  final void growTo(int capacity) {
    nulls = Arrays.copyOf(nulls, capacity);
    growValues(capacity);
  }

  final void clear() {
    if (anyNull) {
      Arrays.fill(nulls, false);
      anyNull = false;
    }
    clearValues();
  }

  abstract void growValues(int capacity);

  abstract void clearValues();
}
