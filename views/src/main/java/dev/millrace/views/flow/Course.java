package dev.millrace.views.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// The last values of a figure as this console saw them, oldest first.
final class Course {

  private final int most;
  private double[] values = new double[0];
  private Instant last = Instant.MIN;

  Course(int most) {
    this.most = most;
  }

  /// Takes a value in, at most one a second.
  void sample(double value, Instant at) {
    if (last.equals(Instant.MIN) || Duration.between(last, at).toMillis() >= 1000) {
      last = at;
      add(value);
    }
  }

  void add(double value) {
    double[] next =
        values.length < most
            ? Arrays.copyOf(values, values.length + 1)
            : Arrays.copyOfRange(values, 1, values.length + 1);
    next[next.length - 1] = value;
    values = next;
  }

  /// Not changed afterwards.
  double[] values() {
    return values;
  }
}
