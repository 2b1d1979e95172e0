package dev.millrace.engine.warehouse.redshift;

import dev.millrace.engine.settings.WarehouseSettings.Login;
import java.util.Optional;

/// What it takes to reach a database of Redshift.
///
/// @param tls whether the connection is encrypted and the server's certificate and name are checked
/// @param user empty leaves it to IAM, or to the secret
/// @param password the home's own, for its stand-in
/// @param role ARN of the role with which Redshift reads the bucket, or `default`
/// @param region the cluster's; empty when its host name tells
public record RedshiftAccess(
    String host,
    int port,
    boolean tls,
    String database,
    Optional<String> user,
    Optional<String> password,
    Login login,
    String role,
    Optional<String> region) {

  /// Without the password.
  @Override
  public String toString() {
    return "Redshift " + host + ":" + port + "/" + database;
  }

  /// The cluster's region: as said, or as its host name has it.
  Optional<String> clusterRegion() {
    if (region.isPresent()) {
      return region;
    }
    String[] parts = host.split("\\.", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].equals("redshift") || parts[i].equals("redshift-serverless")) {
        return Optional.of(parts[i - 1]);
      }
    }
    return Optional.empty();
  }
}
