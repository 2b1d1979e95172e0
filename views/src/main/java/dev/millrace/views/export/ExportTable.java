package dev.millrace.views.export;

import dev.millrace.engine.api.Answer.QueryColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Rows to be written into a file: as RFC 4180 writes them, or typed. Any thread may call, one at a
/// time.
public final class ExportTable {

  private final List<String> names;
  private final List<List<Object>> rows = new ArrayList<>();

  public ExportTable(String... columns) {
    names = List.of(columns);
  }

  /// @param values texts, numbers, truths and times; null and NaN are no value, what is of another
  ///   kind is its text
  public void add(Object... values) {
    List<Object> row = new ArrayList<>(values.length);
    for (Object value : values) {
      row.add(kept(value));
    }
    rows.add(Collections.unmodifiableList(row));
  }

  @SuppressWarnings("NullAway") // A list of objects holds what has no value too.
  private static Object kept(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Double number when number.isNaN() -> null;
      case Integer number -> (Object) number.longValue();
      case String _, Double _, Long _, Boolean _, Instant _ -> value;
      default -> value.toString();
    };
  }

  /// Names and types, in standard SQL's words.
  public List<QueryColumn> columns() {
    List<QueryColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new QueryColumn(names.get(i), type(i)));
    }
    return columns;
  }

  /// One type when all values have it, and else text.
  private String type(int column) {
    List<String> types =
        rows.stream()
            .map(row -> row.get(column))
            .filter(java.util.Objects::nonNull)
            .map(
                value ->
                    switch (value) {
                      case Double _ -> "DOUBLE";
                      case Long _ -> "BIGINT";
                      case Boolean _ -> "BOOLEAN";
                      case Instant _ -> "TIMESTAMP WITH TIME ZONE";
                      default -> "VARCHAR";
                    })
            .distinct()
            .toList();
    return types.size() == 1 ? types.getFirst() : "VARCHAR";
  }

  /// By column: String, Double, Long, Boolean, Instant or null.
  public List<List<Object>> rows() {
    return Collections.unmodifiableList(rows);
  }

  /// As CSV, with a header line.
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, names);
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<?> values) {
    text.append(
            values.stream()
                .map(value -> value == null ? "" : field(value.toString()))
                .collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String field(String value) {
    return value.matches("(?s).*[\",\\r\\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
