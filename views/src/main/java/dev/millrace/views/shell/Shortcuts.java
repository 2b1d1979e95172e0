package dev.millrace.views.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/// The sheet of keys.
final class Shortcuts {

  private record Line(String keys, String what) {}

  private Shortcuts() {}

  /// @param rooms those with a door in the rail
  static Node sheet(List<Room> rooms) {
    List<Line> lines = new java.util.ArrayList<>();
    lines.add(new Line("Ctrl K", "Go to anything: room, table, sensor, flow, action"));
    for (Room room : rooms) {
      lines.add(new Line(room.keys(), "Open " + room.title()));
    }
    lines.addAll(
        List.of(
            new Line("Ctrl R", "Run the pipeline's flow"),
            new Line("Ctrl T", "Dark or light theme"),
            new Line("Ctrl P, Ctrl L", "Let the past run or stop it; back to live"),
            new Line("F", "In a trend: follow the reading under the crosshair"),
            new Line("F1 or ?", "This sheet"),
            new Line("Ctrl F", "To the room's filter"),
            new Line("Ctrl Enter", "Run the SQL in the editor"),
            new Line("Ctrl Space", "Complete a table, column or function"),
            new Line("Tab", "Next control; Shift Tab goes back"),
            new Line("Enter or Space", "Press the button, choose the cell or the part of the flow"),
            new Line("Arrow keys", "Move over heatmap, trend, timeline and flow"),
            new Line("Esc", "Close what is on top")));
    GridPane grid = new GridPane(18, 9);
    int half = (lines.size() + 1) / 2;
    for (int i = 0; i < lines.size(); i++) {
      Label keys = new Label(lines.get(i).keys());
      keys.getStyleClass().add("keys");
      keys.setMinWidth(Label.USE_PREF_SIZE);
      Label what = new Label(lines.get(i).what());
      what.setMinWidth(Label.USE_PREF_SIZE);
      grid.add(keys, i < half ? 0 : 2, i % half);
      grid.add(what, i < half ? 1 : 3, i % half);
    }
    grid.getColumnConstraints().addAll(new ColumnConstraints(), new ColumnConstraints());
    return grid;
  }
}
