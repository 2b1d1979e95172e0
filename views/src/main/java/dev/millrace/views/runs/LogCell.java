package dev.millrace.views.runs;

import dev.millrace.views.theme.Tone;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// A line of a log: time, level, words that wrap.
final class LogCell extends ListCell<LogLine> {

  private final Label time = new Label();
  private final Label level = new Label();
  private final Label text = new Label();
  private final HBox line = new HBox(10, time, level, text);

  LogCell() {
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    time.getStyleClass().addAll("mono", "log-time");
    level.getStyleClass().addAll("mono", "log-level");
    text.getStyleClass().addAll("mono", "log-text");
    time.setMinWidth(Label.USE_PREF_SIZE);
    level.setMinWidth(44);
    text.setWrapText(true);
    text.setMinHeight(Label.USE_PREF_SIZE);
    line.setAlignment(Pos.TOP_LEFT);
    HBox.setHgrow(text, Priority.ALWAYS);
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(LogLine item, boolean empty) {
    super.updateItem(item, empty);
    if (empty || item == null) {
      setGraphic(null);
      return;
    }
    time.setText(item.time());
    level.setText(item.level().name());
    text.setText(
        item.step().isEmpty() ? item.text() : StepNames.brief(item.step()) + ": " + item.text());
    for (Tone tone : Tone.values()) {
      line.getStyleClass().remove(tone.styleClass());
    }
    line.getStyleClass().add(item.level().tone().styleClass());
    line.getStyleClass().remove("log-error");
    if (item.level() == LogLevel.ERROR) {
      line.getStyleClass().add("log-error");
    }
    setGraphic(line);
  }
}
