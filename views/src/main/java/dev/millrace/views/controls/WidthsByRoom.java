package dev.millrace.views.controls;

import java.util.List;
import javafx.scene.control.ConstrainedColumnResizeBase;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.ResizeFeatures;
import javafx.util.Callback;

/// Column widths that follow from the table's width alone, whatever it was before: each column has
/// the width it wants; what is left goes to those that can do with less, and where there is less
/// room those give way by what they can spare. A window that was large and is small again looks as
/// it did.
///
/// What a person drags is kept as the width that column wants.
@SuppressWarnings({"rawtypes", "unchecked"}) // The type of JavaFX's policies names no row.
public final class WidthsByRoom extends ConstrainedColumnResizeBase
    implements Callback<ResizeFeatures, Boolean> {

  /// Makes a table's columns fill its width in this way.
  public static void of(TableView<?> table) {
    table.setColumnResizePolicy(new WidthsByRoom());
  }

  @Override
  public Boolean call(ResizeFeatures features) {
    List<TableColumn<?, ?>> columns = features.getTable().getVisibleLeafColumns();
    if (features.getColumn() != null) {
      boolean moved = TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN.call(features);
      columns.forEach(column -> column.setPrefWidth(column.getWidth()));
      return moved;
    }
    double room = features.getContentWidth();
    if (room <= 0 || columns.isEmpty()) {
      return false;
    }
    double[] least = columns.stream().mapToDouble(TableColumn::getMinWidth).toArray();
    double[] wanted =
        columns.stream()
            .mapToDouble(
                c -> Math.max(c.getMinWidth(), Math.min(c.getMaxWidth(), c.getPrefWidth())))
            .toArray();
    double[] widths = widths(room, least, wanted);
    for (int i = 0; i < widths.length; i++) {
      features.setColumnWidth(columns.get(i), widths[i]);
    }
    return true;
  }

  /// Whole pixels that fill the room, unless it is too small even for the least widths.
  static double[] widths(double room, double[] least, double[] wanted) {
    int last = wanted.length - 1;
    double left = room;
    double spare = 0;
    double flexible = 0;
    for (int i = 0; i <= last; i++) {
      left -= wanted[i];
      spare += wanted[i] - least[i];
      flexible += wanted[i] > least[i] ? wanted[i] : 0;
    }
    double[] widths = new double[wanted.length];
    double used = 0;
    int rest = last;
    for (int i = 0; i <= last; i++) {
      boolean gives = wanted[i] > least[i];
      double more =
          !gives
              ? 0
              : left < 0
                  ? Math.max(-1, left / spare) * (wanted[i] - least[i])
                  : left * wanted[i] / flexible;
      widths[i] = Math.floor(wanted[i] + more);
      used += widths[i];
      rest = gives ? i : rest;
    }
    // What rounding left over, or all of it where none can do with less.
    widths[rest] = Math.max(least[rest], widths[rest] + room - used);
    return widths;
  }
}
