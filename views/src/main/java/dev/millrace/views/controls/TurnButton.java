package dev.millrace.views.controls;

import dev.millrace.views.desk.Turn;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;

/// Has a button say what its work would wait for. FX thread only.
public final class TurnButton {

  private TurnButton() {}

  /// @param words of the button when nothing is in its way
  /// @param tip for its tooltip; empty for none but the reason to wait
  /// @param turn work that holds the turn
  public static void bind(
      Button button, String words, String tip, ObservableValue<Optional<Turn>> turn) {
    button.textProperty().bind(turn.map(taken -> Turn.words(words, taken)));
    ObservableValue<Tooltip> whole =
        turn.map(
            taken ->
                taken
                    .map(t -> tip.isEmpty() ? t.whole() : tip + ". " + t.whole())
                    .or(() -> Optional.of(tip).filter(t -> !t.isEmpty()))
                    .map(Tooltip::new)
                    .orElse(null));
    button.tooltipProperty().bind(whole);
  }
}
