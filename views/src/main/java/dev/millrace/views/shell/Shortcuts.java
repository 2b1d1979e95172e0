package dev.millrace.views.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/// The sheet of keys.
final class Shortcuts {

  private record Line(String keys, String what) {}

  private Shortcuts() {}

  static Node sheet() {
    List<Line> lines = new java.util.ArrayList<>();
    for (Room room : Room.values()) {
      lines.add(new Line("Ctrl " + room.number(), "Open " + room.title()));
    }
    lines.addAll(
        List.of(
            new Line("Ctrl R", "Run the pipeline's flow"),
            new Line("Ctrl T", "Dark or light theme"),
            new Line("F1", "This sheet"),
            new Line("Tab", "Next control; Shift Tab goes back"),
            new Line("Enter or Space", "Press the button, choose the cell or the part of the flow"),
            new Line("Arrow keys", "Move over heatmap, trend, timeline and flow"),
            new Line("Esc", "Close what is on top")));
    GridPane grid = new GridPane(18, 9);
    for (int i = 0; i < lines.size(); i++) {
      Label keys = new Label(lines.get(i).keys());
      keys.getStyleClass().add("keys");
      grid.addRow(i, keys, new Label(lines.get(i).what()));
    }
    return grid;
  }
}
