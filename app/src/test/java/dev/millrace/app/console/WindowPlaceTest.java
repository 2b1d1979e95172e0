package dev.millrace.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class WindowPlaceTest {

  private static final Rectangle2D SMALL = new Rectangle2D(0, 0, 1280, 800);
  private static final Rectangle2D LARGE = new Rectangle2D(1280, 0, 1920, 1080);

  @Test
  void aWindowTheScreensShowStaysAsItIs() {
    Rectangle2D window = new Rectangle2D(100, 50, 1000, 700);
    assertThat(WindowPlace.fitted(window, List.of(SMALL))).contains(window);
    Rectangle2D overBoth = new Rectangle2D(900, 0, 1000, 700);
    assertThat(WindowPlace.fitted(overBoth, List.of(SMALL, LARGE))).contains(overBoth);
  }

  @Test
  void oneLargerThanItsScreenIsMadeSmaller() {
    assertThat(WindowPlace.fitted(new Rectangle2D(0, 0, 1440, 900), List.of(SMALL)))
        .contains(SMALL);
    assertThat(WindowPlace.fitted(new Rectangle2D(1400, 10, 1900, 1000), List.of(SMALL, LARGE)))
        .contains(new Rectangle2D(1300, 10, 1900, 1000));
  }

  @Test
  void oneHalfOutsideIsMovedIn() {
    assertThat(WindowPlace.fitted(new Rectangle2D(-300, 600, 1000, 700), List.of(SMALL)))
        .contains(new Rectangle2D(0, 100, 1000, 700));
  }

  @Test
  void whereNoScreenIsThePlaceIsForgotten() {
    assertThat(WindowPlace.fitted(new Rectangle2D(1500, 0, 1000, 700), List.of(SMALL))).isEmpty();
    assertThat(WindowPlace.fitted(new Rectangle2D(0, 0, 0, 0), List.of(SMALL))).isEmpty();
  }
}
