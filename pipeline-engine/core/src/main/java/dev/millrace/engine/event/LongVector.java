package dev.millrace.engine.event;

import java.util.Arrays;

/// Column of `BIGINT`, or of `TIMESTAMP` as microseconds UTC.
public final class LongVector extends Vector {

  private long[] values;

  LongVector(int capacity) {
    super(capacity);
    values = new long[capacity];
  }

  public long at(int row) {
    return values[row];
  }

  /// The values by row; shared, see {@link Vector}.
  public long[] values() {
    return values;
  }

  void set(int row, long value) {
    values[row] = value;
    present(row);
  }

  @Override
  void growValues(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  void clearValues() {}
}
