package dev.millrace.engine.event;

import java.util.Arrays;

/// Column of `BINARY`; each value is an array of its own.
public final class BytesVector extends Vector {

  private static final byte[] NONE = {};

  private byte[][] values;

  BytesVector(int capacity) {
    super(capacity);
    values = new byte[capacity][];
    Arrays.fill(values, NONE);
  }

  /// The value; shared, read only.
  public byte[] at(int row) {
    return values[row];
  }

  void set(int row, byte[] value) {
    values[row] = value;
    present(row);
  }

  @Override
  void growValues(int capacity) {
    int old = values.length;
    values = Arrays.copyOf(values, capacity);
    Arrays.fill(values, old, capacity, NONE);
  }

  @Override
  void clearValues() {
    Arrays.fill(values, NONE);
  }
}
