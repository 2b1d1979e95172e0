package dev.millrace.views.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

  @ParameterizedTest
  @CsvSource({"18.2,31.4,5", "0.0001,0.00012,4", "-40,85,6", "7,7,5", "1e9,3e9,3"})
  void ticksSpanTheValuesInFewEqualSteps(double low, double high, int most) {
    double[] ticks = Ticks.around(low, high, most);
    assertThat(ticks.length).isBetween(2, most + 1);
    assertThat(ticks[0]).isLessThanOrEqualTo(low);
    assertThat(ticks[ticks.length - 1]).isGreaterThanOrEqualTo(high);
    double step = ticks[1] - ticks[0];
    for (int i = 1; i < ticks.length; i++) {
      assertThat(ticks[i] - ticks[i - 1])
          .isCloseTo(step, org.assertj.core.data.Percentage.withPercentage(0.001));
    }
  }

  @Test
  void timesAreRoundInTheZoneOfThePerson() {
    ZoneId kolkata = ZoneId.of("Asia/Kolkata");
    long to = ZonedDateTime.of(2026, 3, 20, 14, 14, 0, 0, kolkata).toInstant().toEpochMilli();
    long[] ticks = Ticks.times(to - 86_400_000, to, kolkata, 8);
    assertThat(ticks).hasSizeBetween(4, 8);
    for (long tick : ticks) {
      assertThat(java.time.Instant.ofEpochMilli(tick).atZone(kolkata).getMinute()).isZero();
    }
  }
}
