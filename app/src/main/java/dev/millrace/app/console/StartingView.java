package dev.millrace.app.console;

import dev.millrace.engine.model.Progress;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;

/// What the window shows while the services start. Progress may come from any thread.
final class StartingView implements Progress {

  private final Label title = new Label("Millrace");
  private final Label step = new Label("Starting …");
  private final ProgressIndicator wheel = new ProgressIndicator();
  private final VBox root = new VBox(14, title, wheel, step);

  StartingView() {
    title.setStyle("-fx-font-size: 22px; -fx-font-weight: bold;");
    wheel.setMaxSize(36, 36);
    wheel.setAccessibleText("Starting");
    root.setAlignment(Pos.CENTER);
    root.setStyle("-fx-background-color: -color-bg-inset;");
  }

  Parent root() {
    return root;
  }

  @Override
  public void report(String what, long done, long total) {
    Platform.runLater(() -> step.setText(what + " …"));
  }

  @Override
  public boolean cancelled() {
    return false;
  }

  /// Says that the start failed; what is on screen stays until the window is closed.
  void failed(String what, String remedy) {
    title.setText("Millrace cannot start");
    root.getChildren().remove(wheel);
    step.setText(what + "\n\n" + remedy + ".");
    step.setWrapText(true);
    step.setMaxWidth(640);
  }
}
