package dev.millrace.engine.quality.expectation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pieces of portable SQL.
final class Sql {

  private Sql() {}

  static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  static String names(Collection<String> columns) {
    return columns.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /// Rows for which the predicate holds; null counts as no.
  static String countIf(String predicate) {
    return "count(CASE WHEN " + predicate + " THEN 1 END)";
  }

  static String and(String left, String right) {
    return left.equals("TRUE") ? right : right.equals("TRUE") ? left : left + " AND " + right;
  }

  static String not(String predicate) {
    return "NOT coalesce(" + predicate + ", FALSE)";
  }

  static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /// These columns of a row.
  static Map<String, Object> only(Map<String, Object> row, Collection<String> columns) {
    Map<String, Object> some = new LinkedHashMap<>(row);
    some.keySet().retainAll(columns);
    return some;
  }
}
