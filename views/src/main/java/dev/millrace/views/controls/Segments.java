package dev.millrace.views.controls;

import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// One choice out of a few, as a row of joined buttons. One is always chosen once there are any.
public final class Segments<T> extends HBox {

  private final ToggleGroup group = new ToggleGroup();
  private final ObservableList<T> choices = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable T> chosen = new SimpleObjectProperty<>();
  private final Function<T, String> words;

  public Segments(Function<T, String> words) {
    this.words = words;
    getStyleClass().add("segments");
    setMinWidth(USE_PREF_SIZE);
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    chosen.addListener((_, _, _) -> mark());
  }

  /// @param next what can be chosen; the same as before changes nothing
  public void choices(List<T> next) {
    if (choices.equals(next)) {
      return;
    }
    choices.setAll(next);
    getChildren().clear();
    group.getToggles().clear();
    for (T choice : next) {
      ToggleButton button = new ToggleButton(words.apply(choice));
      button.setToggleGroup(group);
      button.setUserData(choice);
      button.setMinWidth(USE_PREF_SIZE);
      // Names of columns have underscores, which are no mnemonics.
      button.setMnemonicParsing(false);
      button.getStyleClass().add("segment");
      button.setOnAction(
          _ -> {
            button.setSelected(true);
            chosen.set(choice);
          });
      getChildren().add(button);
    }
    mark();
  }

  public ObjectProperty<@Nullable T> chosen() {
    return chosen;
  }

  private void mark() {
    group.getToggles().stream()
        .filter(t -> t.getUserData() != null && t.getUserData().equals(chosen.get()))
        .findFirst()
        .ifPresent(group::selectToggle);
  }
}
