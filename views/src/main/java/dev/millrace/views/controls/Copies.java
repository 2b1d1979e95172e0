package dev.millrace.views.controls;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/// The way to the clipboard. FX thread only.
public final class Copies {

  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

  private Copies() {}

  public static void text(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  /// Lets Ctrl C copy a table's chosen rows, and several be chosen.
  ///
  /// @param line a row as a line of text; fields parted by tabs fit spreadsheets
  public static <T> void rows(TableView<T> table, Function<T, String> line) {
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setOnKeyPressed(
        e -> {
          List<T> chosen = List.copyOf(table.getSelectionModel().getSelectedItems());
          if (COPY.match(e) && !chosen.isEmpty()) {
            text(chosen.stream().map(line).collect(Collectors.joining("\n")));
            e.consume();
          }
        });
  }
}
