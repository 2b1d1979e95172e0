package dev.millrace.spark;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statistics of a Parquet file, as DuckDB reckons them.
final class Statistics {

  private Statistics() {}

  static Map<String, ColumnStatistics> of(Statement statement, Path file, Schema schema)
      throws SQLException {
    Map<String, ColumnStatistics> all = new HashMap<>();
    for (Column column : schema.columns()) {
      String plain =
          switch (column.type()) {
            case TIMESTAMP -> "epoch_us(" + column.name() + ")";
            case DATE -> "(" + column.name() + " - DATE '1970-01-01')::INTEGER";
            case BINARY -> "NULL";
            case STRING, BOOLEAN, INT, BIGINT, DOUBLE -> column.name();
          };
      try (ResultSet row =
          statement.executeQuery(
              "SELECT min(%1$s), max(%1$s), count(*) - count(%2$s) FROM read_parquet('%3$s')"
                  .formatted(plain, column.name(), file))) {
        row.next();
        all.put(
            column.name(),
            new ColumnStatistics(
                value(column.type(), row, 1), value(column.type(), row, 2), row.getLong(3)));
      }
    }
    return all;
  }

  private static Optional<Object> value(ColumnType type, ResultSet row, int at)
      throws SQLException {
    @Nullable Object value = type == ColumnType.BINARY ? null : row.getObject(at);
    return Optional.ofNullable(value);
  }
}
