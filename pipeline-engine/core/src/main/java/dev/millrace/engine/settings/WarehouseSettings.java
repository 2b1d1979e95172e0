package dev.millrace.engine.settings;

import java.util.Optional;

/// Which database a home's warehouse is.
public sealed interface WarehouseSettings {

  /// The home's own PostgreSQL.
  record InHome() implements WarehouseSettings {}

  /// A PostgreSQL elsewhere.
  record Postgres(String host, int port, String database, String user, Login login, boolean tls)
      implements WarehouseSettings {

    public static final int PORT = 5432;
  }

  /// Amazon Redshift, or the home's stand-in for it.
  ///
  /// @param server who answers
  /// @param user database user; with IAM it may be left out, and IAM's own is taken
  /// @param role ARN of the role with which Redshift reads the bucket, or `default`
  /// @param region the cluster's; empty when its host name tells
  /// @param staging `s3://bucket/prefix` where files are put for Redshift when the lake does not
  ///   lie in S3
  record Redshift(
      Server server,
      String database,
      Optional<String> user,
      Login login,
      String role,
      Optional<String> region,
      Optional<LakeSettings.S3> staging)
      implements WarehouseSettings {

    public static final int PORT = 5439;

    /// The home's stand-in.
    public static final Redshift LOCAL =
        new Redshift(
            new Server.Embedded(),
            "redshift",
            Optional.empty(),
            new Login.OfHome(),
            "arn:aws:iam::000000000000:role/millrace-local",
            Optional.empty(),
            Optional.empty());
  }

  /// Who answers as Redshift.
  sealed interface Server {

    /// A cluster or a workgroup.
    record At(String host, int port, boolean tls) implements Server {}

    /// The home's own stand-in, which starts with its services.
    record Embedded() implements Server {}
  }

  /// How a person or a program proves who it is.
  sealed interface Login {

    /// As the home's services say.
    record OfHome() implements Login {}

    /// A password in an environment variable.
    record Password(String variable) implements Login {}

    /// A temporary password that IAM gives, for the AWS identity of this process.
    record Iam() implements Login {}

    /// User and password in a secret of AWS Secrets Manager.
    record Secret(String id) implements Login {}
  }
}
