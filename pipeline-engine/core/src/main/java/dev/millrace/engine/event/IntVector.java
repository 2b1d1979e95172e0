package dev.millrace.engine.event;

import java.util.Arrays;

/// Column of `INT`, of `DATE` as epoch days, or of `BOOLEAN` as 0 and 1.
public final class IntVector extends Vector {

  private int[] values;

  IntVector(int capacity) {
    super(capacity);
    values = new int[capacity];
  }

  public int at(int row) {
    return values[row];
  }

  /// The values by row; shared, see {@link Vector}.
  public int[] values() {
    return values;
  }

  void set(int row, int value) {
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
