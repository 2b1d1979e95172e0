package dev.millrace.app.console;

import dev.millrace.app.crash.CrashReport;
import dev.millrace.views.theme.Theme;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.DialogPane;
import javafx.stage.Stage;

/// Tells a person of a fault of ours that nobody expected. FX thread only.
final class FaultDialog {

  private FaultDialog() {}

  /// Shows it beside the window, which goes on.
  static void show(Stage owner, CrashReport report) {
    Alert alert = new Alert(Alert.AlertType.NONE, report.text(), ButtonType.CLOSE);
    alert.initOwner(owner);
    alert.setTitle("Millrace");
    alert.setHeaderText("A fault of ours: " + report.fault());
    dress(alert.getDialogPane(), owner.getScene());
    alert.show();
  }

  /// Makes it look as what the console itself asks and shows.
  private static void dress(DialogPane pane, Scene console) {
    pane.getStylesheets().setAll(console.getStylesheets());
    pane.getStyleClass().add("fault");
    for (Theme each : Theme.values()) {
      if (console.getRoot().getStyleClass().contains(each.styleClass())) {
        pane.getStyleClass().add(each.styleClass());
      }
    }
    Node close = pane.lookupButton(ButtonType.CLOSE);
    close.getStyleClass().add("accent");
    pane.setMinWidth(560);
  }
}
