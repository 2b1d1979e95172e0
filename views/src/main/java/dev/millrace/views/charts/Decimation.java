package dev.millrace.views.charts;

/// Lowest and highest value per pixel column, so that painting costs by width and not by points.
///
/// Reused from frame to frame: it allocates only when the width grows.
public final class Decimation {

  private double[] low = new double[0];
  private double[] high = new double[0];
  private double[] last = new double[0];
  private int columns;

  /// @param x ascending positions; those outside `from` to `to` are left out
  /// @param columns number of pixel columns that `from` to `to` is spread over
  public void take(long[] x, double[] y, long from, long to, int columns) {
    reset(columns);
    double scale = columns / (double) Math.max(1, to - from);
    for (int i = firstAtOrAfter(x, from); i < x.length && x[i] <= to; i++) {
      double value = y[i];
      if (Double.isNaN(value)) {
        continue;
      }
      int column = Math.min(columns - 1, (int) ((x[i] - from) * scale));
      if (Double.isNaN(low[column])) {
        low[column] = value;
        high[column] = value;
      } else if (value < low[column]) {
        low[column] = value;
      } else if (value > high[column]) {
        high[column] = value;
      }
      last[column] = value;
    }
  }

  private void reset(int count) {
    columns = count;
    if (low.length < count) {
      low = new double[count];
      high = new double[count];
      last = new double[count];
    }
    java.util.Arrays.fill(low, 0, count, Double.NaN);
    java.util.Arrays.fill(high, 0, count, Double.NaN);
    java.util.Arrays.fill(last, 0, count, Double.NaN);
  }

  public int columns() {
    return columns;
  }

  public boolean holds(int column) {
    return !Double.isNaN(low[column]);
  }

  public double low(int column) {
    return low[column];
  }

  public double high(int column) {
    return high[column];
  }

  /// Value of the column's last point, where the line leaves it.
  public double last(int column) {
    return last[column];
  }

  /// Index of the first position at or after `x`; the length when there is none.
  public static int firstAtOrAfter(long[] ascending, long x) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
