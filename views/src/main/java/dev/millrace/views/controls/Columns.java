package dev.millrace.views.controls;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/// Columns of tables, with words at the left and figures at the right.
public final class Columns {

  /// Narrower columns never shrink: their words are short and must be read whole.
  private static final double ALWAYS_WHOLE = 130;

  private static final double LEAST = 110;

  private Columns() {}

  /// A column of words.
  public static <R> TableColumn<R, String> words(
      String title, double width, Function<R, String> value) {
    TableColumn<R, String> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> new SimpleObjectProperty<>(value.apply(row.getValue())));
    column.setCellFactory(_ -> new WordsCell<>(words -> words, Pos.CENTER_LEFT));
    return sized(column, width);
  }

  /// A column of figures, sorted by their size and not their words.
  public static <R, T extends Comparable<T>> TableColumn<R, T> figures(
      String title, double width, Function<R, T> value, Function<T, String> words) {
    TableColumn<R, T> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> new SimpleObjectProperty<>(value.apply(row.getValue())));
    column.setCellFactory(_ -> new WordsCell<>(words, Pos.CENTER_RIGHT));
    column.setComparator(Comparator.naturalOrder());
    column.getStyleClass().add("number");
    return sized(column, width);
  }

  /// A column of what is told in words and sorted by what it is, for example times.
  public static <R, T extends Comparable<? super T>> TableColumn<R, T> told(
      String title, double width, Function<R, T> value, Function<T, String> words) {
    TableColumn<R, T> column = new TableColumn<>(title);
    column.setCellValueFactory(row -> new SimpleObjectProperty<>(value.apply(row.getValue())));
    column.setCellFactory(_ -> new WordsCell<>(words, Pos.CENTER_LEFT));
    column.setComparator(Comparator.naturalOrder());
    return sized(column, width);
  }

  private static <R, T> TableColumn<R, T> sized(TableColumn<R, T> column, double width) {
    column.setPrefWidth(width);
    column.setMinWidth(width <= ALWAYS_WHOLE ? width : LEAST);
    column.setReorderable(false);
    return column;
  }

  /// A cell that tells its value in words, all of them under the mouse where they are cut.
  public static final class WordsCell<R, T> extends TableCell<R, T> {

    private final Function<T, String> words;

    public WordsCell(Function<T, String> words, Pos place) {
      this.words = words;
      setAlignment(place);
      WholeText.of(this);
    }

    @Override
    protected void updateItem(@Nullable T item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty || item == null ? null : words.apply(item));
    }
  }
}
