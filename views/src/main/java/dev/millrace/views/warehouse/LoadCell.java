package dev.millrace.views.warehouse;

import dev.millrace.views.controls.Hint;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A warehouse table in the list: its name, how it stands, its rows and their age.
final class LoadCell extends ListCell<LoadRow> {

  private final WarehouseViewModel model;
  private final Region dot = new Region();
  private final Label name = new Label();
  private final Label age = new Label();
  private final Label rows = new Label();
  private final Label standing = new Label();
  private final VBox box;

  LoadCell(WarehouseViewModel model) {
    this.model = model;
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    dot.getStyleClass().add("standing-dot");
    name.getStyleClass().add("table-name");
    name.setMinWidth(0);
    age.getStyleClass().add("fact-name");
    age.setMinWidth(Label.USE_PREF_SIZE);
    rows.getStyleClass().add("fact-name");
    rows.setMinWidth(0);
    standing.getStyleClass().add("standing-words");
    standing.setMinWidth(Label.USE_PREF_SIZE);
    HBox top = new HBox(7, dot, name, Tiles.gap(), age);
    top.setAlignment(Pos.CENTER_LEFT);
    HBox lower = new HBox(7, rows, Tiles.gap(), standing);
    lower.setAlignment(Pos.CENTER_LEFT);
    box = new VBox(3, top, lower);
    // The time goes on while the row stays as it is.
    model.tick().addListener((_, _, _) -> tellAge());
    Hint.on(box, this::source);
    setPrefWidth(0);
  }

  private String source() {
    LoadRow row = getItem();
    return row == null ? "" : "from " + row.from() + ", " + row.way();
  }

  private void tellAge() {
    LoadRow row = getItem();
    age.setText(row == null ? "" : row.loadedAt().map(model::age).orElse(""));
  }

  static Tone tone(LoadRow row) {
    return switch (row.standing()) {
      case NO_SOURCE -> Tone.MUTED;
      case NEVER_LOADED, BEHIND -> Tone.WARNING;
      case CURRENT -> Tone.GOOD;
    };
  }

  @Override
  protected void updateItem(LoadRow row, boolean empty) {
    super.updateItem(row, empty);
    if (empty || row == null) {
      setGraphic(null);
      return;
    }
    Tone tone = tone(row);
    tone.dress(dot);
    name.setText(row.target());
    tellAge();
    rows.setText(Figures.compact(row.rows()) + " rows");
    standing.setText(row.words());
    tone.dress(standing);
    setGraphic(box);
    setAccessibleText(row.target() + ", " + rows.getText() + ", " + row.words());
  }
}
