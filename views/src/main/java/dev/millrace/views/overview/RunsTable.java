package dev.millrace.views.overview;

import dev.millrace.engine.flow.RunState;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.FirstOf;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.text.Figures;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;

/// Dresses tables of runs.
public final class RunsTable {

  private RunsTable() {}

  /// The least columns, for a narrow place.
  public static void brief(TableView<RunRow> table, ObservableList<RunRow> runs) {
    dress(table, runs);
    table.getColumns().remove(7);
    table.getColumns().remove(5, 7);
    double[] widths = {104, 46, 62, 86, 96};
    for (int i = 0; i < widths.length; i++) {
      table.getColumns().get(i).setPrefWidth(widths[i]);
      table.getColumns().get(i).setMinWidth(i == 3 ? 68 : widths[i]);
    }
  }

  /// All columns, and of the runs only so many as the table has room for.
  ///
  /// @return what is shown, to be told how much room there is
  public static FirstOf<RunRow> fitting(TableView<RunRow> table, ObservableList<RunRow> runs) {
    dress(table, runs);
    FirstOf<RunRow> first = new FirstOf<>(table.getItems());
    // The list under it is sorted as the table says.
    table.setSortPolicy(_ -> true);
    table.setItems(first);
    return first;
  }

  /// All columns.
  public static void dress(TableView<RunRow> table, ObservableList<RunRow> runs) {
    WidthsByRoom.of(table);
    table.setFixedCellSize(29);
    table.setPlaceholder(new Label("No run yet. “Run pipeline” starts the first."));
    TableColumn<RunRow, RunState> status = column("Status", 116, RunRow::state);
    status.setCellFactory(_ -> new ChipCell());
    TableColumn<RunRow, String> flow = column("Flow", 100, RunRow::flow);
    TableColumn<RunRow, Long> id = column("Run", 64, RunRow::id);
    id.setCellFactory(_ -> new TextCell<>((row, value) -> row.setText("#" + value), false));
    TableColumn<RunRow, Instant> started = column("Started", 116, RunRow::started);
    started.setCellFactory(
        _ ->
            new TextCell<>(
                (cell, _) -> cell.setText(cell.getTableRow().getItem().startedText()), false));
    TableColumn<RunRow, Long> duration = column("Duration", 100, RunRow::seconds);
    duration.setCellFactory(
        _ ->
            new TextCell<>(
                (cell, _) -> cell.setText(cell.getTableRow().getItem().duration()), true));
    TableColumn<RunRow, Long> rows = column("Rows written", 110, RunRow::rows);
    rows.setCellFactory(
        _ -> new TextCell<>((cell, value) -> cell.setText(Figures.count(value)), true));
    TableColumn<RunRow, RunRow> steps = column("Steps", 190, row -> row);
    steps.setCellFactory(_ -> new StepsCell());
    steps.setSortable(false);
    TableColumn<RunRow, String> message = column("Message", 320, RunRow::message);
    message.setCellFactory(_ -> new MessageCell());
    for (TableColumn<RunRow, ?> right : java.util.List.of(duration, rows)) {
      right.getStyleClass().add("number");
    }
    table
        .getColumns()
        .setAll(java.util.List.of(status, flow, id, started, duration, rows, steps, message));
    SortedList<RunRow> sorted = new SortedList<>(runs);
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
  }

  private static <T> TableColumn<RunRow, T> column(
      String title, double width, Function<RunRow, T> value) {
    TableColumn<RunRow, T> column = new TableColumn<>(title);
    column.setPrefWidth(width);
    column.setMinWidth(title.equals("Message") ? 110 : width);
    column.setCellValueFactory(row -> new SimpleObjectProperty<>(value.apply(row.getValue())));
    column.setReorderable(false);
    return column;
  }

  private static final class TextCell<T> extends TableCell<RunRow, T> {
    private final BiConsumer<TextCell<T>, T> words;

    TextCell(BiConsumer<TextCell<T>, T> words, boolean right) {
      this.words = words;
      if (right) {
        setAlignment(Pos.CENTER_RIGHT);
      }
    }

    @Override
    protected void updateItem(T item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || getTableRow() == null || getTableRow().getItem() == null) {
        setText(null);
      } else {
        words.accept(this, item);
      }
    }
  }

  private static final class ChipCell extends TableCell<RunRow, RunState> {
    private final Label chip = Chips.chip("", "mdi2t-timer-sand", Chips.tone(RunState.QUEUED));

    ChipCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(RunState state, boolean empty) {
      super.updateItem(state, empty);
      if (empty || state == null) {
        setGraphic(null);
      } else {
        Chips.show(chip, Chips.words(state), Chips.icon(state), Chips.tone(state));
        setGraphic(chip);
      }
    }
  }

  private static final class StepsCell extends TableCell<RunRow, RunRow> {
    private final StepStrip strip = new StepStrip();
    private final Label words = new Label();
    private final HBox line = new HBox(8, strip, words);

    StepsCell() {
      line.setAlignment(Pos.CENTER_LEFT);
      words.getStyleClass().add("steps-words");
      words.setMinWidth(Label.USE_PREF_SIZE);
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(RunRow run, boolean empty) {
      super.updateItem(run, empty);
      Node shown = null;
      if (!empty && run != null) {
        strip.show(run.steps());
        words.setText(run.stepsDone() + " of " + run.steps().size());
        shown = line;
      }
      setGraphic(shown);
    }
  }

  private static final class MessageCell extends TableCell<RunRow, String> {

    MessageCell() {
      Hint.on(this, this::getText);
    }

    @Override
    protected void updateItem(String message, boolean empty) {
      super.updateItem(message, empty);
      setText(empty ? null : message);
      getStyleClass().removeAll("run-failed");
      if (empty || message == null || message.isBlank()) {
        return;
      }
      RunRow row = getTableRow() == null ? null : getTableRow().getItem();
      if (row != null && row.state() == RunState.FAILED) {
        getStyleClass().add("run-failed");
      }
    }
  }
}
