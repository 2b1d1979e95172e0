package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.views.sample.SampleConsole;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.shell.RoomDeck;
import dev.millrace.views.theme.Theme;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import org.testfx.util.WaitForAsyncUtils;

/// Rooms stay styled behind the one on show, and are made ready before anybody opens them.
@ExtendWith(ApplicationExtension.class)
class KeptRoomsIT {

  @SuppressWarnings("NullAway.Init")
  private SampleConsole sample;

  @SuppressWarnings("NullAway.Init")
  private Stage stage;

  @Start
  void start(Stage shown) {
    stage = shown;
  }

  @Stop
  void stop() {
    sample.console().close();
  }

  @Test
  void aRoomThatWasLeftStandsUnseenBehindTheNext(FxRobot robot) {
    RoomDeck deck = show(robot, false);
    Node overview = deck.shown();
    robot.interact(() -> sample.console().open("runs"));
    assertThat(deck.getChildren()).hasSize(2).first().isEqualTo(deck.shown());
    assertThat(deck.shown().isVisible()).isTrue();
    assertThat(overview.isVisible()).isFalse();
    assertThat(overview.isManaged()).isFalse();

    robot.interact(() -> sample.console().open("overview"));
    assertThat(deck.shown()).isSameAs(overview);
    assertThat(overview.isVisible()).isTrue();
    assertThat(deck.getChildren()).hasSize(2);
  }

  @Test
  void anotherThemeStylesTheRoomOnShowAndNoOther(FxRobot robot) {
    RoomDeck deck = show(robot, false);
    robot.interact(() -> sample.console().open("runs"));
    robot.interact(() -> sample.console().theme(sample.console().theme().other()));
    assertThat(deck.getChildren()).containsExactly(deck.shown());
    robot.interact(() -> sample.console().open("overview"));
    assertThat(deck.getChildren()).hasSize(2);
    robot.interact(() -> sample.console().theme(Theme.DARK));
  }

  @Test
  void aRoomNobodyOpenedIsReadyUnseenAndOpensAsItStands(FxRobot robot) throws Exception {
    RoomDeck deck = show(robot, true);
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> deck.getChildren().size() > 1);
    WaitForAsyncUtils.waitForFxEvents();
    Node ready = deck.getChildren().get(1);
    assertThat(ready.isVisible()).isFalse();
    assertThat(ready.getLayoutBounds().getWidth())
        .isEqualTo(deck.shown().getLayoutBounds().getWidth());

    robot.interact(() -> sample.console().open("pipeline"));
    assertThat(deck.shown()).isSameAs(ready);
    assertThat(ready.isVisible()).isTrue();
  }

  @Test
  void everyRoomStandsBeingLowWhileItIsMadeReady(FxRobot robot) {
    RoomDeck deck = show(robot, false);
    for (String room : sample.console().rooms()) {
      robot.interact(() -> sample.console().open(room));
      Node view = deck.shown();
      robot.interact(() -> sample.console().open(room.equals("runs") ? "lake" : "runs"));
      for (double share : new double[] {0.1, 0.3, 0.6, 1}) {
        robot.interact(
            () -> {
              view.resize(view.getLayoutBounds().getWidth(), 0);
              deck.prepare(view, share);
              ((Parent) view).layout();
            });
        assertThat(view.getLayoutBounds().getHeight())
            .as(room)
            .isCloseTo(share * deck.shown().getLayoutBounds().getHeight(), within(1.0));
      }
    }
  }

  private RoomDeck show(FxRobot robot, boolean animated) {
    robot.interact(
        () -> {
          sample = SampleConsole.of(Case.NORMAL, animated);
          sample.engine().idle();
          stage.setScene(new Scene(sample.console().root(), 1280, 800));
          stage.show();
        });
    return robot.lookup(RoomDeck.class::isInstance).queryAs(RoomDeck.class);
  }
}
