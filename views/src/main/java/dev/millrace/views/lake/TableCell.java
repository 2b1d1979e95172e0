package dev.millrace.views.lake;

import dev.millrace.views.text.Figures;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A table in the list: its layer and name, how much is in it, how fresh it is.
final class TableCell extends ListCell<TableRow> {

  private final Region layer = new Region();
  private final Label name = new Label();
  private final Label age = new Label();
  private final Label figures = new Label();
  private final Label files = new Label();
  private final ProgressBar share = new ProgressBar(0);
  private final VBox box;

  TableCell() {
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    layer.getStyleClass().add("layer-dot");
    name.getStyleClass().add("table-name");
    name.setMinWidth(0);
    age.getStyleClass().add("fact-name");
    age.setMinWidth(Label.USE_PREF_SIZE);
    figures.getStyleClass().add("fact-name");
    files.getStyleClass().add("fact-name");
    share.getStyleClass().add("table-share");
    share.setMaxWidth(Double.MAX_VALUE);
    HBox top = new HBox(7, layer, name, gap(), age);
    top.setAlignment(Pos.CENTER_LEFT);
    HBox lower = new HBox(7, figures, gap(), files);
    box = new VBox(3, top, lower, share);
    setPrefWidth(0);
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  @Override
  protected void updateItem(TableRow row, boolean empty) {
    super.updateItem(row, empty);
    if (empty || row == null) {
      setGraphic(null);
      return;
    }
    layer.getStyleClass().setAll("layer-dot", "layer-" + row.table().layer().sqlName());
    name.setText(row.table().toString());
    age.setText(row.age());
    figures.setText(row.figures());
    files.setText(Figures.counted(row.files(), "file") + " · v" + Figures.count(row.version()));
    share.setProgress(Math.max(0.005, row.share()));
    setGraphic(box);
    setAccessibleText(row.table() + ", " + row.figures() + ", " + row.age() + " old");
  }
}
