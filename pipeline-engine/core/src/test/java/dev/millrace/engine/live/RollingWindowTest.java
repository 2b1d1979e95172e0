package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingWindowTest {

  /// Against sums over the last 60 values, spikes of 1e9 included.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithPlainSums(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RollingWindow window = new RollingWindow();
    List<Double> before = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      double value = 20 + random.nextDouble() + (random.nextInt(200) == 0 ? 1e9 : 0);
      double expected = score(before, value);
      double actual = window.score(value);
      if (Double.isNaN(expected)) {
        assertThat(actual).as("seed %d value %d", seed, i).isNaN();
      } else {
        assertThat(actual)
            .as("seed %d value %d", seed, i)
            .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
      }
      window.add(value);
      before.add(value);
      if (before.size() > 60) {
        before.removeFirst();
      }
    }
  }

  private static double score(List<Double> values, double value) {
    if (values.size() < 10) {
      return Double.NaN;
    }
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / (values.size() - 1));
    return deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? (value - mean) / deviation : Double.NaN;
  }
}
