package dev.millrace.engine.care;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import java.util.stream.Collectors;

/// Names and texts in SQL.
final class Sql {

  private Sql() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String columns(Schema schema) {
    return schema.columns().stream()
        .map(Column::name)
        .map(Sql::name)
        .collect(Collectors.joining(", "));
  }
}
