package dev.millrace.views.lake;

import dev.millrace.engine.api.Answer;
import dev.millrace.views.controls.Copies;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
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

  private static final double SIGN = 6.9;
  private static final double BOLD_SIGN = 7.6;
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
    Label type = new Label(CellText.type(of.type()));
    type.getStyleClass().add("result-type");
    boolean figures = CellText.isNumber(of.type());
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
    double widest = of.name().length() * BOLD_SIGN + CellText.type(of.type()).length() * SIGN + 8;
    for (int i = 0; i < Math.min(SAMPLE, rows.size()); i++) {
      widest = Math.max(widest, CellText.of(rows.get(i).get(index)).length() * SIGN);
    }
    column.setPrefWidth(Math.clamp(widest + 26, 60, 320));
    return column;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Values of one column have one type, or are null.
  private static int compare(@Nullable Object a, @Nullable Object b) {
    return Comparator.nullsLast(Comparator.<Comparable<Object>>naturalOrder())
        .compare(comparable(a), comparable(b));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // As above.
  private static Comparable<Object> comparable(@Nullable Object value) {
    return (Comparable<Object>)
        switch (value) {
          case null -> null;
          case byte[] bytes -> HexFormat.of().formatHex(bytes);
          default -> value;
        };
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
                    ? CellText.bytes(bytes)
                    : value instanceof BigDecimal number
                        ? number.toPlainString()
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
        setText(CellText.of(item));
        if (Boolean.TRUE.equals(item)) {
          getStyleClass().add("truth-yes");
        }
      }
    }
  }
}
