package dev.millrace.views.warehouse;

import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.theme.Tone;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Small nodes that the panes of the room share.
final class Tiles {

  private Tiles() {}

  /// A figure above its name.
  static Node tile(String figure, String name, Tone tone, String remark) {
    Label value = new Label(figure);
    value.getStyleClass().addAll("stat-value", tone.styleClass());
    Label words = new Label(name);
    words.getStyleClass().add("page-subtitle");
    words.setMinWidth(0);
    VBox box = new VBox(value, words);
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("stat");
    box.setPrefWidth(100);
    box.setMinWidth(0);
    HBox.setHgrow(box, Priority.ALWAYS);
    Hint.on(box, remark);
    return box;
  }

  static Region gap() {
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    return gap;
  }

  /// What stands where something is looked at that may take its time.
  ///
  /// @param nothing what stands before anybody looked
  /// @param content what stands when it was found
  static <T> Node of(
      Looked<T> looked, Node nothing, String doing, Runnable again, Function<T, Node> content) {
    return switch (looked) {
      case Looked.NotYet<T> _ -> nothing;
      case Looked.Looking<T> _ -> wheel(doing);
      case Looked.Found<T> found -> content.apply(found.what());
      case Looked.Refused<T> refused ->
          new EmptyState(
                  "mdi2a-alert-circle-outline",
                  "It cannot be told",
                  refused.what() + ". To do: " + refused.remedy() + ".")
              .offering("Try again", "mdi2r-refresh", "accent", again);
      case Looked.Stopped<T> _ ->
          new EmptyState(
                  "mdi2c-cancel",
                  "Cancelled",
                  "It was stopped before its end. Nothing was changed.")
              .offering("Start again", "mdi2r-refresh", "accent", again);
    };
  }

  private static Node wheel(String doing) {
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(34, 34);
    Label words = new Label(doing);
    words.getStyleClass().add("page-subtitle");
    VBox box = new VBox(12, wheel, words);
    box.setAlignment(Pos.CENTER);
    return box;
  }

  static Button small(Button button, String id) {
    button.setId(id);
    button.getStyleClass().add("small");
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  static Label dim(String words) {
    Label label = new Label(words);
    label.getStyleClass().add("page-subtitle");
    label.setMinWidth(0);
    return label;
  }
}
