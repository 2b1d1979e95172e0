package dev.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void anOddRateDoesNotDriftOverAnHour() {
    Pacer pacer = new Pacer(333.3, 0);
    long taken = 0;
    for (long now = 0; now <= 3600 * SECOND; now += 7_000_001) {
      long due = pacer.due(now);
      pacer.take(due);
      taken += due;
    }

    assertThat(taken).isBetween(1_199_875L, 1_199_880L);
  }

  @Test
  void untilNextIsWhenOneMoreIsDue() {
    Pacer pacer = new Pacer(10, 5 * SECOND);
    pacer.take(pacer.due(5 * SECOND));

    long wait = pacer.untilNext(5 * SECOND);

    assertThat(wait).isEqualTo(SECOND / 10);
    assertThat(pacer.due(5 * SECOND + wait - 1000)).isZero();
    assertThat(pacer.due(5 * SECOND + wait)).isEqualTo(1);
  }

  @Test
  void aNewRateCountsFromItsMoment() {
    Pacer pacer = new Pacer(1000, 0);
    pacer.take(pacer.due(SECOND));
    pacer.rate(10, SECOND);

    assertThat(pacer.due(SECOND)).isZero();
    assertThat(pacer.due(3 * SECOND)).isEqualTo(20);
    assertThat(pacer.rate()).isEqualTo(10);
  }

  @Test
  void afterAStallOnlyTwoSecondsAreMadeUpFor() {
    Pacer pacer = new Pacer(100, 0);

    assertThat(pacer.due(3600 * SECOND)).isEqualTo(200);
    pacer.take(200);
    assertThat(pacer.due(3601 * SECOND)).isEqualTo(100);
  }
}
