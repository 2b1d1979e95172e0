package dev.millrace.views.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Tone;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KpisTest {

  @Test
  void aRateThatGrewManyTimesIsToldInTimesAndNotInPercent() {
    Kpi rate = rate(10, 200);
    assertThat(rate.note()).isEqualTo("▲ 20 times in 1 min");
    assertThat(rate.tone()).isEqualTo(Tone.GOOD);
  }

  @Test
  void aSmallerChangeIsToldInPercent() {
    assertThat(rate(100, 1_090).note()).isEqualTo("▲ 990 % in 1 min");
    assertThat(rate(100, 50).note()).isEqualTo("▼ 50 % in 1 min");
    assertThat(rate(100, 50).tone()).isEqualTo(Tone.WARNING);
    assertThat(rate(1_000, 1_005).note()).isEqualTo("steady over 2 min");
  }

  @Test
  void aBurstIsNoRateFromWhichItFalls() {
    double[] course = course(100, 100);
    Arrays.fill(course, 10, 30, 30_000);
    Kpi rate = rate(course);
    assertThat(rate.note()).isEqualTo("steady over 2 min");
    assertThat(rate.tone()).isEqualTo(Tone.MUTED);
  }

  @Test
  void aRateIsComparedWithThatOfAMinuteBeforeAndNoOther() {
    double[] begun = course(0, 100);
    assertThat(rate(begun).note()).as("began a minute ago").isEqualTo("over the last 2 min");
    double[] filled = course(0, 100);
    Arrays.fill(filled, 30, 40, 30_000);
    Arrays.fill(filled, 40, 60, 100);
    assertThat(rate(filled).note()).as("filled 90 s ago").isEqualTo("over the last 2 min");
    double[] changed = course(890, 890);
    Arrays.fill(changed, 0, 25, 100);
    assertThat(rate(changed).note()).as("rose 95 s ago").isEqualTo("steady over 2 min");
    Arrays.fill(changed, 100, 110, 0);
    assertThat(rate(changed).note()).as("stood still for 10 s").isEqualTo("steady over 2 min");
  }

  private static Kpi rate(double before, double after) {
    return rate(course(before, after));
  }

  private static double[] course(double before, double after) {
    double[] course = new double[120];
    Arrays.fill(course, 0, 60, before);
    Arrays.fill(course, 60, 120, after);
    return course;
  }

  private static Kpi rate(double[] course) {
    return Kpis.rate(new Altered(Desk.of(Case.NORMAL).moment()).rate(course).moment());
  }
}
