package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one row of a table by its key.
final class FindRow {

  private final Connection connection;
  private final String schema;

  FindRow(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  Optional<Map<String, Object>> of(String table, Map<String, Object> key) throws SQLException {
    if (!stands(table)) {
      return Optional.empty();
    }
    List<String> columns = List.copyOf(key.keySet());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT * FROM %s.%s WHERE %s LIMIT 1"
                .formatted(
                    quoted(schema),
                    quoted(table),
                    columns.stream()
                        .map(column -> quoted(column) + " = ?")
                        .collect(Collectors.joining(" AND "))))) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setObject(i + 1, parameter(key.get(columns.get(i))));
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(row(rows)) : Optional.empty();
      }
    }
  }

  private boolean stands(String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ?")) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static Map<String, Object> row(ResultSet rows) throws SQLException {
    SqlValues values = new SqlValues(rows);
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.columns().size(); i++) {
      Object value = values.value(i);
      row.put(values.columns().get(i).name(), value == null ? "" : value);
    }
    return row;
  }

  private static @Nullable Object parameter(@Nullable Object value) {
    return value instanceof Instant moment
        ? OffsetDateTime.ofInstant(moment, ZoneOffset.UTC)
        : value;
  }
}
