package dev.millrace.views.trends;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One who can be chosen, with the colour of the line when it is.
final class PickCell extends ListCell<Pick> {

  private final Region swatch = new Region();
  private final Label name = new Label();
  private final Label note = new Label();
  private final HBox line;

  /// @param toggled told the entity of a cell that is clicked
  PickCell(Consumer<String> toggled) {
    name.getStyleClass().add("sensor-name");
    note.getStyleClass().add("sensor-note");
    VBox words = new VBox(0, name, note);
    words.setMinWidth(0);
    HBox.setHgrow(words, Priority.ALWAYS);
    line = new HBox(9, swatch, words);
    line.setAlignment(Pos.CENTER_LEFT);
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    setPrefWidth(0);
    setOnMouseClicked(
        e -> {
          if (getItem() != null) {
            toggled.accept(getItem().entity());
            e.consume();
          }
        });
  }

  @Override
  protected void updateItem(Pick pick, boolean empty) {
    super.updateItem(pick, empty);
    if (empty || pick == null) {
      setGraphic(null);
      return;
    }
    swatch
        .getStyleClass()
        .setAll("pick-swatch", pick.chosen() ? "series-" + pick.colour() : "pick-none");
    name.setText(pick.entity());
    note.setText(pick.note());
    setGraphic(line);
    setAccessibleText(
        pick.entity() + ", " + pick.note() + (pick.chosen() ? ", chosen" : ", not chosen"));
  }
}
