package dev.millrace.views.shell;

import atlantafx.base.theme.Styles;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.theme.Tone;
import javafx.animation.FadeTransition;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// Toasts in the lower right corner, newest lowest, at most four. Failures stay until closed.
public final class ToastTray implements Toast.Tray {

  private static final int MOST = 4;

  /// Of five lines, in pixels; a tooltip has what is longer, and the lead leads to it.
  private static final double TEXT_HEIGHT = 84;

  private static final Duration SHOWN = Duration.seconds(7);

  private final VBox tray;
  private final boolean animated;

  public ToastTray(VBox tray, boolean animated) {
    this.tray = tray;
    this.animated = animated;
  }

  @Override
  public void show(Toast toast) {
    while (tray.getChildren().size() >= MOST) {
      tray.getChildren().removeFirst();
    }
    HBox card = card(toast);
    tray.getChildren().add(card);
    if (animated) {
      FadeTransition arrive = new FadeTransition(Duration.millis(160), card);
      arrive.setFromValue(0);
      arrive.setToValue(1);
      arrive.play();
    }
    if (toast.tone() != Tone.BAD) {
      PauseTransition leave = new PauseTransition(SHOWN);
      leave.setOnFinished(_ -> tray.getChildren().remove(card));
      leave.play();
      card.setOnMouseEntered(_ -> leave.stop());
      card.setOnMouseExited(_ -> leave.playFromStart());
    }
  }

  private HBox card(Toast toast) {
    FontIcon icon = new FontIcon(icon(toast.tone()));
    icon.getStyleClass().addAll("toast-icon", toast.tone().styleClass());
    VBox words = new VBox(2, words(toast.title(), "toast-title"));
    if (!toast.text().isBlank()) {
      Label text = words(toast.text(), "toast-text");
      text.setMaxHeight(TEXT_HEIGHT);
      WholeText.of(text);
      words.getChildren().add(text);
    }
    if (!toast.remedy().isBlank()) {
      words.getChildren().add(words(toast.remedy(), "toast-remedy"));
    }
    HBox.setHgrow(words, Priority.ALWAYS);
    Button lead = new Button();
    toast
        .lead()
        .ifPresent(
            next -> {
              lead.setText(next.label());
              lead.getStyleClass().addAll(Styles.FLAT, Styles.ACCENT, "toast-lead");
              words.getChildren().add(lead);
            });
    Button close = new Button("", new FontIcon("mdi2c-close"));
    close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, "toast-close");
    close.setAccessibleText("Dismiss: " + toast.title());
    HBox card = new HBox(10, icon, words, close);
    card.setAlignment(Pos.TOP_LEFT);
    card.getStyleClass().addAll("toast", toast.tone().styleClass());
    card.setMaxWidth(Region.USE_PREF_SIZE);
    card.setAccessibleRole(AccessibleRole.TEXT);
    card.setAccessibleText(toast.title() + ". " + toast.text() + " " + toast.remedy());
    close.setOnAction(_ -> tray.getChildren().remove(card));
    toast
        .lead()
        .ifPresent(
            next ->
                lead.setOnAction(
                    _ -> {
                      tray.getChildren().remove(card);
                      next.act().run();
                    }));
    return card;
  }

  private static Label words(String text, String styleClass) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.getStyleClass().add(styleClass);
    return label;
  }

  private static String icon(Tone tone) {
    return switch (tone) {
      case GOOD -> "mdi2c-check-circle-outline";
      case WARNING -> "mdi2a-alert-outline";
      case BAD -> "mdi2a-alert-circle-outline";
      case ACCENT, MUTED -> "mdi2i-information-outline";
    };
  }
}
