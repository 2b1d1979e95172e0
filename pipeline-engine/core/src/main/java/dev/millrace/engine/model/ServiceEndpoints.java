package dev.millrace.engine.model;

import java.util.Optional;

/// Where the services of a home answer.
///
/// @param kafka bootstrap servers, `host:port`
/// @param jdbcUrl of the database, without user and password
/// @param s3 empty when the home runs none
public record ServiceEndpoints(
    String kafka, String jdbcUrl, String user, String password, Optional<S3Endpoint> s3) {

  /// Without an S3.
  public ServiceEndpoints(String kafka, String jdbcUrl, String user, String password) {
    this(kafka, jdbcUrl, user, password, Optional.empty());
  }

  /// Without passwords.
  @Override
  public String toString() {
    return "kafka "
        + kafka
        + ", database "
        + jdbcUrl
        + " as "
        + user
        + s3.map(endpoint -> ", " + endpoint).orElse("");
  }
}
