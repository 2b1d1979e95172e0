package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.ThemedCanvas;
import dev.millrace.views.charts.TrendChart;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.desk.CommandThread;
import dev.millrace.views.desk.FxThread;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.export.Exports;
import dev.millrace.views.sample.SampleConsole;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.text.Clock;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.framework.junit5.Stop;
import org.testfx.util.WaitForAsyncUtils;
import org.w3c.dom.Document;

/// The main acts in heatmap, trends and anomalies, and on the scrubber below them.
@ExtendWith(ApplicationExtension.class)
class TimeRoomsIT {

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
  void heatmapChoosesAPlaceMeasuresHealthAndLeadsToATrend(FxRobot robot) {
    robot.clickOn("#nav-heatmap");
    await(() -> !text(robot, "#place").isEmpty());
    robot.clickOn("#heatmap-room").type(KeyCode.LEFT, 6).type(KeyCode.UP, 4).type(KeyCode.ENTER);
    await(() -> text(robot, "#place").equals("Floor 4 · Zone 1"));
    robot.clickOn("Health");
    robot.clickOn("#place-trend");
    await(() -> text(robot, "#title").equals("Trends"));
    assertThat(text(robot, "#trends-chosen")).isEqualTo("1 of 8");
  }

  @Test
  void theScrubberGoesBackRunsAndReturnsToLive(FxRobot robot) {
    robot.clickOn("#nav-heatmap");
    robot.clickOn("#scrubber");
    await(() -> !sample.console().time().isLive());
    await(() -> text(robot, "#time-live").equals("Back to live"));
    var before = sample.console().time().shown();
    robot.type(KeyCode.LEFT);
    await(() -> sample.console().time().shown().equals(before.minusSeconds(60)));
    robot.clickOn("#time-play");
    robot.interact(
        () -> {
          sample.engine().pass(2);
          sample.console().refresh();
        });
    assertThat(sample.console().time().shown()).isEqualTo(before.minusSeconds(40));
    robot.press(KeyCode.CONTROL).type(KeyCode.L).release(KeyCode.CONTROL);
    await(() -> sample.console().time().isLive());
  }

  @Test
  void theOverviewMovesTheTimeOfAllRooms(FxRobot robot) {
    robot.clickOn("#scrubber");
    await(() -> !sample.console().time().isLive());
    await(() -> text(robot, "#runs-title").startsWith("Runs begun by"));
    String time = text(robot, "#time-shown");
    robot.clickOn("#nav-heatmap");
    await(() -> text(robot, "#time-live").equals("Back to live"));
    assertThat(text(robot, "#time-shown")).isEqualTo(time);
    robot.clickOn("#time-live").clickOn("#nav-overview");
    await(() -> text(robot, "#runs-title").equals("Last runs"));
  }

  @Test
  void trendsFindsAndDrawsASensorAndZooms(FxRobot robot) {
    robot.clickOn("#nav-trends");
    robot.clickOn("#trends-clear");
    robot.clickOn("#trends-search").write("floor-2 vibration");
    ListView<?> picks = robot.lookup("#trends-picks").queryListView();
    await(() -> picks.getItems().size() == 6);
    robot.clickOn("VIB-0201-A");
    await(() -> robot.lookup("#trend-pane-0").tryQuery().isPresent());
    robot.clickOn("#trend-pane-0").type(KeyCode.PLUS, 3);
    await(() -> !robot.lookup("#trends-reset").query().isDisabled());
    robot.clickOn("#trends-reset");
    await(() -> robot.lookup("#trends-reset").query().isDisabled());
  }

  @Test
  void anotherStretchOrTimeChoosesNoOtherAnomaly(FxRobot robot) {
    robot.clickOn("#nav-anomalies");
    TableView<?> table = robot.lookup("#anomalies-table").queryTableView();
    await(() -> table.getItems().size() > 100);
    robot.interact(() -> table.getSelectionModel().select(100));
    String chosen = text(robot, "#anomalies-chosen");

    robot.clickOn("#anomaly-time");
    await(() -> !sample.console().time().isLive());
    await(() -> table.getSelectionModel().getSelectedIndex() < 100);
    assertThat(table.getSelectionModel().getSelectedItem()).isNotNull();
    assertThat(text(robot, "#anomalies-chosen")).isEqualTo(chosen);

    robot.interact(() -> sample.console().time().live());
    await(() -> table.getSelectionModel().getSelectedIndex() == 100);
    robot.clickOn(robot.from(robot.lookup("#anomalies-range")).lookup("1 h").<Node>query());
    await(() -> table.getItems().size() < 100);
    assertThat(text(robot, "#anomalies-chosen")).startsWith("Choose an anomaly");
    assertThat(table.getSelectionModel().getSelectedItem()).isNull();
  }

