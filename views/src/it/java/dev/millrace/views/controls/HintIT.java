package dev.millrace.views.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// A hint under the mouse, in a window.
@ExtendWith(ApplicationExtension.class)
class HintIT {

  private final Label told = new Label("A figure");
  private final Label other = new Label("Another");
  private final StringProperty words = new SimpleStringProperty("of yesterday");

  @Start
  void start(Stage stage) {
    Hint.on(told, words::get);
    told.setMinSize(200, 60);
    other.setMinSize(200, 60);
    stage.setScene(new Scene(new VBox(told, other), 300, 300));
    stage.show();
  }

  @Test
  void itTellsWhatIsSoWhenItIsShown(FxRobot robot) throws Exception {
    robot.moveTo(other);
    robot.moveTo(told);
    // Changed after the mouse came, and before its words are shown.
    robot.interact(() -> words.set("of today"));
    WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> shown().equals(List.of("of today")));

    robot.moveTo(other);
    WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> shown().isEmpty());
    robot.interact(() -> words.set(""));
    robot.moveTo(told);
    assertThat(told.getProperties().values()).noneMatch(Tooltip.class::isInstance);
  }

  private static List<String> shown() {
    return Window.getWindows().stream()
        .filter(window -> window instanceof Tooltip && window.isShowing())
        .map(window -> ((Tooltip) window).getText())
        .toList();
  }
}
