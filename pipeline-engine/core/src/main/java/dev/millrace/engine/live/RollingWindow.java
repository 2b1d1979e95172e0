package dev.millrace.engine.live;

/// Mean and sample deviation of an entity's last 60 readings.
///
/// Updated with each reading (B. P. Welford, "Note on a method for calculating corrected sums of
/// squares and products", 1962, for a sliding window) and summed anew every 60 readings, and when
/// an outlier leaves, so that rounding does not pile up.
final class RollingWindow {

  private static final int SIZE = 60;
  private static final int LEAST = 10;

  /// Share of the mean below which a deviation is taken for rounding.
  private static final double STEADY = 1e-9;

  private final double[] values = new double[SIZE];
  private int count;
  private int next;
  private double mean;
  private double squares;

  /// Distance of the value from the mean in standard deviations; NaN with fewer than 10 readings or
  /// readings that hardly differ.
  double score(double value) {
    if (count < LEAST) {
      return Double.NaN;
    }
    double deviation = Math.sqrt(squares / (count - 1));
    return deviation > STEADY * Math.max(1, Math.abs(mean))
        ? (value - mean) / deviation
        : Double.NaN;
  }

  /// Mean of the readings; 0 before the first.
  double mean() {
    return mean;
  }

  void add(double value) {
    if (count < SIZE) {
      count++;
      double before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
      put(value);
      return;
    }
    double leaving = values[next];
    double oldMean = mean;
    put(value);
    if (next == 0 || 4 * square(leaving - oldMean) > squares) {
      sumAnew();
      return;
    }
    mean += (value - leaving) / SIZE;
    squares = Math.max(0, squares + (value - leaving) * (value - mean + leaving - oldMean));
  }

  private void put(double value) {
    values[next] = value;
    next = next + 1 == SIZE ? 0 : next + 1;
  }

  private void sumAnew() {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += values[i];
    }
    mean = sum / SIZE;
    double sumOfSquares = 0;
    for (int i = 0; i < SIZE; i++) {
      sumOfSquares += square(values[i] - mean);
    }
    squares = sumOfSquares;
  }

  private static double square(double x) {
    return x * x;
  }
}
