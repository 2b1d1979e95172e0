package dev.millrace.views.shell;

import dev.millrace.views.charts.ThemedCanvas;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The rooms that were opened, one on show and the others unseen behind it. FX thread only.
///
/// A room that leaves the scene is styled anew, node by node, when it comes back; one behind
/// another stays styled and laid out, so going back to it costs its drawing and no more. It is
/// measured again only when it is shown, or else each pull at the window's edge would lay out all
/// of them.
public final class RoomDeck extends StackPane {

  /// How far to the left of the window rooms behind stand, in pixels: the renderer draws anew where
  /// something changed, be it invisible, but nothing outside of the window.
  private static final double ASIDE = 100_000;

  private @Nullable Node shown;

  /// Brings a room to the front.
  void show(Node view) {
    if (!view.equals(shown)) {
      Node before = shown;
      shown = view;
      if (!getChildren().contains(view)) {
        getChildren().add(view);
      }
      unseen(view, false);
      // Rooms have parts of one name: whoever looks for one finds that of the room on show.
      view.toBack();
      if (before != null) {
        unseen(before, true);
      }
    }
  }

  /// Takes a room in, unseen, or makes one that is so taller, never lower; its width is the one it
  /// will have. Lists and tables make the cells there is room for, so a room that grows step by
  /// step makes a few at a time.
  ///
  /// @param share of the height it will have, up to 1
  public void prepare(Node view, double share) {
    if (view.equals(shown)) {
      return;
    }
    if (!getChildren().contains(view)) {
      unseen(view, true);
      getChildren().add(view);
    }
    Insets rim = getInsets();
    view.resize(
        Math.max(0, getWidth() - rim.getLeft() - rim.getRight()),
        Math.max(
            view.getLayoutBounds().getHeight(),
            share * (getHeight() - rim.getTop() - rim.getBottom())));
  }

  /// Lets go of all rooms but the one on show: before something that has all nodes of the scene
  /// styled anew, as another theme.
  public void clear() {
    getChildren().removeIf(view -> !view.equals(shown));
  }

  /// The room on show, or the deck itself while there is none.
  public Node shown() {
    return shown == null ? this : shown;
  }

  private static void unseen(Node view, boolean unseen) {
    view.setManaged(!unseen);
    view.setVisible(!unseen);
    if (unseen) {
      view.setLayoutX(-ASIDE);
      ThemedCanvas.rest(view);
    } else {
      ThemedCanvas.wake(view);
    }
  }
}
