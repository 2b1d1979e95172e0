package dev.millrace.views.controls;

import java.util.function.DoubleSupplier;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A list or table of rows of one height, in whose room only whole rows stand: what is left stays
/// empty below, instead of cutting a row in two.
public final class WholeRows extends Region {

  private final Control list;
  private final DoubleSupplier row;
  private final DoubleSupplier head;
  private final ReadOnlyIntegerWrapper fitting = new ReadOnlyIntegerWrapper(1);
  private final ReadOnlyDoubleWrapper frame = new ReadOnlyDoubleWrapper();

  /// @param list with a fixed height of its cells
  public WholeRows(ListView<?> list) {
    this(list, list::getFixedCellSize, () -> 0);
  }

  private WholeRows(Control list, DoubleSupplier row, DoubleSupplier head) {
    this.list = list;
    this.row = row;
    this.head = head;
    setMinHeight(0);
    getChildren().add(list);
  }

  /// Puts itself around a table that stands in a pane, and takes the room that is left there.
  ///
  /// @param table with a fixed height of its cells
  public static WholeRows around(TableView<?> table) {
    if (!(table.getParent() instanceof Pane pane)) {
      throw new IllegalArgumentException("The table stands in no pane");
    }
    int at = pane.getChildren().indexOf(table);
    pane.getChildren().remove(at);
    WholeRows whole =
        new WholeRows(
            table,
            table::getFixedCellSize,
            () -> {
              Node header = table.lookup(".column-header-background");
              return header == null ? 0 : header.getLayoutBounds().getHeight();
            });
    whole.setMinHeight(Math.max(0, table.getMinHeight()));
    VBox.setVgrow(whole, Priority.ALWAYS);
    pane.getChildren().add(at, whole);
    return whole;
  }

  /// How many rows there is room for, at least one.
  public ReadOnlyIntegerProperty fitting() {
    return fitting.getReadOnlyProperty();
  }

  /// What stands around the rows, in pixels: head and insets; 0 before the first layout.
  public ReadOnlyDoubleProperty frame() {
    return frame.getReadOnlyProperty();
  }

  /// How much of a height the whole rows in it take, with their frame, in pixels.
  public double taken(double height) {
    int rows = rows(height);
    return rows < 1 ? height : rows * row.getAsDouble() + frame.get();
  }

  /// A height that was rounded to whole pixels does not lose a row.
  private int rows(double height) {
    return (int) Math.floor((height - frame.get() + 0.9) / row.getAsDouble());
  }

  @Override
  protected void layoutChildren() {
    frame.set(list.snappedTopInset() + list.snappedBottomInset() + head.getAsDouble());
    list.resizeRelocate(0, 0, getWidth(), taken(getHeight()));
    fitting.set(Math.max(1, rows(getHeight())));
  }

  @Override
  protected double computePrefHeight(double width) {
    return list.prefHeight(width);
  }
}
