package dev.millrace.views.anomalies;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.Timeline;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.StayInPlace;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.desk.FirstStep;
import dev.millrace.views.desk.ReadingWays;
import dev.millrace.views.export.ExportMenu;
import dev.millrace.views.export.ExportTable;
import dev.millrace.views.export.Exports;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.time.PastChip;
import dev.millrace.views.time.ScrubberBar;
import dev.millrace.views.time.Stretch;
import dev.millrace.views.time.TimeCursor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the anomalies room to its view model.
public final class AnomaliesController {

  @FXML private StackPane room;
  @FXML private VBox page;
  @FXML private HBox filters;
  @FXML private Label found;
  @FXML private HBox head;
  @FXML private StackPane host;
  @FXML private HBox legend;
  @FXML private TableView<AnomalyRow> table;
  @FXML private Label chosen;
  @FXML private Button trend;
  @FXML private Button before;
  @FXML private Button follow;

  private final AnomaliesViewModel model;
  private final TimeCursor cursor;
  private final Clock clock;
  private final ReadingWays ways;
  private final Exports exports;
  private final FirstStep first;

  public AnomaliesController(
      AnomaliesViewModel model,
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
    FilterMenu kinds = new FilterMenu("Type", model.filters().kinds(), Names::spoken);
    kinds.setId("filter-kinds");
    kinds.getStyleClass().add("room-filter");
    FilterMenu places = new FilterMenu("Place", model.filters().places(), Names::place);
    places.setId("filter-places");
    FilterMenu reasons = new FilterMenu("Reason", model.filters().reasons(), AnomalyWords::reason);
    reasons.setId("filter-reasons");
    FilterMenu gravities =
        new FilterMenu(
            "Severity",
            model.filters().gravities(),
            name -> AnomalyWords.gravity(Gravity.valueOf(name)));
    gravities.setId("filter-gravities");
    Button clear = new Button("Clear filters", new FontIcon("mdi2f-filter-remove-outline"));
    clear.setId("filter-clear");
    clear.getStyleClass().addAll("flat", "head-button");
    clear.setOnAction(_ -> model.filters().clear());
    filters.getChildren().addAll(0, List.of(kinds, places, reasons, gravities, clear));
    found.textProperty().bind(model.found());

    Timeline timeline = new Timeline(clock);
    timeline.setId("anomalies-timeline");
    host.getChildren().add(timeline);
    Label crowd = new Label();
    crowd.getStyleClass().add("legend-words");
    crowd.textProperty().bind(model.crowd());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    legend.getChildren().addAll(crowd, gap, GravityLegend.whole());
    Label noRow = new Label();
    Label none = new Label();
    none.getStyleClass().add("empty-text");
    none.setMouseTransparent(true);
    host.getChildren().add(none);
    model
        .timeline()
        .addListener(
            (_, _, now) -> {
              timeline.show(now);
              mark(model.chosen().get());
              clear.setVisible(model.filters().isOn());
              none.setVisible(now.isEmpty());
              none.setText(nothing());
              noRow.setText(nothing());
            });
    timeline.onChoose(model::choose);
    Segments<TimelineLanes> lanes = new Segments<>(TimelineLanes::words);
    lanes.setId("anomalies-lanes");
    lanes.choices(List.of(TimelineLanes.values()));
    lanes.chosen().bindBidirectional(model.lanes());
    Segments<Stretch> ranges = new Segments<>(Stretch::words);
    ranges.setId("anomalies-range");
    ranges.choices(List.of(Stretch.values()));
    ranges.chosen().bindBidirectional(model.range());
    head.getChildren().add(1, new PastChip(cursor, clock, model.looking(), model.trouble()));
    head.getChildren().addAll(lanes, ranges, new ExportMenu(exports, () -> subject(timeline)));

    AnomaliesTable.dress(table, model.rows());
    WholeRows.around(table);
    StayInPlace.in(table, model.rows());
    table.setPlaceholder(noRow);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> {
              if (row != null) {
                model.choose(row);
              }
            });
    table.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            followChosen();
            e.consume();
          }
        });
    table.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2) {
            followChosen();
          }
        });
    model
        .chosen()
        .addListener(
            (_, _, now) -> {
              timeline.chosen(now.map(AnomalyRow::detail).orElse(null));
              show(now);
            });
    trend.setOnAction(_ -> chosen().ifPresent(row -> ways.trend(List.of(row.anomaly().entity()))));
    Hint.on(trend, "The sensor's trend");
    before.setOnAction(
        _ ->
            chosen()
                .ifPresent(row -> cursor.show(row.anomaly().time().plus(Duration.ofMinutes(1)))));
    Hint.on(before, "Put the time on show to just after this anomaly");
    follow.setOnAction(_ -> followChosen());
    Hint.on(follow, "From the event's bytes to the warehouse (Enter)");
    show(Optional.empty());

    EmptyState nothing =
        new EmptyState(
                "mdi2a-alert-decagram-outline",
                "Nothing to judge yet",
                "Readings out of their range, or far from their sensor's last ones, show here.")
            .offering(first.words(), first.underWay(), first::take);
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    page.getChildren().add(new ScrubberBar(cursor, clock));
    room.getChildren().add(nothing);
  }

  private String nothing() {
    if (model.silver().get().isPresent()) {
      return "None among what is live. " + model.silver().get().get().whole();
    }
    if (!model.answered()) {
      return "Looking …";
    }
    return model.filters().isOn()
        ? "No anomaly of this choice in this stretch; “Clear filters” shows all"
        : "No anomaly in this stretch";
  }

  private Optional<AnomalyRow> chosen() {
    return model.chosen().get();
  }

  private void followChosen() {
    chosen().ifPresent(row -> ways.follow(row.anomaly().entity(), row.anomaly().time()));
  }

  private void show(Optional<AnomalyRow> now) {
    for (Button button : List.of(trend, before, follow)) {
      button.setDisable(now.isEmpty());
    }
    chosen.setText(
        now.map(
                row -> {
                  Anomaly a = row.anomaly();
                  return a.entity()
                      + " · "
                      + Figures.reading(a.value(), a.unit())
                      + " · "
                      + AnomalyWords.cause(a)
                      + " · "
                      + row.timeText();
                })
            .orElse("Choose an anomaly in the timeline or the table"));
    mark(now);
  }

  /// Marks the chosen row in the table, wherever it stands by now.
  private void mark(Optional<AnomalyRow> chosenRow) {
    AnomalyRow selected = table.getSelectionModel().getSelectedItem();
    if (chosenRow.isEmpty()) {
      if (selected != null) {
        table.getSelectionModel().clearSelection();
      }
      return;
    }
    Anomaly wanted = chosenRow.get().anomaly();
    if (selected == null || !selected.anomaly().equals(wanted)) {
      for (int i = 0; i < table.getItems().size(); i++) {
        if (table.getItems().get(i).anomaly().equals(wanted)) {
          table.getSelectionModel().clearAndSelect(i);
          table.scrollTo(Math.max(0, i - 2));
          return;
        }
      }
      table.getSelectionModel().clearSelection();
    }
  }

  private ExportMenu.Subject subject(Timeline timeline) {
    return new ExportMenu.Subject(
        List.of(timeline),
        "anomalies-" + model.range().get().name().toLowerCase(Locale.ROOT),
        new Heading(
            "Anomalies over time",
            clock.span(cursor.shown().minus(model.range().get().length()), cursor.shown())),
        () -> {
          ExportTable csv =
              new ExportTable(
                  "time",
                  "sensor",
                  "type",
                  "place",
                  "value",
                  "unit",
                  "z_score",
                  "reason",
                  "severity");
          for (AnomalyRow row : table.getItems()) {
            Anomaly a = row.anomaly();
            csv.add(
                a.time(),
                a.entity(),
                a.kind(),
                a.place(),
                a.value(),
                a.unit(),
                a.score(),
                a.reason(),
                row.gravity());
          }
          return csv;
        },
        model.part());
  }
}
