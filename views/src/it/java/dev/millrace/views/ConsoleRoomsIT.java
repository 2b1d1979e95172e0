package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ModalPane;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.simulator.SimulatorStatus.Broken;
import dev.millrace.views.sample.SampleConsole;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.theme.Theme;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import org.testfx.util.WaitForAsyncUtils;

/// The rooms' main acts, by mouse and keyboard, on the real controls.
@ExtendWith(ApplicationExtension.class)
class ConsoleRoomsIT {

  @SuppressWarnings("NullAway.Init")
  private SampleConsole sample;

  @Start
  void start(Stage stage) {
    sample = SampleConsole.of(Case.NORMAL);
    sample.engine().idle();
    stage.setScene(new Scene(sample.console().root(), 1280, 800));
    stage.show();
  }

  @Stop
  void stop() {
    sample.console().close();
  }

  @Test
  void keysOpenRoomsChangeTheThemeAndRunTheFlow(FxRobot robot) {
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT2).release(KeyCode.CONTROL);
    assertThat(text(robot, "#title")).isEqualTo("Pipeline");
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT1).release(KeyCode.CONTROL);
    assertThat(text(robot, "#title")).isEqualTo("Overview");
    Theme before = sample.console().theme();
    robot.press(KeyCode.CONTROL).type(KeyCode.T).release(KeyCode.CONTROL);
    assertThat(sample.console().theme()).isEqualTo(before.other());
    robot.press(KeyCode.CONTROL).type(KeyCode.R).release(KeyCode.CONTROL);
    await(() -> !sample.engine().commands().isEmpty());
    assertThat(sample.engine().commands())
        .containsExactly(new Command.RunFlow(SamplePipeline.NAME, "daily"));
    robot.type(KeyCode.F1);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup(".dialog").tryQuery()).isPresent();
    robot.type(KeyCode.ESCAPE);
    ModalPane modal = robot.lookup("#modal").queryAs(ModalPane.class);
    await(() -> !modal.isDisplay());
  }

  @Test
  void overviewFiltersRunsAndChangesKindAndPlace(FxRobot robot) {
    TableView<?> all = robot.lookup("#runs").queryTableView();
    assertThat(all.getItems()).hasSizeBetween(2, 23);
    assertThat(robot.lookup("#runs-cut").queryLabeled().getText())
        .isEqualTo(all.getItems().size() + " of 24");
    assertThat(robot.from(all).lookup(".scroll-bar:vertical").queryAllAs(ScrollBar.class))
        .noneMatch(ScrollBar::isVisible);
    robot.clickOn("#run-filter").write("failed");
    WaitForAsyncUtils.waitForFxEvents();
    TableView<?> runs = robot.lookup("#runs").queryTableView();
    assertThat(runs.getItems()).hasSize(2);
    robot.clickOn("Humidity");
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup("Humidity trend").tryQuery()).isPresent();
    robot.clickOn("#heatmap");
    robot.type(KeyCode.RIGHT).type(KeyCode.ENTER);
    robot.clickOn("By reason");
    robot.moveTo("#trend").moveTo("#timeline");
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup("#heatmap").query().isFocusTraversable()).isTrue();
  }

  @Test
  void aFinishedWorkIsToldInAToast(FxRobot robot) {
    robot.clickOn("#run");
    await(() -> !sample.engine().commands().isEmpty());
    sample.engine().end(new Outcome.Done("9 steps done", Map.of()));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup(".toast").tryQuery()).isPresent();
    assertThat(robot.lookup("9 steps done").tryQuery()).isPresent();
    TableView<?> runs = robot.lookup("#runs").queryTableView();
    robot.interact(runs::requestFocus);
    robot.type(KeyCode.ESCAPE);
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup(".toast").tryQuery()).as("a table has the focus").isEmpty();
  }

  @Test
  void pipelineSteersTheSimulator(FxRobot robot) {
    robot.clickOn("#nav-pipeline");
    robot.clickOn("#node-simulator");
    robot.clickOn("#simulator-toggle");
    await(() -> !sample.simulator().status().running());
    Slider rate = robot.lookup("#rate").queryAs(Slider.class);
    robot.clickOn(rate).type(KeyCode.RIGHT, 3);
    await(() -> sample.simulator().status().targetRate() > 150);
    ComboBox<String> sensors = robot.lookup("#sensor").queryComboBox();
    robot.interact(() -> sensors.setValue("TMP-0101-A"));
    robot.clickOn("Stuck");
    robot.clickOn("#break");
    await(
        () ->
            sample.simulator().status().broken().stream()
                .map(Broken::sensor)
                .anyMatch("TMP-0101-A"::equals));
  }

  @Test
  void pipelineStopsTheStreamBuildsAndLoads(FxRobot robot) {
    robot.clickOn("#nav-pipeline");
    robot.clickOn("#node-stream");
    robot.clickOn("Stop");
    robot.clickOn("#node-silver");
    robot.clickOn("#act");
    robot.clickOn("#node-warehouse");
    robot.clickOn("#act");
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup(".dialog-words").queryAs(Labeled.class).getText())
        .contains("20 of 22 checks pass");
    robot.type(KeyCode.ENTER);
    await(() -> sample.engine().commands().size() == 3);
    assertThat(sample.engine().commands())
        .containsExactly(
            new Command.StopStream(SamplePipeline.NAME, SamplePipeline.FEED),
            new Command.Transform(SamplePipeline.NAME, Optional.of(SamplePipeline.SILVER)),
            new Command.Load(SamplePipeline.NAME));
  }

  @Test
  void aPartHasNoButtonOfAnother(FxRobot robot) {
    robot.clickOn("#nav-pipeline");
    robot.clickOn("#node-simulator");
    robot.clickOn("#node-warehouse");
    assertThat(robot.lookup("#simulator-toggle").tryQuery()).isEmpty();
    assertThat(robot.lookup("#open-warehouse").tryQuery()).isPresent();
    robot.clickOn("#node-simulator");
    assertThat(robot.lookup("#simulator-toggle").tryQuery()).isPresent();
    assertThat(robot.lookup("#open-warehouse").tryQuery()).isEmpty();
  }

  @Test
  void partsLeadToTheirRooms(FxRobot robot) {
    leads(robot, "bronze", "lake", "Lake");
    leads(robot, "gold", "lake", "Lake");
    leads(robot, "warehouse", "warehouse", "Warehouse");
    leads(robot, "quality", "quality", "Quality");
    leads(robot, "dead-letters", "letters", "Dead letters");
  }

  private static void leads(FxRobot robot, String part, String room, String title) {
    robot.clickOn("#nav-pipeline");
    robot.clickOn("#node-" + part);
    robot.clickOn("#open-" + room);
    assertThat(text(robot, "#title")).isEqualTo(title);
  }

  @Test
  void whereNothingIsRunThereIsNoButtonForIt(FxRobot robot) {
    robot.clickOn("#nav-pipeline");
    robot.clickOn("#node-dead-letters");
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup("#act").query().isVisible()).isFalse();
    robot.clickOn("#node-warehouse");
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(robot.lookup("#act").query().isVisible()).isTrue();
    assertThat(robot.lookup("#act").query().getStyleClass()).contains("accent");
  }

  @Test
  void pipelineFiltersItsLogAndArrowKeysWalkTheFlow(FxRobot robot) {
    robot.clickOn("#nav-pipeline");
    robot.clickOn("Failures");
    WaitForAsyncUtils.waitForFxEvents();
    ListView<?> events = robot.lookup("#events").queryListView();
    assertThat(events.getItems()).hasSize(5);
    robot.clickOn("#node-kafka").type(KeyCode.RIGHT);
    await(() -> robot.lookup("Catch up with the topic").tryQuery().isPresent());
  }

  private static String text(FxRobot robot, String query) {
    WaitForAsyncUtils.waitForFxEvents();
    return robot.lookup(query).queryAs(Labeled.class).getText();
  }

  private static void await(BooleanSupplier condition) {
    try {
      WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition::getAsBoolean);
    } catch (TimeoutException e) {
      throw new AssertionError("did not come about in 10 s", e);
    }
    WaitForAsyncUtils.waitForFxEvents();
  }
}
