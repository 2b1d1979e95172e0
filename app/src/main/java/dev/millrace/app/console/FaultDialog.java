package dev.millrace.app.console;

import dev.millrace.app.crash.CrashReport;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.stage.Stage;

/// Tells a person of a fault of ours that nobody expected. FX thread only.
final class FaultDialog {

  private FaultDialog() {}

  /// Shows it beside the window, which goes on.
  static void show(Stage owner, CrashReport report) {
    Alert alert = new Alert(Alert.AlertType.ERROR, report.text(), ButtonType.CLOSE);
    alert.initOwner(owner);
    alert.setTitle("Millrace");
    alert.setHeaderText("A fault of ours: " + report.fault());
    alert.getDialogPane().setMinWidth(560);
    alert.show();
  }
}
