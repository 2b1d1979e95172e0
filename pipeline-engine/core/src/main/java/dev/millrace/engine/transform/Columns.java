package dev.millrace.engine.transform;

import dev.millrace.engine.model.Schema;
import java.util.stream.Collectors;

/// Columns as SQL lists them.
final class Columns {

  private Columns() {}

  static String of(SqlSession session, Schema schema) {
    return schema.columns().stream()
        .map(column -> session.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }
}
