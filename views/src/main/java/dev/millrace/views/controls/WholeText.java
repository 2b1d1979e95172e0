package dev.millrace.views.controls;

import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

/// The whole text of a label as its tooltip, where there is no room for it. Not for a label that
/// has a tooltip of its own. FX thread only.
public final class WholeText {

  private WholeText() {}

  /// Looks when the mouse comes, so that it follows the text and the room for it.
  public static <L extends Labeled> L of(L label) {
    Tooltip whole = new Tooltip();
    whole.setWrapText(true);
    whole.setMaxWidth(640);
    label.addEventHandler(
        MouseEvent.MOUSE_ENTERED,
        _ -> {
          whole.setText(label.getText());
          label.setTooltip(label.isTextTruncated() ? whole : null);
        });
    return label;
  }
}
