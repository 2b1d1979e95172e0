package dev.millrace.views.controls;

import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// The whole text of a label as its tooltip, where there is no room for it. Not for a label that
/// has a tooltip of its own. FX thread only.
public final class WholeText {

  private WholeText() {}

  /// Looks when the mouse comes, so that it follows the text and the room for it, and makes the
  /// tooltip then: a table has hundreds of cells, and a tooltip costs as much as a cell.
  public static <L extends Labeled> L of(L label) {
    label.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> label.setTooltip(whole(label)));
    return label;
  }

  private static @Nullable Tooltip whole(Labeled label) {
    if (!label.isTextTruncated()) {
      return null;
    }
    Tooltip whole = new Tooltip(label.getText());
    whole.setWrapText(true);
    whole.setMaxWidth(640);
    return whole;
  }
}
