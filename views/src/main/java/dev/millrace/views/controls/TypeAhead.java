package dev.millrace.views.controls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyEvent;
import javafx.util.Duration;

/// Letters typed at a combo box choose what they begin. Those typed within a second of one another
/// belong together. FX thread only.
public final class TypeAhead {

  private static final Duration TOGETHER = Duration.seconds(1);

  private final ComboBox<String> box;
  private final PauseTransition pause = new PauseTransition(TOGETHER);
  private String typed = "";

  private TypeAhead(ComboBox<String> box) {
    this.box = box;
    pause.setOnFinished(_ -> typed = "");
  }

  /// Lets letters choose in a box that is no text field.
  public static void on(ComboBox<String> box) {
    TypeAhead ahead = new TypeAhead(box);
    box.addEventHandler(KeyEvent.KEY_TYPED, ahead::type);
  }

  private void type(KeyEvent event) {
    String character = event.getCharacter();
    if (character.isBlank()
        || Character.isISOControl(character.charAt(0))
        || event.isShortcutDown()
        || event.isAltDown()) {
      return;
    }
    typed += character;
    pause.playFromStart();
    first(box.getItems(), typed).ifPresent(box::setValue);
    event.consume();
  }

  /// The first choice that begins with what was typed, else the first that holds it; case says
  /// nothing.
  static Optional<String> first(List<String> choices, String typed) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return choices.stream()
        .filter(choice -> choice.toLowerCase(Locale.ROOT).startsWith(wanted))
        .findFirst()
        .or(
            () ->
                choices.stream()
                    .filter(choice -> choice.toLowerCase(Locale.ROOT).contains(wanted))
                    .findFirst());
  }
}
