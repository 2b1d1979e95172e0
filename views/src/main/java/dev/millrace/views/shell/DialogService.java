package dev.millrace.views.shell;

import javafx.scene.Node;

/// Where a room asks or shows something above the window. FX thread only; nothing waits.
public interface DialogService {

  /// Shows content until the person closes it.
  void sheet(String title, Node content);

  /// Asks, and runs `act` when the person agrees.
  ///
  /// @param effect what will happen, in one or two sentences
  /// @param yes the button's words, a verb
  void ask(String title, String effect, String yes, Runnable act);
}
