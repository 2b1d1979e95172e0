package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.warehouse.WarehouseServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// Asks a database that was logged in to who it is.
record AskServer(Dialect dialect, Connection connection) {

  /// @param login time it took to log in
  WarehouseServer of(String schema, Duration login) throws SQLException {
    String user;
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_user")) {
      row.next();
      user = row.getString(1);
    }
    Duration answer = Duration.ofNanos(System.nanoTime() - begun);
    Dialect.Product product = dialect.product(connection);
    return new WarehouseServer(
        product.name(),
        product.version(),
        dialect.place(connection),
        user,
        dialect.encrypted(connection),
        schema,
        stands(schema),
        login,
        answer);
  }

  private boolean stands(String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pg_namespace WHERE nspname = ?")) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
