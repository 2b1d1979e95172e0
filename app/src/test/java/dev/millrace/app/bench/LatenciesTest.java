package dev.millrace.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.app.bench.LiveSample.Minute;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bench's own arithmetic.
class LatenciesTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void percentilesAreThoseOfTheSortedLatencies(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] micros = new long[10_000];
    Latencies latencies = new Latencies();
    for (int i = 0; i < micros.length; i++) {
      micros[i] = (long) Math.exp(random.nextDouble() * 15);
      latencies.add(micros[i]);
    }
    Arrays.sort(micros);
    for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
      double exact = micros[(int) Math.ceil(share * micros.length) - 1] / 1e3;
      assertThat(latencies.millis(share))
          .as("seed %d, share %s", seed, share)
          .isBetween(exact, exact * 1.01 + 0.002);
    }
    assertThat(latencies.largestMillis()).isEqualTo(micros[micros.length - 1] / 1e3);
    assertThat(new Latencies().millis(0.5)).isZero();
  }

  @Test
  void slopeIsThatOfTheLaterHalf() {
    List<Minute> minutes =
        IntStream.rangeClosed(1, 20)
            .mapToObj(n -> new Minute(n, 0, 0, 0, n <= 10 ? n * 100 : 500 + 2 * n, 0))
            .toList();
    assertThat(LiveBench.slope(soak(minutes)).orElseThrow()).isCloseTo(2, within(1e-9));
    assertThat(LiveBench.slope(soak(minutes.subList(0, 1)))).isEmpty();
  }

  private static LiveSample soak(List<Minute> minutes) {
    return new LiveSample(LiveMeasure.STREAM, 1, 1, 1, 1, 1, 1, 1, 1, minutes);
  }
}
