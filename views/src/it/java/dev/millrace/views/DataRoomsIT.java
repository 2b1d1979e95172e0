package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import atlantafx.base.controls.ModalPane;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.care.CareOrder;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.views.desk.FxThread;
import dev.millrace.views.desk.FxWatchdog;
import dev.millrace.views.sample.SampleConsole;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import org.testfx.util.WaitForAsyncUtils;

/// The main acts of the rooms of the data, and the palette, by mouse and keyboard.
@ExtendWith(ApplicationExtension.class)
class DataRoomsIT {

  @SuppressWarnings("NullAway.Init")
  private SampleConsole sample;

  private final FxWatchdog watchdog = new FxWatchdog(new FxThread());

  @Start
  void start(Stage stage) {
    sample = SampleConsole.of(Case.NORMAL);
    sample.engine().idle();
    stage.setScene(new Scene(sample.console().root(), 1280, 800));
    stage.show();
    watchdog.start();
  }

  @Stop
  void stop() {
    watchdog.close();
    sample.console().close();
    System.out.println("FX thread: " + watchdog.report());
  }

  @Test
  void thePaletteGoesAnywhere(FxRobot robot) {
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    await(() -> robot.lookup("#palette-field").tryQuery().isPresent());
    robot.write("silread").type(KeyCode.ENTER);
    await(() -> text(robot, "#title").equals("Lake"));
    assertThat(text(robot, "#table-name")).isEqualTo("silver.readings");
    await(() -> !robot.lookup("#modal").queryAs(ModalPane.class).isDisplay());
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    await(() -> robot.lookup("#modal").queryAs(ModalPane.class).isDisplay());
    robot.write("load the ware").type(KeyCode.ENTER);
    await(() -> sample.engine().commands().contains(new Command.Load(SamplePipeline.NAME)));
  }

