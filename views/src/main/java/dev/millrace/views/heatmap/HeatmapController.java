package dev.millrace.views.heatmap;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.anomalies.AnomalyWords;
import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.Heatmap;
import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.desk.FirstStep;
import dev.millrace.views.desk.ReadingWays;
import dev.millrace.views.export.ExportMenu;
import dev.millrace.views.export.ExportTable;
import dev.millrace.views.export.Exports;
import dev.millrace.views.heatmap.PlacePanel.Sensor;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.time.PastChip;
import dev.millrace.views.time.ScrubberBar;
import dev.millrace.views.time.TimeCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the heatmap room to its view model.
public final class HeatmapController {

  @FXML private StackPane room;
  @FXML private VBox page;
  @FXML private HBox choices;
  @FXML private Label coverage;
  @FXML private HBox head;
  @FXML private Label title;
  @FXML private StackPane host;
  @FXML private Label place;
  @FXML private Label alarm;
  @FXML private Label value;
  @FXML private Label change;
  @FXML private Label usual;
  @FXML private Label count;
  @FXML private ListView<Sensor> sensors;
  @FXML private VBox anomaly;
  @FXML private Label anomalyTitle;
  @FXML private Label anomalyTime;
  @FXML private Label anomalyWords;
  @FXML private Button trend;
  @FXML private Button follow;

  private final HeatmapViewModel model;
  private final TimeCursor cursor;
  private final Clock clock;
  private final ReadingWays ways;
  private final Exports exports;
  private final FirstStep first;
  private final Heatmap heatmap = new Heatmap();
  private final ObservableList<Sensor> here = FXCollections.observableArrayList();
  private Optional<Anomaly> lastAnomaly = Optional.empty();
  private boolean filling;

  public HeatmapController(
      HeatmapViewModel model,
      TimeCursor cursor,
      Clock clock,
      ReadingWays ways,
      Exports exports,
      FirstStep first) {
    this.model = model;
    this.cursor = cursor;
    this.clock = clock;
    this.ways = ways;
    this.exports = exports;
    this.first = first;
  }

