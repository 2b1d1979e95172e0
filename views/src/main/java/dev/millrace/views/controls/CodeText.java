package dev.millrace.views.controls;

import org.fxmisc.richtext.CodeArea;

/// Puts texts into code areas. FX thread only.
public final class CodeText {

  private CodeText() {}

  /// Shows another text from its beginning. Undo ends there: what was undone before would bring
  /// back another text.
  public static void begin(CodeArea area, String text) {
    area.replaceText(text);
    area.getUndoManager().forgetHistory();
    area.moveTo(0);
    area.requestFollowCaret();
  }
}
