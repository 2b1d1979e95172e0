package dev.millrace.views.anomalies;

import dev.millrace.engine.live.Gravity;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Dresses the table of anomalies.
final class AnomaliesTable {

  private AnomaliesTable() {}

  static void dress(TableView<AnomalyRow> table, ObservableList<AnomalyRow> rows) {
    WidthsByRoom.of(table);
    table.setFixedCellSize(29);
    TableColumn<AnomalyRow, AnomalyRow> gravity = column("Severity", 104);
    gravity.setCellFactory(_ -> new GravityCell());
    gravity.setComparator(Comparator.comparing(AnomalyRow::gravity));
    TableColumn<AnomalyRow, AnomalyRow> time = text("Time", 128, AnomalyRow::timeText);
    time.setComparator(Comparator.comparing(row -> row.anomaly().time()));
    TableColumn<AnomalyRow, AnomalyRow> sensor = text("Sensor", 128, row -> row.anomaly().entity());
    sensor.setComparator(Comparator.comparing(row -> row.anomaly().entity(), Names.NATURAL));
    TableColumn<AnomalyRow, AnomalyRow> kind =
        text("Type", 104, row -> Names.spoken(row.anomaly().kind()));
    TableColumn<AnomalyRow, AnomalyRow> place =
        text("Place", 140, row -> Names.place(row.anomaly().place()));
    place.setComparator(Comparator.comparing(row -> row.anomaly().place(), Names.NATURAL));
    TableColumn<AnomalyRow, AnomalyRow> value =
        text("Value", 96, row -> Figures.reading(row.anomaly().value(), row.anomaly().unit()));
    value.setComparator(Comparator.comparingDouble(row -> row.anomaly().value()));
    TableColumn<AnomalyRow, AnomalyRow> score =
        text("Z-score", 80, row -> AnomalyWords.score(row.anomaly()));
    score.setComparator(Comparator.comparingDouble(row -> Math.abs(row.anomaly().score())));
    TableColumn<AnomalyRow, AnomalyRow> reason =
        text("Reason", 160, row -> AnomalyWords.reason(row.anomaly().reason()));
    reason.setCellFactory(_ -> new ReasonCell());
    for (TableColumn<AnomalyRow, AnomalyRow> right : List.of(value, score)) {
      right.getStyleClass().add("number");
    }
    table.getColumns().setAll(List.of(gravity, time, sensor, kind, place, value, score, reason));
    SortedList<AnomalyRow> sorted = new SortedList<>(rows);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
  }

  private static TableColumn<AnomalyRow, AnomalyRow> column(String title, double width) {
    TableColumn<AnomalyRow, AnomalyRow> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setMinWidth(title.equals("Reason") || title.equals("Place") ? 110 : width);
    column.setReorderable(false);
    column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
    return column;
  }

  private static TableColumn<AnomalyRow, AnomalyRow> text(
      String title, double width, Function<AnomalyRow, String> words) {
    TableColumn<AnomalyRow, AnomalyRow> column = column(title, width);
    column.setComparator(Comparator.comparing(words));
    column.setCellFactory(
        _ ->
            new TableCell<>() {
              @Override
              protected void updateItem(AnomalyRow row, boolean empty) {
                super.updateItem(row, empty);
                setText(empty || row == null ? null : words.apply(row));
                setAlignment(
                    column.getStyleClass().contains("number") ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
              }
            });
    return column;
  }

  /// The reason in a word, and what it says when the mouse comes.
  private static final class ReasonCell extends TableCell<AnomalyRow, AnomalyRow> {

    ReasonCell() {
      setAlignment(Pos.CENTER_LEFT);
      Hint.on(this, this::meaning);
    }

    private String meaning() {
      AnomalyRow row = getItem();
      return row == null ? "" : AnomalyWords.meaning(row.anomaly().reason());
    }

    @Override
    protected void updateItem(AnomalyRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(empty || row == null ? null : AnomalyWords.reason(row.anomaly().reason()));
    }
  }

  private static final class GravityCell extends TableCell<AnomalyRow, AnomalyRow> {
    private final Label chip = Chips.chip("", AnomalyWords.icon(Gravity.NOTICE), Tone.MUTED);

    GravityCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(AnomalyRow row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        setGraphic(null);
        return;
      }
      Chips.show(
          chip,
          AnomalyWords.gravity(row.gravity()),
          AnomalyWords.icon(row.gravity()),
          AnomalyWords.tone(row.gravity()));
      setGraphic(chip);
    }
  }
}
