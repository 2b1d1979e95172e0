package dev.millrace.views.controls;

import java.util.List;
import javafx.scene.control.ConstrainedColumnResizeBase;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.ResizeFeatures;
import javafx.util.Callback;

/// Column widths that follow from the table's width alone, whatever it was before: each column has
/// the width it wants and the last one what is left; where there is less room, all give way in
/// proportion to what they can spare. A window that was large and is small again looks as it did.
///
/// What a person drags is kept as the width that column wants.
public final class WidthsByRoom extends ConstrainedColumnResizeBase
    implements Callback<ResizeFeatures, Boolean> {

  /// Makes a table's columns fill its width in this way.
  public static void of(TableView<?> table) {
    table.setColumnResizePolicy(new WidthsByRoom());
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // The policy's type names no row.
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
    double[] wanted = columns.stream().mapToDouble(TableColumn::getPrefWidth).toArray();
    double[] widths = widths(room, least, wanted);
    for (int i = 0; i < widths.length; i++) {
      features.setColumnWidth(columns.get(i), widths[i]);
    }
    return true;
  }

  /// Whole pixels that fill the room, unless it is too small even for the least widths.
  static double[] widths(double room, double[] least, double[] wanted) {
    int last = wanted.length - 1;
    double want = 0;
    double spare = 0;
    for (int i = 0; i <= last; i++) {
      want += wanted[i];
      spare += Math.max(0, wanted[i] - least[i]);
    }
    double share = want > room && spare > 0 ? Math.min(1, (want - room) / spare) : 0;
    double[] widths = new double[wanted.length];
    double used = 0;
    for (int i = 0; i < last; i++) {
      double given = wanted[i] - share * Math.max(0, wanted[i] - least[i]);
      widths[i] = Math.floor(Math.max(least[i], given));
      used += widths[i];
    }
    widths[last] = Math.max(least[last], room - used);
    return widths;
  }
}
