package dev.millrace.views.controls;

import javafx.scene.control.Labeled;

/// The whole text of a label as its tooltip, where there is no room for it. Not for a label that
/// has a tooltip of its own. FX thread only.
public final class WholeText {

  private WholeText() {}

  /// Looks when the mouse comes, so that it follows the text and the room for it.
  public static <L extends Labeled> L of(L label) {
    Hint.on(label, () -> label.isTextTruncated() ? label.getText() : "");
    return label;
  }
}
