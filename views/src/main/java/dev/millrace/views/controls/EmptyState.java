package dev.millrace.views.controls;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What stands where nothing is yet: why, and the next step.
public final class EmptyState extends VBox {

  private final Label head = new Label();
  private final Label words = new Label();
  private final HBox actions = new HBox(8);

  public EmptyState(String icon, String title, String text) {
    FontIcon picture = new FontIcon(icon);
    picture.getStyleClass().add("empty-icon");
    StackPane disc = new StackPane(picture);
    disc.getStyleClass().add("empty-disc");
    head.setText(title);
    head.getStyleClass().add("empty-title");
    words.setText(text);
    words.setWrapText(true);
    words.getStyleClass().add("empty-text");
    actions.setAlignment(Pos.CENTER);
    getChildren().addAll(disc, head, words, actions);
    getStyleClass().add("empty-state");
    setAlignment(Pos.CENTER);
    setSpacing(12);
  }

  /// Says why else nothing is here, and what comes.
  ///
  /// @param acts whether the next steps are to be offered
  public void say(String title, String text, boolean acts) {
    head.setText(title);
    words.setText(text);
    actions.setVisible(acts);
  }

  /// Adds a next step that may be on its way already, and returns this.
  ///
  /// @param underWay what is on its way, which the button tells then; empty when nothing is
  public EmptyState offering(String label, ObservableValue<String> underWay, Runnable act) {
    EmptyState same = offering(label, "mdi2p-play", "accent", act);
    if (actions.getChildren().getLast() instanceof Button button) {
      button.textProperty().bind(underWay.map(words -> words.isEmpty() ? label : words));
      button.disableProperty().bind(underWay.map(words -> !words.isEmpty()));
    }
    return same;
  }

  /// Adds a next step, and returns this.
  public EmptyState offering(String label, String icon, String styleClass, Runnable act) {
    Button button = new Button(label, new FontIcon(icon));
    button.getStyleClass().add(styleClass);
    button.setOnAction(_ -> act.run());
    actions.getChildren().add(button);
    return this;
  }
}
