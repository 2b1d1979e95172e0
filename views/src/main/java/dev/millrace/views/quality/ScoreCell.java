package dev.millrace.views.quality;

import dev.millrace.views.charts.Sparkline;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A table in the list: its layer and name, its score and how that moved.
final class ScoreCell extends ListCell<TableScore> {

  private final Region layer = new Region();
  private final Label name = new Label();
  private final Label words = new Label();
  private final Label percent = new Label();
  private final Sparkline course = new Sparkline();
  private final VBox lines;

  ScoreCell() {
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    layer.getStyleClass().add("layer-dot");
    name.getStyleClass().add("table-name");
    name.setMinWidth(0);
    WholeText.of(name);
    WholeText.of(words);
    words.getStyleClass().add("fact-name");
    percent.getStyleClass().add("score");
    percent.setMinWidth(52);
    percent.setAlignment(Pos.CENTER_RIGHT);
    course.setMinSize(52, 16);
    course.setPrefSize(52, 16);
    course.setMaxSize(52, 16);
    // A line of its own for the name, which is the longest.
    HBox top = new HBox(7, layer, name, gap(), percent);
    top.setAlignment(Pos.CENTER_LEFT);
    HBox bottom = new HBox(7, words, gap(), course);
    bottom.setAlignment(Pos.CENTER_LEFT);
    lines = new VBox(3, top, bottom);
    setPrefWidth(0);
  }

  private static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  @Override
  protected void updateItem(TableScore row, boolean empty) {
    super.updateItem(row, empty);
    if (empty || row == null) {
      setGraphic(null);
      return;
    }
    layer.getStyleClass().setAll("layer-dot", "layer-" + row.table().layer().sqlName());
    name.setText(row.table().toString());
    words.setText(row.words());
    Tone tone = row.score().isPresent() ? row.tone() : Tone.MUTED;
    percent.setText(row.score().map(s -> Figures.percent(s.percent())).orElse("–"));
    tone.dress(percent);
    boolean moved = row.course().size() > 1;
    course.setVisible(moved);
    course.setManaged(moved);
    course.show(row.course().stream().mapToDouble(d -> d).toArray(), tone);
    setGraphic(lines);
    setAccessibleText(row.table() + ", " + percent.getText() + ", " + row.words());
  }
}
