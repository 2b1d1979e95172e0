package dev.millrace.views.controls;

import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// A column that leaves out its last children when there is no room, instead of spilling over.
public final class FittingColumn extends VBox {

  public FittingColumn(double spacing) {
    super(spacing);
    setMinHeight(0);
  }

  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    Insets insets = getInsets();
    double room = getHeight() - insets.getTop() - insets.getBottom() + 1;
    double used = 0;
    for (Node child : getManagedChildren()) {
      used += child.prefHeight(-1);
      child.setVisible(used <= room);
      used += getSpacing();
    }
  }
}
