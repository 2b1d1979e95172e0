package dev.millrace.engine.warehouse.redshift;

import com.amazon.redshift.Driver;
import dev.millrace.engine.settings.WarehouseSettings.Login;
import dev.millrace.engine.warehouse.jdbc.WarehouseErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/// Opens connections of Redshift's own driver. Any thread may call.
final class Connector {

  private final RedshiftAccess access;
  private final AwsLogin aws;

  Connector(RedshiftAccess access) {
    this.access = access;
    this.aws = new AwsLogin(access);
  }

  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when the server does not answer
  ///   or refuses the login, `USAGE` when a password's variable is not set
  Connection connect() {
    AwsLogin.User user = user();
    Properties properties = new Properties();
    properties.setProperty("user", user.name());
    properties.setProperty("password", user.password());
    properties.setProperty("ApplicationName", "millrace-warehouse");
    properties.setProperty("connectTimeout", "15");
    properties.setProperty("tcpKeepAlive", "true");
    // The driver's fetching thread takes a result that has come whole for one under way: to close
    // its
    // statement sends a wish to cancel, which ends whatever the connection runs next.
    properties.setProperty("enablefetchringbuffer", "false");
    properties.setProperty("ssl", Boolean.toString(access.tls()));
    if (access.tls()) {
      properties.setProperty("sslmode", "verify-full");
    }
    try {
      Connection connection =
          new Driver()
              .connect(
                  "jdbc:redshift://%s:%d/%s"
                      .formatted(access.host(), access.port(), access.database()),
                  properties);
      if (connection == null) {
        throw new SQLException("the driver knows no such address as " + access, "08001");
      }
      return connection;
    } catch (SQLException e) {
      throw WarehouseErrors.notReachable(e);
    }
  }

  /// Role with which Redshift reads the bucket.
  String role() {
    return access.role();
  }

  private AwsLogin.User user() {
    return switch (access.login()) {
      case Login.OfHome _ ->
          new AwsLogin.User(access.user().orElseThrow(), access.password().orElseThrow());
      case Login.Password in -> {
        String password = System.getenv(in.variable());
        if (password == null || password.isEmpty()) {
          throw RedshiftErrors.noPassword(in.variable());
        }
        yield new AwsLogin.User(access.user().orElseThrow(), password);
      }
      case Login.Iam _ -> aws.temporary();
      case Login.Secret secret -> aws.secret(secret.id());
    };
  }
}
