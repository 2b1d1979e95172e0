package dev.millrace.engine.model;

/// Where the broker and the database of a home answer.
///
/// @param kafka bootstrap servers, `host:port`
/// @param jdbcUrl of the database, without user and password
public record ServiceEndpoints(String kafka, String jdbcUrl, String user, String password) {

  /// Without the password.
  @Override
  public String toString() {
    return "kafka " + kafka + ", database " + jdbcUrl + " as " + user;
  }
}
