package dev.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.sample.SampleConsole;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Cell;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/// Whatever the keys can reach tells a screen reader what it is.
class AccessibleNamesIT {

  @Test
  void whatTakesTheFocusHasAName(@TempDir Path folder) throws TimeoutException {
    FxToolkit.registerPrimaryStage();
    HeadlessToolkit.start();
    SampleConsole sample = HeadlessToolkit.call(() -> SampleConsole.of(Case.NORMAL));
    List<String> nameless = new ArrayList<>();
    for (String room : sample.console().rooms()) {
      RoomPictures.render(
          sample.console(), room, Theme.DARK, 1280, 800, folder.resolve(room + ".png"));
      nameless.addAll(
          HeadlessToolkit.call(
              () ->
                  reached(sample.console().root()).stream()
                      .filter(node -> !named(node))
                      .map(node -> room + ": " + node)
                      .toList()));
    }
    boolean _ =
        HeadlessToolkit.call(
            () -> {
              sample.console().close();
              return true;
            });
    assertThat(nameless).isEmpty();
  }

  private static List<Node> reached(Node node) {
    List<Node> all = new ArrayList<>();
    if (!node.isVisible()) {
      return all;
    }
    if (node.isFocusTraversable() && !node.isDisabled()) {
      all.add(node);
    }
    if (node instanceof Parent parent && !(node instanceof Cell<?>)) {
      parent.getChildrenUnmodifiable().forEach(child -> all.addAll(reached(child)));
    }
    return all;
  }

  private static boolean named(Node node) {
    return has(node.getAccessibleText())
        || (node instanceof Labeled labeled && has(labeled.getText()))
        || (node instanceof TextInputControl field && has(field.getPromptText()))
        || (node instanceof ComboBoxBase<?> choice && has(choice.getPromptText()))
        || labelled(node);
  }

  private static boolean labelled(Node node) {
    return node.getScene().getRoot().lookupAll(".label").stream()
        .anyMatch(label -> label instanceof Label words && node.equals(words.getLabelFor()));
  }

  private static boolean has(@Nullable String words) {
    return words != null && !words.isBlank();
  }
}
