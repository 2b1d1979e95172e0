package dev.millrace.embedded.redshift;

/// The PostgreSQL database that keeps the stand-in's rows.
///
/// @param user also the one user who may log in to the stand-in, with the same password
public record Backend(String host, int port, String database, String user, String password) {

  /// Without the password.
  @Override
  public String toString() {
    return "PostgreSQL " + host + ":" + port + "/" + database;
  }
}
