package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.model.Column;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Names as SQL takes them.
public final class SqlNames {

  private SqlNames() {}

  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String quoted(String schema, String name) {
    return quoted(schema) + "." + quoted(name);
  }

  public static String quoted(Collection<String> names) {
    return names.stream().map(SqlNames::quoted).collect(Collectors.joining(", "));
  }

  public static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /// A text as a literal.
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
