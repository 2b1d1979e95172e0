package dev.millrace.views.runs;

import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;

/// A line of a log: time, level, words that wrap.
final class LogCell extends ListCell<LogLine> {

  /// What stands beside the words, in pixels: time, level, gaps, the scroll bar.
  private static final double BESIDE = 152;

  private final Label time = new Label();
  private final Label level = new Label();
  private final Label text = new Label();
  private final HBox line = new HBox(8, time, level, text);

  LogCell() {
    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    time.getStyleClass().addAll("mono", "log-time");
    level.getStyleClass().addAll("mono", "log-level");
    text.getStyleClass().addAll("mono", "log-text");
    time.setMinWidth(Label.USE_PREF_SIZE);
    level.setMinWidth(38);
    text.setWrapText(true);
    text.setMinHeight(USE_PREF_SIZE);
    line.setAlignment(Pos.TOP_LEFT);
    setPrefWidth(0);
  }

  /// Words wrap by the room there is, which the list's cells are not asked about by themselves.
  @Override
  protected double computePrefHeight(double width) {
    // Its font is known only once it is styled, and a cell is measured before that.
    text.applyCss();
    double room = getListView() == null ? 0 : getListView().getWidth() - BESIDE;
    if (isEmpty() || room <= 0) {
      return super.computePrefHeight(width);
    }
    return Math.ceil(text.prefHeight(room)) + 6;
  }

  @Override
  protected void layoutChildren() {
    double room = getListView().getWidth() - BESIDE;
    // A cell lays its graphic out at the height it has without wrapping, unless it is told.
    text.setPrefWidth(room);
    line.setPrefHeight(Math.ceil(text.prefHeight(room)));
    super.layoutChildren();
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
    item.level().tone().dress(line);
    line.getStyleClass().remove("log-error");
    if (item.level() == LogLevel.ERROR) {
      line.getStyleClass().add("log-error");
    }
    setGraphic(line);
  }
}
