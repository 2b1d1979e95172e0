package dev.millrace.views.theme;

import javafx.collections.ListChangeListener;
import javafx.scene.control.Tooltip;
import javafx.stage.Window;

/// Keeps every tooltip of the toolkit as narrow as one can read: longer words wrap, where they
/// would run over the edges of the screen. FX thread only.
public final class Tooltips implements AutoCloseable {

  /// Widest, in pixels.
  private static final double WIDEST = 520;

  private final ListChangeListener<Window> watch =
      change -> {
        while (change.next()) {
          change.getAddedSubList().forEach(Tooltips::wrap);
        }
      };

  /// Begins with the tooltips that are shown from now on.
  public void watch() {
    Window.getWindows().addListener(watch);
  }

  private static void wrap(Window window) {
    if (window instanceof Tooltip tooltip && !tooltip.isWrapText()) {
      tooltip.setWrapText(true);
      tooltip.setMaxWidth(WIDEST);
    }
  }

  @Override
  public void close() {
    Window.getWindows().removeListener(watch);
  }
}
