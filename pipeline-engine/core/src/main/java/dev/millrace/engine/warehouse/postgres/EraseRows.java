package dev.millrace.engine.warehouse.postgres;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Deletes a subject's rows from the tables of one schema.
final class EraseRows {

  private final Connection connection;
  private final String schema;

  /// @param connection in autocommit; it is again afterwards
  EraseRows(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  Map<String, Long> run(Set<String> columns, String value) throws SQLException {
    Map<String, Long> deleted = new TreeMap<>();
    connection.setAutoCommit(false);
    for (Target target : targets(columns)) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "DELETE FROM %s.%s WHERE %s::text = ?"
                  .formatted(quoted(schema), quoted(target.table()), quoted(target.column())))) {
        statement.setString(1, value);
        int rows = statement.executeUpdate();
        if (rows > 0) {
          deleted.merge(target.table(), (long) rows, Long::sum);
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    for (String table : deleted.keySet()) {
      // A deleted row's bytes stay on their page until the table is written anew.
      try (Statement statement = connection.createStatement()) {
        statement.execute("VACUUM FULL %s.%s".formatted(quoted(schema), quoted(table)));
      }
    }
    return deleted;
  }

  private record Target(String table, String column) {}

  private List<Target> targets(Set<String> columns) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT c.table_name, c.column_name
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = ? AND t.table_type = 'BASE TABLE' AND c.column_name = ANY (?)
            ORDER BY 1, 2
            """)) {
      statement.setString(1, schema);
      statement.setArray(2, connection.createArrayOf("text", columns.toArray(String[]::new)));
      List<Target> targets = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          targets.add(new Target(rows.getString(1), rows.getString(2)));
        }
      }
      return targets;
    }
  }
}
