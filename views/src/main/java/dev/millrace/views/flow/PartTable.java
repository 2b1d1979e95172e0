package dev.millrace.views.flow;

import dev.millrace.views.controls.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// The small table of a part; it is made anew when its form changes, and its words in place.
final class PartTable extends ScrollPane {

  /// Room at the right for the scroll bar, so that it covers no figure.
  private static final double SCROLL_BAR = 14;

  private final Consumer<String> openTarget;
  private final List<List<Label>> cells = new ArrayList<>();
  private Form form = new Form(Part.SIMULATOR, List.of(), 0);

  private record Form(Part part, List<String> columns, int rows) {

    static Form of(PanelPicture picture) {
      return new Form(picture.part(), picture.columns(), picture.rows().size());
    }

    /// The last column of the checks says what is not met, as long as it takes.
    boolean wordy(int column) {
      return part == Part.QUALITY && column == columns.size() - 1;
    }

    /// Whether the first column names what the part's room can be opened at.
    boolean doors() {
      return switch (part) {
        case BRONZE, SILVER, GOLD, WAREHOUSE, QUALITY -> true;
        case SIMULATOR, KAFKA, STREAM, DEAD_LETTERS -> false;
      };
    }

    boolean words(int column) {
      return column == 0 || (column == 1 && part == Part.WAREHOUSE) || wordy(column);
    }
  }

  /// @param openTarget opens the part's room at a target that was clicked
  PartTable(Consumer<String> openTarget) {
    this.openTarget = openTarget;
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    getStyleClass().add("plain-scroll");
  }

  void show(PanelPicture now) {
    if (!Form.of(now).equals(form)) {
      form = Form.of(now);
      make();
    }
    for (int r = 0; r < now.rows().size(); r++) {
      for (int c = 0; c < now.columns().size(); c++) {
        cells.get(r).get(c).setText(now.rows().get(r).get(c));
      }
    }
  }

  private void make() {
    GridPane grid = new GridPane(18, 7);
    grid.setPadding(new Insets(0, SCROLL_BAR, 0, 0));
    cells.clear();
    for (int c = 0; c < form.columns().size(); c++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setHalignment(form.words(c) ? HPos.LEFT : HPos.RIGHT);
      column.setHgrow(Priority.SOMETIMES);
      grid.getColumnConstraints().add(column);
      Label head = new Label(form.columns().get(c));
      head.getStyleClass().add("fact-name");
      head.setMinWidth(form.wordy(c) && c > 0 ? 0 : USE_PREF_SIZE);
      grid.add(head, c, 0);
    }
    for (int r = 0; r < form.rows(); r++) {
      List<Label> row = new ArrayList<>();
      for (int c = 0; c < form.columns().size(); c++) {
        row.add(cell(c));
        grid.add(row.get(c), c, r + 1);
      }
      cells.add(row);
    }
    setContent(grid);
  }

  private Label cell(int column) {
    Label cell = new Label();
    cell.getStyleClass().add(column == 0 ? "grid-name" : "grid-cell");
    cell.setMinWidth(form.wordy(column) ? 0 : USE_PREF_SIZE);
    if (form.wordy(column)) {
      Hint.on(cell, cell::getText);
    }
    if (column == 0 && form.doors()) {
      cell.getStyleClass().add("grid-door");
      cell.setOnMouseClicked(_ -> openTarget.accept(cell.getText()));
    }
    return cell;
  }
}
