package dev.millrace.engine.control;

import dev.millrace.engine.model.ServiceEndpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/// Connections to the control database that belong to no pool.
record Connector(ServiceEndpoints endpoints) {

  static final Duration PATIENCE = Duration.ofSeconds(15);

  Connection connect() throws SQLException {
    Properties properties = properties();
    properties.setProperty("user", endpoints.user());
    properties.setProperty("password", endpoints.password());
    return DriverManager.getConnection(endpoints.jdbcUrl(), properties);
  }

  /// The driver's settings, without user and password.
  static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "millrace-control");
    properties.setProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }
}
