package dev.millrace.views.letters;

import javafx.beans.property.ReadOnlyLongProperty;
import javafx.scene.control.Label;

/// Says in a sheet that letters came since it was opened, and that these stay as they are.
final class NewerLetters extends Label {

  /// @param found letters that the filter finds, the newer ones as they come
  NewerLetters(ReadOnlyLongProperty found) {
    long counted = found.get();
    setId("newer-letters");
    getStyleClass().add("page-subtitle");
    textProperty().bind(found.map(now -> LetterWords.newer(now.longValue() - counted)));
    visibleProperty().bind(textProperty().isNotEmpty());
    managedProperty().bind(visibleProperty());
  }
}