  @FXML
  void initialize() {
    Segments<String> kinds = new Segments<>(Names::spoken);
    kinds.setId("heatmap-kinds");
    kinds.chosen().bindBidirectional(model.kind());
    model.kinds().addListener((_, _, now) -> kinds.choices(now));
    Segments<Measure> measures = new Segments<>(Measure::words);
    measures.setId("heatmap-measures");
    measures.choices(List.of(Measure.values()));
    measures.chosen().bindBidirectional(model.measure());
    Label measured = new Label("Measure");
    measured.getStyleClass().addAll("choice-name", "choice-next");
    choices.getChildren().add(1, kinds);
    choices.getChildren().add(2, measured);
    choices.getChildren().add(3, measures);
    coverage.textProperty().bind(model.coverage());

    heatmap.setId("heatmap-room");
    heatmap.roomy();
    heatmap.onChoose(model::choose);
    host.getChildren().add(heatmap);
    model.heatmap().addListener((_, _, now) -> heatmap.show(now));
    title
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.measure().get() == Measure.VALUE
                        ? Names.spoken(model.kind().get()) + " by place"
                        : Names.spoken(model.kind().get())
                            + ": "
                            + model.measure().get().words().toLowerCase(java.util.Locale.ENGLISH),
                model.kind(),
                model.measure()));
    head.getChildren().add(1, new PastChip(cursor, clock, model.looking(), model.trouble()));
    Label warnings = Chips.chip("", "mdi2a-alert-outline", Tone.WARNING);
    Label critical = Chips.chip("", "mdi2a-alert-circle-outline", Tone.BAD);
    model
        .counts()
        .addListener(
            (_, _, now) -> {
              count(warnings, now.warning(), now.warning() == 1 ? "warning" : "warnings");
              count(critical, now.critical(), "critical");
            });
    count(warnings, 0, "");
    count(critical, 0, "");
    ToggleButton numbers = new ToggleButton("Numbers", new FontIcon("mdi2n-numeric"));
    numbers.setId("heatmap-numbers");
    numbers.getStyleClass().addAll("flat", "head-button");
    Hint.on(numbers, "Figures in the cells");
    numbers.selectedProperty().bindBidirectional(model.numbers());
    head.getChildren().addAll(warnings, critical, numbers, new ExportMenu(exports, this::subject));
    initializePanel();

    EmptyState nothing =
        new EmptyState(
                "mdi2v-view-grid-outline",
                "No readings to map yet",
                "Once the first readings arrive, every place shows here, coloured by what is"
                    + " measured there.")
            .offering(first.words(), first.underWay(), first::take);
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    page.getChildren().add(new ScrubberBar(cursor, clock));
    room.getChildren().add(nothing);
  }

  private static void count(Label chip, int number, String what) {
    chip.setText(number + " " + what);
    chip.setVisible(number > 0);
    chip.setManaged(number > 0);
  }

  private void initializePanel() {
    sensors.setItems(here);
    sensors.setCellFactory(_ -> new SensorCell());
    sensors.setFixedCellSize(50);
    sensors.setPlaceholder(new Label("Choose a place on the map"));
    sensors.setAccessibleText("Sensors of the place");
    sensors
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, now) -> {
              if (now != null && !filling) {
                model.sensor().set(now.entity());
              }
            });
    model.panel().addListener((_, _, now) -> show(now));
    model.sensor().addListener((_, _, _) -> select());
    trend.setOnAction(
        _ -> {
          if (!model.sensor().get().isEmpty()) {
            ways.trend(List.of(model.sensor().get()));
          }
        });
    Hint.on(trend, "The chosen sensor's trend");
    follow.setOnAction(
        _ -> selected().ifPresent(sensor -> ways.follow(sensor.entity(), sensor.time())));
    Hint.on(follow, "From the event's bytes to the warehouse");
    anomaly.setOnMouseClicked(_ -> followAnomaly());
    anomaly.setOnKeyPressed(
        e -> {
          if (e.getCode() == javafx.scene.input.KeyCode.ENTER) {
            followAnomaly();
          }
        });
    show(PlacePanel.NONE);
  }

  private void followAnomaly() {
    lastAnomaly.ifPresent(a -> ways.follow(a.entity(), a.time()));
  }

  private Optional<Sensor> selected() {
    return here.stream().filter(s -> s.entity().equals(model.sensor().get())).findFirst();
  }

  private void show(PlacePanel now) {
    place.setText(now.title().isEmpty() ? "No place chosen" : now.title());
    Chips.show(alarm, now.alarm(), "mdi2a-alert-circle-outline", now.tone());
    alarm.setVisible(!now.alarm().isEmpty());
    value.setText(now.value());
    change.setText(now.change());
    now.changeTone().dress(change);
    usual.setText(now.usual());
    count.setText(now.count());
    List<Sensor> next = now.sensors();
    filling = true;
    if (here.size() != next.size()) {
      here.setAll(next);
    } else {
      for (int i = 0; i < next.size(); i++) {
        if (!next.get(i).reads(here.get(i))) {
          here.set(i, next.get(i));
        }
      }
    }
    filling = false;
    select();
    lastAnomaly = now.anomaly();
    anomaly.setVisible(lastAnomaly.isPresent());
    anomaly.setManaged(lastAnomaly.isPresent());
    lastAnomaly.ifPresent(
        a -> {
          Gravity gravity = Gravity.of(a);
          AnomalyWords.tone(gravity).dress(anomaly);
          anomalyTitle.setText(AnomalyWords.gravity(gravity) + ": " + a.entity());
          // The room may be told before the cursor, and then not again while the stream stands.
          Instant shown = cursor.shown().equals(Instant.EPOCH) ? a.time() : cursor.shown();
          anomalyTime.setText(clock.second(a.time(), shown));
          anomalyWords.setText(AnomalyWords.cause(a));
          anomaly.setAccessibleText(
              "Last anomaly, follow it: " + a.entity() + ", " + AnomalyWords.cause(a));
        });
    boolean none = here.isEmpty();
    trend.setDisable(none);
    follow.setDisable(none);
  }

  private void select() {
    filling = true;
    for (int i = 0; i < here.size(); i++) {
      if (here.get(i).entity().equals(model.sensor().get())
          && sensors.getSelectionModel().getSelectedIndex() != i) {
        sensors.getSelectionModel().clearAndSelect(i);
      }
    }
    filling = false;
  }

  private ExportMenu.Subject subject() {
    return new ExportMenu.Subject(
        List.of(heatmap),
        "heatmap-" + model.kind().get(),
        new Heading(title.getText(), clock.date(cursor.shown())),
        () -> {
          ExportTable table = new ExportTable("place", "value", "unit", "silent", "mark");
          for (Cell cell : model.heatmap().get().cells()) {
            table.add(
                cell.place(),
                cell.value(),
                model.heatmap().get().unit(),
                cell.silent(),
                cell.mark() == Tone.MUTED ? "" : cell.mark() == Tone.BAD ? "critical" : "warning");
          }
          return table;
        });
  }
}
