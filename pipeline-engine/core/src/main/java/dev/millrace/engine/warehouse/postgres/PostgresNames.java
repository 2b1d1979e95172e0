package dev.millrace.engine.warehouse.postgres;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import java.util.List;
import java.util.stream.Collectors;

/// PostgreSQL's names and types for the lake's.
final class PostgresNames {

  private PostgresNames() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(List<String> names) {
    return names.stream().map(PostgresNames::quoted).collect(Collectors.joining(", "));
  }

  static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /// As `format_type` of PostgreSQL writes it.
  static String type(ColumnType type) {
    return switch (type) {
      case STRING -> "text";
      case BOOLEAN -> "boolean";
      case INT -> "integer";
      case BIGINT -> "bigint";
      case DOUBLE -> "double precision";
      case TIMESTAMP -> "timestamp with time zone";
      case DATE -> "date";
      case BINARY -> "bytea";
    };
  }
}
