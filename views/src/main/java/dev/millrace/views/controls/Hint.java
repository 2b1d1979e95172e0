package dev.millrace.views.controls;

import java.util.Objects;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// Words that are told under the mouse. FX thread only.
///
/// Their tooltip is made when the mouse comes first: each is a window with a scene of its own and
/// costs as much as a button, and most are never asked for.
public final class Hint {

  private final Node node;
  private final Supplier<? extends @Nullable String> words;
  private @Nullable Tooltip tooltip;

  private Hint(Node node, Supplier<? extends @Nullable String> words) {
    this.node = node;
    this.words = words;
  }

  /// Words that stay; they help who cannot see, too.
  public static void on(Node node, String words) {
    node.setAccessibleHelp(words);
    on(node, () -> words);
  }

  /// @param words asked for when the mouse comes and again when they are shown; nothing is told
  ///   where they are empty. Called once for a node, which may tell of other things meanwhile
  public static void on(Node node, Supplier<? extends @Nullable String> words) {
    Hint hint = new Hint(node, words);
    node.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> hint.tell());
  }

  private String now() {
    return Objects.toString(words.get(), "");
  }

  private void tell() {
    String now = now();
    Tooltip told = tooltip;
    if (told == null) {
      if (now.isEmpty()) {
        return;
      }
      Tooltip made = new Tooltip();
      // What it tells of may have changed since the mouse came.
      made.setOnShowing(_ -> made.setText(now()));
      told = made;
      tooltip = made;
    }
    Tooltip.uninstall(node, told);
    told.setText(now);
    if (!now.isEmpty()) {
      Tooltip.install(node, told);
    }
  }
}