  @Test
  void anomaliesFollowsAReadingToItsPlaceInKafka(FxRobot robot) {
    robot.clickOn("#nav-anomalies");
    TableView<?> table = robot.lookup("#anomalies-table").queryTableView();
    await(() -> table.getItems().size() == 148);
    robot.clickOn("#filter-gravities");
    robot.clickOn(
        robot
            .lookup((Node n) -> n instanceof CheckBox box && box.getText().equals("Critical"))
            .<Node>query());
    await(() -> !table.getItems().isEmpty() && table.getItems().size() < 148);
    robot.type(KeyCode.ESCAPE);
    robot.interact(() -> table.getSelectionModel().select(0));
    robot.clickOn("#anomaly-follow");
    await(() -> robot.lookup("#trace-kafka").tryQuery().isPresent());
    robot.clickOn("#trace-kafka");
    await(() -> robot.lookup("#trace-copy-query").tryQuery().isPresent());
    robot.clickOn("#trace-copy-query");
    await(() -> robot.lookup(".toast").tryQuery().isPresent());
  }

  @Test
  void aCardThatIsClosedHearsNoMoreOfItsModel(FxRobot robot) {
    var newest = sample.engine().time();
    String entity =
        sample.engine().snapshot().pipelines().getFirst().live().latest().getFirst().entity();
    robot.interact(() -> sample.console().follow(entity, newest.minusSeconds(600)));
    await(() -> robot.lookup("#trace-kafka").tryQuery().isPresent());
    Node first = robot.lookup("#trace").query();
    robot.interact(() -> sample.console().follow(entity, newest.minusSeconds(900)));
    await(
        () ->
            !robot.lookup("#trace").<Node>query().equals(first)
                && robot.lookup("#trace-kafka").tryQuery().isPresent());
    assertThat(first.lookupAll(".trace-door")).as("drawn for the second reading too").isEmpty();
  }

  @Test
  void aBandIsBrokenWhereALineIs(FxRobot robot) {
    long minute = 60_000;
    assertThat(bands(robot, new long[] {0, minute, 2 * minute, 3 * minute})).isEqualTo(1);
    assertThat(bands(robot, new long[] {0, minute, 40 * minute, 41 * minute})).isEqualTo(2);
    assertThat(bands(robot, new long[] {0, minute, 40 * minute}))
        .as("a single minute after a gap")
        .isEqualTo(2);
  }

  /// Filled paths of a chart that draws nothing but a band.
  private static long bands(FxRobot robot, long[] times) {
    String[] svg = {""};
    robot.interact(
        () -> {
          double[] low = new double[times.length];
          double[] high = new double[times.length];
          Arrays.fill(low, 1);
          Arrays.fill(high, 2);
          TrendChart chart = new TrendChart(new Clock(ZoneOffset.UTC));
          chart.show(
              new TrendPicture(
                  List.of(), new TrendPicture.Band(times, low, high), 0, 3_600_000, 0, 3, ""));
          chart.resize(800, 300);
          chart.layout();
          svg[0] = chart.svg("band");
        });
    return Pattern.compile("<path [^>]*fill=\"#").matcher(svg[0]).results().count();
  }

  @Test
  void aChartIsExportedAsPictures(FxRobot robot, @TempDir Path folder) throws Exception {
    robot.clickOn("#nav-heatmap");
    await(() -> !text(robot, "#place").isEmpty());
    ThemedCanvas chart = robot.lookup("#heatmap-room").queryAs(ThemedCanvas.class);
    CountDownLatch written = new CountDownLatch(4);
    try (TaskExecutor executor = new CommandThread()) {
      Exports exports =
          new Exports(
              (name, _) -> Optional.of(folder.resolve(name)),
              executor,
              new FxThread(),
              _ -> written.countDown(),
              (_, _) -> {
                throw new AssertionError("no Parquet was asked for");
              });
      robot.interact(
          () -> {
            exports.png(List.of(chart), "map", new Heading("The map", "27 Nov 2026"));
            exports.svg(List.of(chart), "map", new Heading("The map", "27 Nov 2026"));
            exports.png(List.of(chart, chart), "maps", new Heading("Maps", ""));
            exports.svg(List.of(chart, chart), "maps", new Heading("Maps", ""));
          });
      assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
    }
    BufferedImage png = ImageIO.read(folder.resolve("map.png").toFile());
    int margins = 2 * 24;
    assertThat(png.getWidth()).isEqualTo((int) (2 * Math.floor(chart.getWidth())) + margins);
    assertThat(png.getRGB(3, 3)).as("no frame").isEqualTo(png.getRGB(30, 26));
    assertThat(Files.readString(folder.resolve("map.svg")))
        .contains("<title>The map</title>")
        .contains(">The map</text>")
        .contains(">27 Nov 2026</text>")
        .contains("Zone 4");
    BufferedImage both = ImageIO.read(folder.resolve("maps.png").toFile());
    assertThat(both.getWidth()).isEqualTo(png.getWidth());
    int above = (int) (2 * Heading.HEIGHT);
    int one = png.getHeight() - above - margins;
    assertThat(one).isEqualTo((int) (2 * Math.floor(chart.getHeight())));
    assertThat(both.getHeight()).isEqualTo(above + 2 * one + margins);
    assertThat(both.getRGB(40, above + 40)).isEqualTo(both.getRGB(40, above + 40 + one));
    Document stacked =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("maps.svg").toFile());
    assertThat(stacked.getElementsByTagName("svg").getLength()).isEqualTo(4);
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