  @Test
  void aKeyThatOpensARoomPutsThePaletteAway(FxRobot robot) {
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    await(() -> robot.lookup("#modal").queryAs(ModalPane.class).isDisplay());
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT8).release(KeyCode.CONTROL);
    await(() -> text(robot, "#title").equals("Lake"));
    assertThat(robot.lookup("#modal").queryAs(ModalPane.class).isDisplay()).isFalse();
  }

  @Test
  void wordsThatNothingIsCalledByAreSaidSoAndTakenBack(FxRobot robot) {
    List<Throwable> faults = new CopyOnWriteArrayList<>();
    robot.interact(
        () -> Thread.currentThread().setUncaughtExceptionHandler((_, fault) -> faults.add(fault)));
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    await(() -> robot.lookup("#palette-field").tryQuery().isPresent());
    ListView<?> entries = robot.lookup(".palette-list").queryListView();
    robot.write("zzqq");
    await(() -> entries.getItems().isEmpty());
    robot.type(KeyCode.ENTER);
    robot.press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL).write("silread");
    await(() -> entries.getSelectionModel().getSelectedIndex() == 0);
    robot.type(KeyCode.ENTER);
    await(() -> text(robot, "#title").equals("Lake"));
    assertThat(faults).isEmpty();
  }

  @Test
  void theLakeIsLookedAtQueriedAndCaredFor(FxRobot robot) {
    robot.clickOn("#nav-lake");
    await(() -> robot.lookup("#schema").queryTableView().getItems().size() > 10);
    robot.clickOn("History");
    await(() -> robot.lookup("#history").tryQuery().isPresent());
    TableView<?> history = robot.lookup("#history").queryTableView();
    robot.interact(() -> history.getSelectionModel().select(3));
    robot.clickOn("#version-restore");
    WaitForAsyncUtils.waitForFxEvents();
    Node dialog = robot.lookup(".dialog").query();
    assertThat(dialog.localToScene(dialog.getLayoutBounds()).getCenterX())
        .isCloseTo(640, within(2.0));
    await(
        () ->
            robot
                .lookup("#confirm")
                .tryQueryAs(Button.class)
                .filter(b -> !b.isDisabled())
                .isPresent());
    robot.clickOn("#confirm");
    await(
        () ->
            sample.engine().commands().stream()
                .anyMatch(
                    c ->
                        c instanceof Command.CareForTables care
                            && care.order() instanceof CareOrder.Restore));
    robot.clickOn("#nav-lake");
    robot.clickOn("SQL");
    CodeArea editor = robot.lookup("#sql").queryAs(CodeArea.class);
    robot.clickOn(editor);
    await(editor::isFocused);
    robot.press(KeyCode.CONTROL).type(KeyCode.ENTER).release(KeyCode.CONTROL);
    await(() -> text(robot, "#sql-status").startsWith("96 rows"));
    robot.clickOn("Chart");
    await(() -> robot.lookup("#sql-measure").query().isVisible());
    robot.clickOn("#sql-explain");
    await(() -> text(robot, "#sql-status").startsWith("the plan"));
    robot.interact(() -> editor.replaceText("SELECT hour,\n  avg(valeu)\nFROM silver_readings"));
    robot.clickOn("#sql-run");
    await(() -> robot.lookup("#sql-fault").tryQuery().filter(Node::isVisible).isPresent());
    assertThat(editor.getParagraph(1).getParagraphStyle()).containsExactly("sql-faulty");
  }

  @Test
  void aDeadLetterIsMendedAndSent(FxRobot robot) {
    robot.clickOn("#nav-letters");
    await(() -> robot.lookup("#letters").queryTableView().getItems().size() > 5);
    ListView<?> reasons = robot.lookup("#reasons").queryListView();
    int wrongType =
        reasons.getItems().stream().map(Object::toString).toList().stream()
            .map(row -> row.contains("WRONG_TYPE"))
            .toList()
            .indexOf(true);
    robot.interact(() -> reasons.getSelectionModel().select(wrongType));
    CodeArea event = robot.lookup("#event").queryAs(CodeArea.class);
    await(() -> event.getText().contains("\"warm\""));
    robot.interact(() -> event.replaceText(event.getText().replace("\"warm\"", "21.0")));
    await(() -> robot.lookup("An event now: it can be sent").tryQuery().isPresent());
    robot.clickOn("#letter-replay");
    await(
        () ->
            robot
                .lookup("#confirm")
                .tryQueryAs(Button.class)
                .filter(b -> !b.isDisabled())
                .isPresent());
    robot.clickOn("#confirm");
    await(
        () ->
            sample.engine().commands().stream()
                .anyMatch(
                    c ->
                        c instanceof Command.ReplayLetters replay
                            && replay.edit() instanceof Edit.Whole));
    sample.engine().end(new Outcome.Done("1 dead letters replayed", Map.of()));
    await(() -> robot.lookup(".toast").tryQuery().isPresent());
  }

  @Test
  void theLetterOnShowIsMarkedInItsTable(FxRobot robot) {
    robot.clickOn("#nav-letters");
    TableView<?> letters = robot.lookup("#letters").queryTableView();
    await(() -> letters.getItems().size() > 5);
    await(() -> letters.getSelectionModel().getSelectedIndex() == 0);
    int all = letters.getItems().size();
    int wrongType = 9;
    robot.interact(() -> letters.getSelectionModel().clearAndSelect(wrongType));
    String shown = text(robot, "#letter-title");
    // The letter stays, and most of those before it go.
    robot.clickOn("#letter-filter").write("warm");
    await(() -> letters.getItems().size() < all);
    assertThat(text(robot, "#letter-title")).isEqualTo(shown);
    assertThat(letters.getSelectionModel().getSelectedIndex()).isBetween(0, wrongType - 1);
    assertThat(String.valueOf(letters.getSelectionModel().getSelectedItem()))
        .contains(shown.substring(shown.indexOf('@') + 1));
  }

  @Test
  void aLetterThatWouldComeBackIsNotSentByEnter(FxRobot robot) {
    robot.clickOn("#nav-letters");
    await(() -> robot.lookup("#letters").queryTableView().getItems().size() > 5);
    robot.clickOn("#letter-replay");
    CheckBox anyway = robot.lookup("#replay-anyway").queryAs(CheckBox.class);
    await(anyway::isVisible);
    Button send = robot.lookup("#confirm").queryButton();
    assertThat(send.isDisabled()).isTrue();
    robot.type(KeyCode.ENTER);
    assertThat(sample.engine().commands()).isEmpty();
    robot.clickOn(anyway);
    assertThat(send.isDisabled()).isFalse();
    robot.clickOn(send);
    await(
        () ->
            sample.engine().commands().stream().anyMatch(Command.ReplayLetters.class::isInstance));
  }

  @Test
  void aRunIsChosenReadAndRunAgain(FxRobot robot) {
    robot.clickOn("#nav-runs");
    robot.clickOn("#runs-filter").write("#4817");
    await(() -> robot.lookup("#all-runs").queryTableView().getItems().size() == 1);
    TableView<?> runs = robot.lookup("#all-runs").queryTableView();
    robot.interact(() -> runs.getSelectionModel().select(0));
    await(() -> text(robot, "#run-title").startsWith("Run #4817"));
    robot.clickOn("Errors");
    await(() -> !robot.lookup("#run-log").queryListView().getItems().isEmpty());
    robot.clickOn("#runs-grid").type(KeyCode.LEFT).type(KeyCode.DOWN);
    robot.clickOn("#run-again");
    WaitForAsyncUtils.waitForFxEvents();
    robot.type(KeyCode.ENTER);
    await(
        () ->
            sample.engine().commands().contains(new Command.RunFlow(SamplePipeline.NAME, "daily")));
    sample.engine().end(new Outcome.Done("9 steps done", Map.of()));
    await(() -> robot.lookup("Open the run").tryQuery().isPresent());
  }

  @Test
  void aTableIsJudgedItsRowsReleasedAndItsSuiteMended(FxRobot robot) {
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT7).release(KeyCode.CONTROL);
    await(() -> robot.lookup("#results").tryQuery().isPresent());
    assertThat(text(robot, "#quality-name")).isEqualTo("silver.readings");
    robot.clickOn("Not met");
    await(() -> robot.lookup("#results").queryTableView().getItems().size() == 2);
    robot.clickOn("#quality-run");
    await(() -> quality(QualityOrder.Judge.class));
    robot.clickOn("History");
    await(() -> robot.lookup("#score-trend").tryQuery().isPresent());
    robot.clickOn("#score-trend").type(KeyCode.HOME);
    robot.clickOn("Quarantine");
    await(() -> robot.lookup("#kept-rows").queryTableView().getItems().size() > 100);
    robot.clickOn("#release");
    await(() -> robot.lookup("#kept-meant").tryQuery().isPresent());
    robot.clickOn("#kept-note").write("a new sensor");
    await(() -> !robot.lookup("#confirm").queryAs(Button.class).isDisabled());
    robot.clickOn("#confirm");
    await(() -> quality(QualityOrder.Release.class));
    await(() -> !robot.lookup("#modal").queryAs(ModalPane.class).isDisplay());
    robot.clickOn("Profile");
    robot.clickOn("Profile it");
    await(() -> !robot.lookup("#proposals").queryTableView().getItems().isEmpty());
    robot.clickOn("#accept-all");
    robot.clickOn("#into-suite");
    CodeArea suite = robot.lookup("#suite").queryAs(CodeArea.class);
    robot.interact(() -> suite.replaceText("{\n  \"name\": 7\n}"));
    await(() -> robot.lookup("#suite-save").queryAs(Button.class).isDisabled());
    assertThat(suite.getParagraph(1).getParagraphStyle()).containsExactly("suite-faulty");
    robot.clickOn("#suite-revert");
    await(() -> !robot.lookup("#suite-save").queryAs(Button.class).isDisabled());
  }

  @Test
  void theWarehouseIsTestedPreviewedLoadedComparedAndMended(FxRobot robot) {
    robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT9).release(KeyCode.CONTROL);
    await(() -> text(robot, "#title").equals("Warehouse"));
    await(() -> text(robot, "#warehouse-answers").equals("Answers"));
    sample.engine().database(false);
    await(() -> robot.lookup("#warehouse-restart").tryQuery().filter(Node::isVisible).isPresent());
    assertThat(text(robot, "#warehouse-answers")).isEqualTo("No answer");
    robot.clickOn("#warehouse-restart");
    await(
        () ->
            sample.engine().commands().contains(new Command.RestartDatabase(SamplePipeline.NAME)));
    sample.engine().database(true);
    sample.engine().end(new Outcome.Done("PostgreSQL answers again", Map.of()));
    await(() -> text(robot, "#warehouse-answers").equals("Answers"));
    robot.clickOn("#warehouse-test");
    await(() -> !robot.lookup("#load-windows").queryTableView().getItems().isEmpty());
    robot.clickOn("#load");
    await(() -> robot.lookup("#load-summary").tryQuery().isPresent());
    robot.clickOn("#confirm");
    await(() -> sample.engine().commands().contains(new Command.Load(SamplePipeline.NAME)));
    await(() -> robot.lookup("#load-cancel").query().isVisible());
    robot.clickOn("#load-cancel");
    await(() -> robot.lookup("#compare").query().isVisible());
    robot.clickOn("#compare");
    await(() -> robot.lookup("#compared-windows").tryQuery().isPresent());
    assertThat(robot.lookup("changed").tryQuery()).isPresent();
    robot.clickOn("#mend");
    await(() -> robot.lookup("#mend-summary").tryQuery().isPresent());
    robot.clickOn("#confirm");
    await(
        () -> sample.engine().commands().contains(new Command.MendWarehouse(SamplePipeline.NAME)));
    sample.engine().end(new Outcome.Done("mended", Map.of()));
    robot.clickOn("Ledger");
    await(() -> robot.lookup("#ledger").queryTableView().getItems().size() > 100);
    ListView<?> loads = robot.lookup("#loads").queryListView();
    robot.interact(() -> loads.getSelectionModel().select(1));
    await(() -> text(robot, "#load-name").equals("fact_location_hourly"));
    assertThat(robot.lookup("#ledger").queryTableView().getItems()).hasSize(33);
    robot.clickOn("SQL");
    robot.clickOn("#sql-run");
    await(() -> text(robot, "#sql-status").startsWith("4 rows"));
  }

  private boolean quality(Class<? extends QualityOrder> order) {
    return sample.engine().commands().stream()
        .anyMatch(c -> c instanceof Command.Quality q && order.isInstance(q.order()));
  }

  @Test
  void settingsTestTheirConnectionsAndChangeTheLooks(FxRobot robot) {
    robot.press(KeyCode.CONTROL).type(KeyCode.COMMA).release(KeyCode.CONTROL);
    await(() -> text(robot, "#title").equals("Settings"));
    await(() -> robot.lookup("#settings").queryTableView().getItems().size() > 10);
    robot.clickOn("#test-spark");
    await(() -> robot.lookup("Does not answer").tryQuery().isPresent());
    robot.clickOn("Compact");
    await(() -> sample.console().root().getStyleClass().contains("density-compact"));
    robot.clickOn("#setting-filter").write("lake.");
    await(() -> robot.lookup("#settings").queryTableView().getItems().size() == 8);
  }

  private static String text(FxRobot robot, String query) {
    return robot.lookup(query).tryQueryAs(Labeled.class).map(Labeled::getText).orElse("");
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
