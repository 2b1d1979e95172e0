package dev.millrace.views.letters;

import dev.millrace.views.charts.Bars;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A reason in the list: how many letters have it, and when they came.
final class ReasonCell extends ListCell<ReasonRow> {

  private final Label words = new Label();
  private final Label last = new Label();
  private final Label letters = new Label();
  private final Bars course = new Bars();
  private final HBox line;

  ReasonCell() {
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    words.getStyleClass().add("table-name");
    last.getStyleClass().add("fact-name");
    letters.getStyleClass().add("reason-count");
    letters.setMinWidth(44);
    letters.setAlignment(Pos.CENTER_RIGHT);
    course.setMinSize(66, 30);
    course.setPrefSize(66, 30);
    course.setMaxSize(66, 30);
    VBox told = new VBox(2, words, last);
    told.setMinWidth(0);
    HBox.setHgrow(told, Priority.ALWAYS);
    line = new HBox(8, told, course, letters);
    line.setAlignment(Pos.CENTER_LEFT);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(ReasonRow row, boolean empty) {
    super.updateItem(row, empty);
    if (empty || row == null) {
      setGraphic(null);
      return;
    }
    words.setText(row.words());
    last.setText(row.last());
    letters.setText(Figures.compact(row.letters()));
    course.show(row.seen(), Tone.ACCENT, Tone.BAD);
    setAccessibleText(row.words() + ", " + row.letters() + " letters, the last " + row.last());
    setGraphic(line);
  }
}
