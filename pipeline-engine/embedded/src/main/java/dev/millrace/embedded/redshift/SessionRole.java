package dev.millrace.embedded.redshift;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/// The role that clients' statements run as: it owns the stand-in's database and what lies in it,
/// and is no superuser, so that it can read no file, start no program and see no other database's
/// rows.
///
/// Its password is made anew at each start and known to this process only.
final class SessionRole {

  private static final int SECRET_BYTES = 24;

  private SessionRole() {}

  /// Makes the role where there is none, gives it a new password, and the database.
  ///
  /// @param connection a superuser's, to the stand-in's database, its catalog made
  /// @return the same database with the role for its user
  static Backend make(Connection connection, Backend backend) throws SQLException {
    String role = backend.database() + "_session";
    String secret = secret();
    String name = "\"" + role.replace("\"", "\"\"") + "\"";
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "DO $$ BEGIN CREATE ROLE %s; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
              .formatted(name));
      statement.execute(
          "ALTER ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '%s'"
              .formatted(name, secret));
      statement.execute("ALTER DATABASE \"%s\" OWNER TO %s".formatted(backend.database(), name));
      statement.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + name);
      statement.execute("GRANT USAGE ON SCHEMA redshift TO " + name);
      statement.execute(
          "GRANT SELECT ON redshift.sys_load_error_detail, redshift.stl_load_errors TO " + name);
      statement.execute(handOver(role));
    }
    return new Backend(backend.host(), backend.port(), backend.database(), role, secret);
  }

  /// What was made before there was such a role is handed over to it.
  private static String handOver(String role) {
    return """
      DO $$
      DECLARE
        owner CONSTANT text := '%s';
        found record;
      BEGIN
        FOR found IN
          SELECT nspname FROM pg_namespace
          WHERE nspowner = current_user::regrole AND nspname <> 'redshift' AND nspname <> 'public'
            AND nspname !~ '^pg_' AND nspname <> 'information_schema'
        LOOP
          EXECUTE format('ALTER SCHEMA %%I OWNER TO %%I', found.nspname, owner);
        END LOOP;
        FOR found IN
          SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relowner = current_user::regrole AND c.relkind IN ('r', 'p', 'v', 'm')
            AND n.nspname <> 'redshift' AND n.nspname !~ '^pg_'
            AND n.nspname <> 'information_schema'
        LOOP
          EXECUTE format('ALTER TABLE %%I.%%I OWNER TO %%I', found.nspname, found.relname, owner);
        END LOOP;
      END $$
      """
        .formatted(role.replace("'", "''"));
  }

  private static String secret() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
