package dev.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenessTest {

  @Test
  void aBoundBelongsToItsBucket() {
    assertThat(Lateness.bucket(1)).isZero();
    assertThat(Lateness.bucket(TimeUnit.MINUTES.toMicros(1))).isZero();
    assertThat(Lateness.bucket(TimeUnit.MINUTES.toMicros(1) + 1)).isEqualTo(1);
    assertThat(Lateness.bucket(TimeUnit.HOURS.toMicros(6))).isEqualTo(4);
    assertThat(Lateness.bucket(TimeUnit.HOURS.toMicros(24) + 1)).isEqualTo(6);
    assertThat(Lateness.label(Lateness.bucket(Long.MAX_VALUE))).isEqualTo("more");
  }

  @Test
  void sumsAreByBucket() {
    Lateness one = new Lateness(List.of(1L, 0L, 0L, 0L, 0L, 0L, 2L));

    assertThat(one.plus(one).counts()).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 4L);
    assertThat(one.plus(Lateness.NONE)).isEqualTo(one);
    assertThat(one.total()).isEqualTo(3);
  }
}
