package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatsTest {

  private final Repeats repeats = new Repeats();
  private final SplittableRandom random = new SplittableRandom(5);

  private void same(double value, int times) {
    for (int i = 0; i < times; i++) {
      repeats.add(value);
    }
  }

  /// Rounded readings, of which a quarter say what the one before said.
  private void vary(int times) {
    for (int i = 0; i < times; i++) {
      repeats.add(random.nextInt(4));
    }
  }

  @Test
  void oneThatVariedAndSaysTheSameThirtyTimesIsStuckUntilItVaries() {
    vary(300);
    assertThat(repeats.stuckFor()).isZero();
    same(21, 29);
    assertThat(repeats.stuckFor()).isZero();
    same(21, 1);
    assertThat(repeats.stuckFor()).isEqualTo(30);
    same(21, 4);
    assertThat(repeats.stuckFor()).isEqualTo(34);
    repeats.add(22);
    assertThat(repeats.stuckFor()).isZero();
    vary(50);
    same(9, 40);
    assertThat(repeats.stuckFor()).as("a second time").isEqualTo(40);
  }

  @Test
  void whatHardlyVariesIsNeverStuck() {
    same(1, 500);
    assertThat(repeats.stuckFor()).as("always the same").isZero();
    for (int i = 0; i < 200; i++) {
      same(i % 2, 2 + i % 7);
    }
    same(0, 100);
    assertThat(repeats.stuckFor()).as("a door").isZero();
  }

  @Test
  void whatIsLongTheSameAgainAndAgainIsSoByNature() {
    for (int night = 0; night < 5; night++) {
      vary(400);
      same(7, 31);
      assertThat(repeats.stuckFor()).isEqualTo(night < 3 ? 31 : 0);
    }
  }
}
