package dev.millrace.views.controls;

import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;

/// The whole text of a label as its tooltip, where there is no room for it: what is cut off can be
/// read by pointing at it. Not for a label that has a tooltip of its own. FX thread only.
public final class WholeText {

  private static final double WIDEST = 640;

  private WholeText() {}

  public static void of(Labeled label) {
    label.textTruncatedProperty().addListener(_ -> tell(label));
    label.textProperty().addListener(_ -> tell(label));
    tell(label);
  }

  private static void tell(Labeled label) {
    String text = label.getText();
    if (!label.isTextTruncated() || text == null) {
      label.setTooltip(null);
      return;
    }
    Tooltip whole = new Tooltip(text);
    whole.setWrapText(true);
    whole.setMaxWidth(WIDEST);
    label.setTooltip(whole);
  }
}
