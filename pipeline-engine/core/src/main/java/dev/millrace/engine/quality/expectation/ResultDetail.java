package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How much a result tells: Great Expectations' `result_format`, a name or an object.
///
/// @param partial unexpected values told at most where not all are
/// @param indexColumns columns by which an unexpected row is told apart; empty when nobody asked
/// @param rowNumber column with the number of a row, from 1, by which unexpected rows are told
///   where no index columns are asked for; the result has their places from 0
/// @param rows whether unexpected rows are told whole, at most `partial` of them
/// @param valuesHidden whether the unexpected values themselves are left out
public record ResultDetail(
    ResultFormat format,
    int partial,
    List<String> indexColumns,
    Optional<String> rowNumber,
    boolean rows,
    boolean valuesHidden) {

  static final int DEFAULT_PARTIAL = 20;

  /// As much as the history keeps and a report shows.
  public static final ResultDetail USUAL = of(ResultFormat.SUMMARY);

  private static final Set<String> KEYS =
      Set.of(
          "result_format",
          "partial_unexpected_count",
          "unexpected_index_column_names",
          "include_unexpected_rows",
          "exclude_unexpected_values",
          "return_unexpected_index_query");

  public ResultDetail {
    indexColumns = List.copyOf(indexColumns);
  }

  /// The format as it is without further wishes.
  public static ResultDetail of(ResultFormat format) {
    return new ResultDetail(format, DEFAULT_PARTIAL, List.of(), Optional.empty(), false, false);
  }

  /// The same, telling unexpected rows apart by these columns.
  public ResultDetail indexedBy(List<String> columns) {
    return new ResultDetail(format, partial, columns, rowNumber, rows, valuesHidden);
  }

  /// The same, telling unexpected rows by their place where nobody asks for index columns.
  public ResultDetail numberedBy(String column) {
    return new ResultDetail(format, partial, indexColumns, Optional.of(column), rows, valuesHidden);
  }

  /// Refuses index columns that what is judged does not have: every expectation would fail by them.
  ///
  /// @param what is judged, for people
  /// @throws MillraceException `USAGE`
  public ResultDetail requireIndexIn(Schema schema, String what) {
    for (String column : indexColumns) {
      if (schema.column(column).isEmpty()) {
        throw new MillraceException(
            ErrorCode.USAGE,
            what + " has no column '" + column + "' to tell its rows by",
            "choose among "
                + String.join(", ", schema.columns().stream().map(Column::name).toList()));
      }
    }
    return this;
  }

  /// Columns that tell an unexpected row apart; empty when rows are not told apart.
  List<String> keys() {
    return indexColumns.isEmpty() ? rowNumber.map(List::of).orElse(List.of()) : indexColumns;
  }

  /// What an expectation asks for itself, or this.
  ///
  /// @throws WrongArgument when it is not understood
  ResultDetail orAsTold(@Nullable Object told) {
    return switch (told) {
      case null -> this;
      case String name ->
          new ResultDetail(
              ResultFormat.named(name), partial, indexColumns, rowNumber, rows, valuesHidden);
      case Map<?, ?> map -> ofMap(map);
      default -> throw new WrongArgument("result_format is " + told);
    };
  }

  private ResultDetail ofMap(Map<?, ?> map) {
    Set<String> others = new TreeSet<>();
    map.keySet().forEach(key -> others.add(String.valueOf(key)));
    others.removeAll(new HashSet<>(KEYS));
    if (!others.isEmpty()) {
      throw new WrongArgument(
          "result_format has no "
              + String.join(", ", others)
              + "; it takes "
              + String.join(", ", new TreeSet<>(KEYS)));
    }
    return new ResultDetail(
        map.get("result_format") instanceof String name ? ResultFormat.named(name) : format,
        partial(map.get("partial_unexpected_count")),
        map.get("unexpected_index_column_names") == null
            ? indexColumns
            : columns(map.get("unexpected_index_column_names")),
        rowNumber,
        map.get("include_unexpected_rows") instanceof Boolean flag ? flag : rows,
        map.get("exclude_unexpected_values") instanceof Boolean flag ? flag : valuesHidden);
  }

  private int partial(@Nullable Object told) {
    if (told == null) {
      return partial;
    }
    if (told instanceof Number number) {
      BigDecimal count = Values.decimal(number);
      if (count.signum() >= 0 && count.stripTrailingZeros().scale() <= 0) {
        return Math.min(RowCheck.ALL, count.intValue());
      }
    }
    throw new WrongArgument("partial_unexpected_count is " + told + "; write a whole number");
  }

  private static List<String> columns(@Nullable Object told) {
    if (told instanceof String one) {
      return List.of(one);
    }
    List<String> columns = new ArrayList<>();
    if (told instanceof List<?> list) {
      for (Object name : list) {
        if (!(name instanceof String text)) {
          throw new WrongArgument("unexpected_index_column_names holds " + name);
        }
        columns.add(text);
      }
      return columns;
    }
    throw new WrongArgument("unexpected_index_column_names is " + told + ", which is not a list");
  }
}
