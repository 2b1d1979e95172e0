package dev.millrace.views.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/// The sheet of keys.
final class Shortcuts {

  record Line(String keys, String what) {}

  private Shortcuts() {}

  /// Every key that does something.
  ///
  /// @param rooms those with a door in the rail
  static List<Line> lines(List<Room> rooms) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("Ctrl K", "Go to anything: room, table, sensor, flow, action"));
    for (Room room : rooms) {
      lines.add(new Line(room.keys(), "Open " + room.title()));
    }
    lines.addAll(
        List.of(
            new Line("Ctrl R", "Run the pipeline's flow"),
            new Line("Ctrl T", "Dark or light theme"),
            new Line("Ctrl P, Ctrl L", "Let the past run or stop it; back to live"),
            new Line("+ − 0", "In a trend: closer, farther, the chosen range again"),
            new Line("Shift ← →", "In a trend: pan; on the bar of the past: ten minutes"),
            new Line("F", "In a trend: follow the reading under the crosshair"),
            new Line("F1 or ?", "This sheet"),
            new Line("Ctrl F", "To the room's filter"),
            new Line("Ctrl Enter", "Run the SQL in the editor"),
            new Line("Ctrl Space", "Complete a table, column or function"),
            new Line("Ctrl C", "Copy the rows chosen in a table"),
            new Line("Tab", "Next control; Shift Tab goes back"),
            new Line("Enter or Space", "Press the button, choose the cell or the part of the flow"),
            new Line("Arrow keys", "Move over heatmap, trend, timeline, runs and flow"),
            new Line("Home, End", "In a trend, the runs or the bar of the past: to its ends"),
            new Line("Esc", "Close what is on top; in the editor, cancel the SQL")));
    return lines;
  }

  /// @param rooms those with a door in the rail
  static Node sheet(List<Room> rooms) {
    List<Line> lines = lines(rooms);
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
