package dev.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

  @Test
  void oneIsSingularAndAllElseIsPlural() {
    assertThat(Count.of(0, "row")).isEqualTo("0 rows");
    assertThat(Count.of(1, "row")).isEqualTo("1 row");
    assertThat(Count.of(2_000, "dead letter")).isEqualTo("2,000 dead letters");
    assertThat(Count.of(2, "entry")).isEqualTo("2 entries");
    assertThat(Count.of(2, "key")).isEqualTo("2 keys");
    assertThat(Count.of(3, "batch")).isEqualTo("3 batches");
    assertThat(Count.is(1) + " " + Count.is(0) + " " + Count.was(1) + " " + Count.was(2))
        .isEqualTo("is are was were");
  }
}
