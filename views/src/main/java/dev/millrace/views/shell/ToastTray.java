package dev.millrace.views.shell;

import atlantafx.base.theme.Styles;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.shell.ToastShelf.Card;
import dev.millrace.views.theme.Tone;
import java.time.InstantSource;
import javafx.animation.Animation;
import javafx.animation.FadeTransition;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
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

/// Toasts above the status bar, in the middle, where no room has its buttons; newest lowest. FX
/// thread only.
public final class ToastTray implements Toast.Tray {

  /// Of five lines, in pixels; a tooltip has what is longer, and the lead leads to it.
  private static final double TEXT_HEIGHT = 84;

  private static final Duration LOOK = Duration.millis(250);

  private final VBox tray;
  private final boolean animated;
  private final ToastShelf shelf;
  private final Timeline ticks;

  public ToastTray(VBox tray, InstantSource clock, boolean animated) {
    this.tray = tray;
    this.animated = animated;
    this.shelf = new ToastShelf(clock);
    this.ticks = new Timeline(new KeyFrame(LOOK, _ -> shelf.tick()));
    ticks.setCycleCount(Animation.INDEFINITE);
    shelf.cards().addListener(this::changed);
  }

  @Override
  public void show(Toast toast) {
    shelf.add(toast);
  }

  /// Puts the newest toast away.
  ///
  /// @return whether there was one
  public boolean dismissNewest() {
    return shelf.dismissNewest();
  }

  private void changed(ListChangeListener.Change<? extends Card> change) {
    while (change.next()) {
      change
          .getRemoved()
          .forEach(gone -> tray.getChildren().removeIf(n -> gone == n.getUserData()));
      change.getAddedSubList().forEach(this::put);
    }
    if (shelf.cards().isEmpty()) {
      ticks.stop();
    } else {
      ticks.play();
    }
  }

  private void put(Card card) {
    HBox box = box(card);
    box.setUserData(card);
    // Moved, not entered: a toast that comes up under a pointer at rest is not being read.
    box.setOnMouseMoved(_ -> shelf.hold(card));
    box.setOnMouseExited(_ -> shelf.letGo(card));
    tray.getChildren().add(box);
    if (animated) {
      FadeTransition arrive = new FadeTransition(Duration.millis(160), box);
      arrive.setFromValue(0);
      arrive.setToValue(1);
      arrive.play();
    }
  }

  private HBox box(Card shown) {
    Toast toast = shown.toast();
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
    close.setOnAction(_ -> shelf.dismiss(shown));
    toast
        .lead()
        .ifPresent(
            next ->
                lead.setOnAction(
                    _ -> {
                      shelf.dismiss(shown);
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
