package dev.millrace.views.controls;

import javafx.scene.control.ListView;
import javafx.scene.layout.Region;

/// A list of rows of one height, in whose room only whole rows stand: what is left stays empty
/// below, instead of cutting a row in two.
public final class WholeRows extends Region {

  private final ListView<?> list;

  /// @param list with a fixed height of its cells
  public WholeRows(ListView<?> list) {
    this.list = list;
    setMinHeight(0);
    getChildren().add(list);
  }

  @Override
  protected void layoutChildren() {
    double frame = list.snappedTopInset() + list.snappedBottomInset();
    double row = list.getFixedCellSize();
    double rows = Math.floor((getHeight() - frame) / row);
    list.resizeRelocate(0, 0, getWidth(), rows < 1 ? getHeight() : rows * row + frame);
  }

  @Override
  protected double computePrefHeight(double width) {
    return list.prefHeight(width);
  }
}
