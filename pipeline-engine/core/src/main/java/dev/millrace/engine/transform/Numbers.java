package dev.millrace.engine.transform;

import java.util.ArrayList;
import java.util.List;

/// Reads results that are whole numbers and never null.
final class Numbers {

  private Numbers() {}

  /// The one number a query gives.
  static long one(SqlSession session, String sql) {
    return rows(session, sql).getFirst()[0];
  }

  static List<long[]> rows(SqlSession session, String sql) {
    List<long[]> rows = new ArrayList<>();
    session.forEachRow(
        sql,
        row -> rows.add(row.stream().mapToLong(value -> ((Number) value).longValue()).toArray()));
    return rows;
  }
}
