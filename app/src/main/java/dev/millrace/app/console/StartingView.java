package dev.millrace.app.console;

import dev.millrace.engine.model.Progress;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;

/// What the window shows while the services start. Progress may come from any thread.
///
/// Nothing in it moves by itself: where a window is drawn by software, an animation would take the
/// processor from the services.
final class StartingView implements Progress {

  private final Label title = new Label("Millrace");
  private final Label step = new Label("Starting …");
  private final ProgressBar bar = new ProgressBar(0);
  private final VBox root = new VBox(14, title, bar, step);

  StartingView() {
    title.setStyle("-fx-font-size: 22px; -fx-font-weight: bold;");
    bar.setPrefWidth(240);
    bar.setAccessibleText("Starting");
    root.setAlignment(Pos.CENTER);
    root.setStyle("-fx-background-color: -color-bg-inset;");
  }

  Parent root() {
    return root;
  }

  @Override
  public void report(String what, long done, long total) {
    Platform.runLater(
        () -> {
          step.setText(what + " …");
          if (total > 0) {
            bar.setProgress((double) done / total);
          }
        });
  }

  @Override
  public boolean cancelled() {
    return false;
  }

  /// Says that the start failed; what is on screen stays until the window is closed.
  void failed(String what, String remedy) {
    title.setText("Millrace cannot start");
    root.getChildren().remove(bar);
    step.setText(what + "\n\n" + remedy + ".");
    step.setWrapText(true);
    step.setMaxWidth(640);
  }
}
