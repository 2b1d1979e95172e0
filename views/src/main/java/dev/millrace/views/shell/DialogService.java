package dev.millrace.views.shell;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
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

  /// Shows what is about to be done, and runs `act` when the person agrees.
  ///
  /// @param content what will happen, as a picture
  /// @param yes the button's words, a verb
  /// @param grave whether something will be gone for good
  /// @param ready whether it can be agreed to now
  void confirm(
      String title,
      Node content,
      ObservableValue<String> yes,
      boolean grave,
      ObservableBooleanValue ready,
      Runnable act);

  /// As the other, with words that stay.
  default void confirm(
      String title,
      Node content,
      String yes,
      boolean grave,
      ObservableBooleanValue ready,
      Runnable act) {
    confirm(title, content, new ReadOnlyStringWrapper(yes), grave, ready, act);
  }

  /// Asks where a file shall be written; empty when the person thought better of it.
  ///
  /// @param name proposed, with its ending
  Optional<Path> saveAs(String title, String name);

  /// Closes what is on top.
  void close();
}
