package dev.millrace.views.controls;

import dev.millrace.engine.flow.RunState;
import dev.millrace.views.theme.Tone;
import javafx.scene.control.Label;
import org.kordamp.ikonli.javafx.FontIcon;

/// States as chips: an icon, a word, a tone.
public final class Chips {

  private Chips() {}

  public static Label chip(String text, String icon, Tone tone) {
    Label chip = new Label(text, new FontIcon(icon));
    chip.getStyleClass().addAll("chip", tone.styleClass());
    chip.setMinWidth(Label.USE_PREF_SIZE);
    return chip;
  }

  /// Changes the chip in place.
  public static void show(Label chip, String text, String icon, Tone tone) {
    chip.setText(text);
    if (chip.getGraphic() instanceof FontIcon shown && !shown.getIconLiteral().equals(icon)) {
      shown.setIconLiteral(icon);
    }
    tone.dress(chip);
  }

  public static String words(RunState state) {
    return switch (state) {
      case QUEUED -> "Queued";
      case RUNNING -> "Running";
      case SUCCEEDED -> "Succeeded";
      case FAILED -> "Failed";
      case CANCELLED -> "Cancelled";
      case SKIPPED -> "Skipped";
    };
  }

  public static Tone tone(RunState state) {
    return switch (state) {
      case QUEUED, SKIPPED -> Tone.MUTED;
      case RUNNING -> Tone.ACCENT;
      case SUCCEEDED -> Tone.GOOD;
      case FAILED -> Tone.BAD;
      case CANCELLED -> Tone.WARNING;
    };
  }

  public static String icon(RunState state) {
    return switch (state) {
      case QUEUED -> "mdi2t-timer-sand";
      case RUNNING -> "mdi2p-progress-clock";
      case SUCCEEDED -> "mdi2c-check-circle-outline";
      case FAILED -> "mdi2a-alert-circle-outline";
      case CANCELLED -> "mdi2c-cancel";
      case SKIPPED -> "mdi2d-debug-step-over";
    };
  }
}
