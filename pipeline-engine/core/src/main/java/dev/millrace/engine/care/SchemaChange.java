package dev.millrace.engine.care;

import dev.millrace.engine.model.ColumnType;

/// A change of one column.
public sealed interface SchemaChange {

  /// A further column at the end, null in every row that stands.
  record Add(String name, ColumnType type) implements SchemaChange {}

  /// A type that holds every value of the column's own.
  record Widen(String name, ColumnType type) implements SchemaChange {}

  record Rename(String from, String to) implements SchemaChange {}

  /// A column that may be null from now on.
  record Relax(String name) implements SchemaChange {}
}
