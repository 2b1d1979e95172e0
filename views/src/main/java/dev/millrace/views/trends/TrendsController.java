package dev.millrace.views.trends;

import dev.millrace.views.charts.TrendChart;
import dev.millrace.views.charts.TrendGestures;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.desk.FirstStep;
import dev.millrace.views.export.ExportMenu;
import dev.millrace.views.export.ExportTable;
import dev.millrace.views.export.Exports;
import dev.millrace.views.text.Clock;
import dev.millrace.views.time.PastChip;
import dev.millrace.views.time.ScrubberBar;
import dev.millrace.views.time.Stretch;
import dev.millrace.views.time.TimeCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the trends room to its view model.
public final class TrendsController {

  @FXML private StackPane room;
  @FXML private VBox page;
  @FXML private TextField search;
  @FXML private Label chosen;
  @FXML private Button undo;
  @FXML private Button clear;
  @FXML private ListView<Pick> picks;
  @FXML private HBox head;
  @FXML private VBox charts;
  @FXML private Label detail;

  private final TrendsViewModel model;
  private final TimeCursor cursor;
  private final Clock clock;
  private final Exports exports;
  private final FirstStep first;
  private final List<TrendChart> shown = new ArrayList<>();
  private final Label hint =
      new Label(
          "Choose sensors at the left; up to eight are drawn, each kind in a chart of its own");

  public TrendsController(
      TrendsViewModel model, TimeCursor cursor, Clock clock, Exports exports, FirstStep first) {
    this.model = model;
    this.cursor = cursor;
    this.clock = clock;
    this.exports = exports;
    this.first = first;
  }

  @FXML
  void initialize() {
    search.textProperty().bindBidirectional(model.search());
    picks.setItems(model.picks());
    picks.setFixedCellSize(44);
    model.onAim(
        pick -> {
          picks.scrollTo(pick);
          picks.getSelectionModel().select(pick);
        });
    picks.setCellFactory(_ -> new PickCell(model::toggle));
    picks.setPlaceholder(new Label("No sensor has these words"));
    picks.setOnKeyPressed(
        e -> {
          Pick pick = picks.getSelectionModel().getSelectedItem();
          if (pick != null && (e.getCode() == KeyCode.SPACE || e.getCode() == KeyCode.ENTER)) {
            model.toggle(pick.entity());
            e.consume();
          }
        });
    undo.managedProperty().bind(undo.visibleProperty());
    clear.managedProperty().bind(clear.visibleProperty());
    Hint.on(undo, "Draw the lines again that were here before");
    undo.setOnAction(_ -> model.undo());
    clear.setOnAction(_ -> model.choose(List.of()));
    Hint.on(clear, "Choose none");

    head.getChildren().add(1, new PastChip(cursor, clock, model.looking(), model.trouble()));
    ToggleButton usual =
        new ToggleButton("Usual scale", new FontIcon("mdi2a-arrow-collapse-vertical"));
    usual.setId("trends-usual");
    usual.setMinWidth(ToggleButton.USE_PREF_SIZE);
    usual.getStyleClass().addAll("flat", "head-button");
    Hint.on(usual, "Leave out of the scale what only few points reach");
    usual.selectedProperty().bindBidirectional(model.usual());
    Button reset = new Button("Reset zoom", new FontIcon("mdi2m-magnify-close"));
    reset.setId("trends-reset");
    reset.setMinWidth(Button.USE_PREF_SIZE);
    reset.getStyleClass().addAll("flat", "head-button");
    Hint.on(reset, "Follow the time on show again (0, or a double click)");
    reset.disableProperty().bind(model.following());
    reset.setOnAction(_ -> model.reset());
    Segments<Stretch> ranges = new Segments<>(Stretch::words);
    ranges.setId("trends-range");
    ranges.choices(List.of(Stretch.values()));
    ranges.chosen().bindBidirectional(model.range());
    head.getChildren().addAll(usual, reset, ranges, new ExportMenu(exports, this::subject));
    detail.textProperty().bind(model.detail());
    Hint.on(
        detail, "Where there are more readings than points, the lowest and highest of each slot");
    hint.getStyleClass().add("empty-text");
    hint.setWrapText(true);
    hint.setTextAlignment(TextAlignment.CENTER);
    hint.setMaxWidth(480);
    model.panes().addListener((_, _, now) -> show(now));
    model.usual().addListener((_, _, now) -> shown.forEach(c -> c.usualScale(now)));
    model.crosshair().addListener((_, _, now) -> shown.forEach(c -> c.crosshair(now.longValue())));
    charts.getChildren().setAll(hint);
    show(List.of());

    EmptyState nothing =
        new EmptyState(
                "mdi2c-chart-line",
                "No course to draw yet",
                "Once the first readings arrive, each sensor's course can be drawn here, live and"
                    + " back through the lake.")
            .offering(first.words(), first.underWay(), first::take);
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    page.getChildren().add(new ScrubberBar(cursor, clock));
    room.getChildren().add(nothing);
  }

