package dev.millrace.views.flow;

import dev.millrace.views.controls.Repeater;
import dev.millrace.views.flow.FlowPicture.Fact;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// Figures in columns of one width, each above its name; they change in place.
final class FactGrid extends GridPane {

  private final Repeater<Fact, Cell> cells = new Repeater<>(this, Cell::new, Cell::show);
  private int columns;

  FactGrid() {
    setHgap(14);
    setVgap(12);
  }

  void show(List<Fact> facts) {
    // Two rows have room in the smallest window.
    arrange(facts.size() > 8 ? 5 : 4);
    cells.show(facts);
    for (int i = 0; i < getChildren().size(); i++) {
      place(getChildren().get(i), i);
    }
  }

  private void arrange(int wanted) {
    if (columns != wanted) {
      columns = wanted;
      getColumnConstraints().clear();
      for (int i = 0; i < columns; i++) {
        ColumnConstraints column = new ColumnConstraints();
        column.setPercentWidth(100.0 / columns);
        getColumnConstraints().add(column);
      }
    }
  }

  private void place(javafx.scene.Node cell, int index) {
    Integer column = getColumnIndex(cell);
    Integer row = getRowIndex(cell);
    if (column == null || row == null || column != index % columns || row != index / columns) {
      setConstraints(cell, index % columns, index / columns);
    }
  }

  private static final class Cell extends VBox {
    private final Label value = new Label();
    private final Label name = new Label();

    Cell() {
      super(1);
      name.getStyleClass().add("fact-name");
      value.getStyleClass().add("panel-value");
      getChildren().setAll(value, name);
    }

    void show(Fact fact) {
      name.setText(fact.name());
      value.setText(fact.value());
      fact.tone().dress(value);
    }
  }
}
