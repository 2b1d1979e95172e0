package dev.millrace.engine.event;

import java.util.Arrays;

/// Column of `DOUBLE`.
public final class DoubleVector extends Vector {

  private double[] values;

  DoubleVector(int capacity) {
    super(capacity);
    values = new double[capacity];
  }

  public double at(int row) {
    return values[row];
  }

  /// The values by row; shared, see {@link Vector}.
  public double[] values() {
    return values;
  }

  void set(int row, double value) {
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
