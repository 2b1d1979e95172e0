package dev.millrace.views.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimationTest {

  @Test
  void everyColumnKeepsItsLowestHighestAndLastValue() {
    long seed = 20260320;
    Random random = new Random(seed);
    int points = 50_000;
    int wide = 613;
    long[] x = new long[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      x[i] = 1_000L + i;
      y[i] = random.nextGaussian();
    }
    Decimation decimation = new Decimation();
    decimation.take(x, y, 1_000, 1_000 + points, wide);
    double[] low = new double[wide];
    double[] high = new double[wide];
    java.util.Arrays.fill(low, Double.POSITIVE_INFINITY);
    java.util.Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < points; i++) {
      int column = Math.min(wide - 1, (int) ((x[i] - 1_000) * ((double) wide / points)));
      low[column] = Math.min(low[column], y[i]);
      high[column] = Math.max(high[column], y[i]);
    }
    for (int c = 0; c < wide; c++) {
      assertThat(decimation.low(c)).as("seed %d column %d", seed, c).isEqualTo(low[c]);
      assertThat(decimation.high(c)).as("seed %d column %d", seed, c).isEqualTo(high[c]);
      assertThat(decimation.last(c)).isBetween(low[c], high[c]);
    }
  }

  @Test
  void columnsWithoutAPointHoldNothing() {
    Decimation decimation = new Decimation();
    decimation.take(new long[] {5, 95}, new double[] {1, 2}, 0, 100, 10);
    assertThat(decimation.holds(0)).isTrue();
    assertThat(decimation.holds(5)).isFalse();
    assertThat(decimation.holds(9)).isTrue();
  }

  @Test
  void pointsOutsideTheSpanAreLeftOut() {
    Decimation decimation = new Decimation();
    decimation.take(new long[] {-5, 50, 200}, new double[] {9, 1, 9}, 0, 100, 4);
    assertThat(decimation.high(2)).isEqualTo(1);
    assertThat(decimation.holds(0)).isFalse();
    assertThat(decimation.holds(3)).isFalse();
  }
}
