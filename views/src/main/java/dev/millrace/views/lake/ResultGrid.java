package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.text.Figures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Rows of a query: a column's title tells its type, figures stand at the right, what has no value
/// is dim. Sorted by a click on a title; Ctrl C copies the chosen rows.
final class ResultGrid extends TableView<List<Object>> {

  private static final double SIGN = 7.4;
  private static final int SAMPLE = 60;

  private List<Answer.QueryColumn> columns = List.of();

  ResultGrid() {
    setFixedCellSize(26);
    getStyleClass().addAll("result-grid", "dense");
    setPlaceholder(new Label("No row."));
    Copies.rows(this, ResultGrid::line);
  }

  void show(Answer.Rows rows) {
    if (!rows.columns().equals(columns)) {
      columns = rows.columns();
      List<TableColumn<List<Object>, ?>> next = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        next.add(column(i, columns.get(i), rows.rows()));
      }
      getColumns().setAll(next);
    }
    SortedList<List<Object>> sorted =
        new SortedList<>(FXCollections.observableList(new ArrayList<>(rows.rows())));
    sorted.comparatorProperty().bind(comparatorProperty());
    setItems(sorted);
  }

  private static TableColumn<List<Object>, Object> column(
      int index, Answer.QueryColumn of, List<List<Object>> rows) {
    TableColumn<List<Object>, Object> column = new TableColumn<>();
    Label name = new Label(of.name());
    name.getStyleClass().add("result-name");
    Label type = new Label(type(of.type()));
    type.getStyleClass().add("result-type");
    boolean figures = isNumber(of.type());
    javafx.scene.layout.HBox head = new javafx.scene.layout.HBox(6, name, type);
    head.setAlignment(figures ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
    name.setMinWidth(Label.USE_PREF_SIZE);
    type.setMinWidth(Label.USE_PREF_SIZE);
    column.setGraphic(head);
    column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue().get(index)));
    column.setCellFactory(_ -> new ValueCell(figures));
    column.setComparator(ResultGrid::compare);
    column.setReorderable(false);
    if (figures) {
      column.getStyleClass().add("number");
    }
    int widest = of.name().length() + type(of.type()).length() + 6;
    for (int i = 0; i < Math.min(SAMPLE, rows.size()); i++) {
      widest = Math.max(widest, text(rows.get(i).get(index)).length() + 1);
    }
    column.setPrefWidth(Math.clamp(widest * SIGN + 18, 60, 320));
    return column;
  }

  /// The engine's name of a type, as short as people write it.
  static String type(String type) {
    return switch (type) {
      case "VARCHAR", "STRING" -> "text";
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP" -> "time";
      case "BIGINT", "HUGEINT" -> "bigint";
      case "INTEGER", "INT" -> "int";
      default -> type.toLowerCase(Locale.ROOT);
    };
  }

  static boolean isNumber(String type) {
    return List.of(
                "BIGINT", "HUGEINT", "INTEGER", "INT", "SMALLINT", "TINYINT", "DOUBLE", "FLOAT",
                "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT", "UHUGEINT")
            .contains(type)
        || type.startsWith("DECIMAL");
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Values of one column have one type, or are null.
  private static int compare(@Nullable Object a, @Nullable Object b) {
    return Comparator.nullsLast(Comparator.<Comparable<Object>>naturalOrder())
        .compare(comparable(a), comparable(b));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // As above.
  private static Comparable<Object> comparable(@Nullable Object value) {
    return (Comparable<Object>)
        (Object)
            switch (value) {
              case null -> null;
              case byte[] bytes -> HexFormat.of().formatHex(bytes);
              default -> value;
            };
  }

  /// A value as people read it.
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double d -> number(d);
      case Integer i -> Figures.count(i);
      case Long l -> Figures.count(l);
      case Instant at -> at.toString().replace('T', ' ').replace("Z", "");
      case byte[] bytes -> bytes(bytes);
      default -> value.toString();
    };
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Figures.count((long) value) + ".0";
    }
    double size = Math.abs(value);
    return size >= 1e15 || size < 1e-4
        ? String.format(Locale.ENGLISH, "%.6g", value)
        : String.format(Locale.ENGLISH, "%,.6f", value).replaceFirst("(\\.\\d*?[1-9])0+$", "$1");
  }

  private static String bytes(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.chars().anyMatch(c -> c == 0xFFFD || (c < ' ' && c != '\n' && c != '\t'))
        ? HexFormat.of().formatHex(bytes)
        : text;
  }

  /// All rows with their titles, fields parted by tabs.
  static String copy(Answer.Rows rows) {
    return rows.columns().stream()
            .map(Answer.QueryColumn::name)
            .collect(Collectors.joining("\t", "", "\n"))
        + rows.rows().stream().map(ResultGrid::line).collect(Collectors.joining("\n"));
  }

  private static String line(List<Object> row) {
    return row.stream()
        .map(
            value ->
                value instanceof byte[] bytes
                    ? bytes(bytes)
                    : value == null ? "" : value.toString().replace('\t', ' '))
        .collect(Collectors.joining("\t"));
  }

  private static final class ValueCell extends TableCell<List<Object>, Object> {

    ValueCell(boolean right) {
      setAlignment(right ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(@Nullable Object item, boolean empty) {
      super.updateItem(item, empty);
      getStyleClass().removeAll("no-value", "truth-yes");
      if (empty) {
        setText(null);
      } else if (item == null) {
        setText("null");
        getStyleClass().add("no-value");
      } else {
        setText(text(item));
        if (Boolean.TRUE.equals(item)) {
          getStyleClass().add("truth-yes");
        }
      }
    }
  }
}
