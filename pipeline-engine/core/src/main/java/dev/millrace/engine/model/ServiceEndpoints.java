package dev.millrace.engine.model;

import java.util.Optional;

/// Where the services of a home answer.
///
/// @param kafka bootstrap servers, `host:port`
/// @param jdbcUrl of the database, without user and password
/// @param s3 empty when the home runs none
/// @param redshiftPort where the stand-in for Redshift answers on 127.0.0.1, to the database's user
///   and password; empty when the home runs none
public record ServiceEndpoints(
    String kafka,
    String jdbcUrl,
    String user,
    String password,
    Optional<S3Endpoint> s3,
    Optional<Integer> redshiftPort) {

  /// Without a stand-in for Redshift.
  public ServiceEndpoints(
      String kafka, String jdbcUrl, String user, String password, Optional<S3Endpoint> s3) {
    this(kafka, jdbcUrl, user, password, s3, Optional.empty());
  }

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
        + s3.map(endpoint -> ", " + endpoint).orElse("")
        + redshiftPort.map(port -> ", Redshift's stand-in on port " + port).orElse("");
  }
}
