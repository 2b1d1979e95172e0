package dev.millrace.views.trace;

import dev.millrace.views.controls.Hint;
import dev.millrace.views.trace.Station.Line;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Names and values under each other; a double click or Enter copies a value.
final class FieldList {

  private FieldList() {}

  static Node of(List<Line> lines, Consumer<Line> copy) {
    ListView<Line> list = new ListView<>();
    list.getItems().setAll(lines);
    list.setId("trace-fields");
    list.setAccessibleText("Fields");
    list.setFixedCellSize(25);
    list.getStyleClass().addAll("sensor-list", "field-list");
    list.setCellFactory(_ -> new LineCell());
    list.setMinHeight(0);
    list.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2) {
            copyChosen(list, copy);
          }
        });
    list.setOnKeyPressed(
        e -> {
          boolean copies =
              e.getCode() == KeyCode.ENTER || (e.isShortcutDown() && e.getCode() == KeyCode.C);
          if (copies) {
            copyChosen(list, copy);
            e.consume();
          }
        });
    return list;
  }

  private static void copyChosen(ListView<Line> list, Consumer<Line> copy) {
    Line line = list.getSelectionModel().getSelectedItem();
    if (line != null) {
      copy.accept(line);
    }
  }

  private static final class LineCell extends ListCell<Line> {
    private final Label name = new Label();
    private final Label value = new Label();
    private final HBox box = new HBox(10, name, value);

    LineCell() {
      Hint.on(
          this,
          () -> getItem() == null ? "" : getItem().value() + "\nDouble click or Enter copies it");
      name.getStyleClass().add("field-name");
      name.setMinWidth(138);
      name.setPrefWidth(138);
      value.setMinWidth(0);
      HBox.setHgrow(value, Priority.ALWAYS);
      value.setMaxWidth(Double.MAX_VALUE);
      box.setAlignment(Pos.CENTER_LEFT);
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Line line, boolean empty) {
      super.updateItem(line, empty);
      if (empty || line == null) {
        setGraphic(null);
        return;
      }
      name.setText(line.name());
      value.setText(line.value());
      value.getStyleClass().setAll("label", line.strong() ? "field-strong" : "field-value");
      setGraphic(box);
      setAccessibleText(line.name() + ": " + line.value());
    }
  }
}
