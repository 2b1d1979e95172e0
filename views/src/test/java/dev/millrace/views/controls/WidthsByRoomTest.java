package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WidthsByRoomTest {

  private static final double[] LEAST = {100, 60, 110};
  private static final double[] WANTED = {100, 160, 310};

  @Test
  void whatIsLeftGoesToThoseThatCanDoWithLess() {
    assertThat(WidthsByRoom.widths(1_040, LEAST, WANTED)).containsExactly(100, 320, 620);
    assertThat(WidthsByRoom.widths(300, new double[] {40, 60}, new double[] {40, 60}))
        .as("where none can, to the last")
        .containsExactly(40, 260);
  }

  @Test
  void whereRoomIsShortAllGiveWayByWhatTheyCanSpare() {
    assertThat(WidthsByRoom.widths(420, LEAST, WANTED)).containsExactly(100, 110, 210);
    assertThat(WidthsByRoom.widths(200, LEAST, WANTED)).as("no less than least").isEqualTo(LEAST);
  }

  @Test
  void theRoomIsFilledWheneverItHoldsTheLeastWidths() {
    Random random = new Random(20_260_320);
    for (int round = 0; round < 1_000; round++) {
      int columns = 1 + random.nextInt(9);
      double[] least = random.doubles(columns, 20, 120).toArray();
      double[] wanted = Arrays.stream(least).map(w -> w + random.nextInt(3) * 90).toArray();
      double room = Arrays.stream(least).sum() + random.nextDouble() * 900;
      double[] widths = WidthsByRoom.widths(room, least, wanted);
      assertThat(Arrays.stream(widths).sum())
          .as("round %d", round)
          .isBetween(room - 1e-6, room + columns);
      for (int i = 0; i < columns; i++) {
        assertThat(widths[i]).isGreaterThanOrEqualTo(Math.floor(least[i]));
      }
    }
  }
}