  private void show(List<Pane> panes) {
    chosen.setText(model.chosen().size() + " of " + ChosenSensors.MOST);
    clear.setVisible(!model.chosen().isEmpty());
    undo.setVisible(model.undoable());
    if (panes.size() != shown.size()) {
      while (shown.size() > panes.size()) {
        shown.removeLast();
      }
      while (shown.size() < panes.size()) {
        shown.add(chart(shown.size()));
      }
      charts.getChildren().setAll(shown);
      if (shown.isEmpty()) {
        charts.getChildren().setAll(hint);
      }
    }
    for (int i = 0; i < panes.size(); i++) {
      shown.get(i).show(panes.get(i).picture());
    }
    TrendChart.align(shown);
  }

  private TrendChart chart(int number) {
    TrendChart chart = new TrendChart(clock);
    chart.setId("trend-pane-" + number);
    chart.usualScale(model.usual().get());
    chart.steered(
        new TrendGestures.View() {
          @Override
          public void show(long from, long to) {
            model.view(from, to);
          }

          @Override
          public void reset() {
            model.reset();
          }
        });
    chart.onCrosshair(t -> model.crosshair().set(t));
    chart.onMark(mark -> pane(number).flatMap(pane -> pane.of(mark)).ifPresent(model::follow));
    MenuItem follow = new MenuItem("Follow the reading here (F)");
    follow.setOnAction(_ -> follow(number));
    ContextMenu menu = new ContextMenu(follow);
    chart.setOnContextMenuRequested(e -> menu.show(chart, e.getScreenX(), e.getScreenY()));
    chart.addEventHandler(
        javafx.scene.input.KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.F && !e.isShortcutDown()) {
            follow(number);
            e.consume();
          }
        });
    VBox.setVgrow(chart, Priority.ALWAYS);
    chart.setPrefHeight(100);
    return chart;
  }

  private void follow(int number) {
    long time = model.crosshair().get();
    if (time >= 0) {
      pane(number).flatMap(pane -> pane.nearest(time)).ifPresent(model::follow);
    }
  }

  private Optional<Pane> pane(int number) {
    List<Pane> panes = model.panes().get();
    return number < panes.size() ? Optional.of(panes.get(number)) : Optional.empty();
  }

  private ExportMenu.Subject subject() {
    List<String> kinds = model.panes().get().stream().map(Pane::kind).toList();
    boolean one = kinds.size() == 1;
    return new ExportMenu.Subject(
        List.copyOf(shown),
        one ? "trend-" + kinds.getFirst() : "trends",
        TrendHeading.of(model.panes().get(), clock),
        () -> {
          ExportTable table = new ExportTable("time", "sensor", "value", "unit");
          for (Pane pane : model.panes().get()) {
            for (Line line : pane.picture().lines()) {
              for (int i = 0; i < line.times().length; i++) {
                long time = line.times()[i];
                if (time >= pane.picture().from() && time <= pane.picture().to()) {
                  table.add(
                      Instant.ofEpochMilli(time),
                      line.name(),
                      line.values()[i],
                      pane.picture().unit());
                }
              }
            }
          }
          return table;
        });
  }
}
