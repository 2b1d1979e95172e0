package dev.millrace.embedded.redshift;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of COPY's failures, kept outside of the transactions that failed, and what else Redshift
/// has and PostgreSQL has not. Any thread may call.
final class LoadErrors {

  private static final Logger LOG = LoggerFactory.getLogger(LoadErrors.class);

  private static final String CATALOG =
      """
      CREATE SCHEMA IF NOT EXISTS redshift;
      CREATE TABLE IF NOT EXISTS redshift.load_error (
        start_time timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
        session_id integer NOT NULL,
        file_name text NOT NULL,
        column_name text NOT NULL,
        column_type text NOT NULL,
        error_code integer NOT NULL,
        error_message text NOT NULL);
      CREATE OR REPLACE VIEW redshift.sys_load_error_detail AS
        SELECT 100 AS user_id, row_number() OVER (ORDER BY start_time) AS query_id, start_time,
          session_id, current_database()::text AS database_name, file_name, 0::bigint AS line_number,
          column_name, column_type, error_code, error_message
        FROM redshift.load_error;
      CREATE OR REPLACE VIEW redshift.stl_load_errors AS
        SELECT 100 AS userid, session_id AS session, start_time AS starttime, file_name AS filename,
          0::bigint AS line_number, column_name AS colname, column_type AS type,
          error_code AS err_code, error_message AS err_reason
        FROM redshift.load_error;
      CREATE OR REPLACE FUNCTION redshift.strtol(digits text, base integer) RETURNS bigint
        LANGUAGE plpgsql IMMUTABLE AS $$
        BEGIN
          IF base <> 16 THEN RAISE EXCEPTION 'the stand-in reads base 16 only'; END IF;
          RETURN ('x' || lpad(digits, 16, '0'))::bit(64)::bigint;
        END $$;
      CREATE OR REPLACE FUNCTION redshift.datediff(part text, a timestamp, b timestamp) RETURNS bigint
        LANGUAGE plpgsql IMMUTABLE AS $$
        BEGIN
          CASE lower(part)
            WHEN 'day' THEN RETURN b::date - a::date;
            WHEN 'microsecond' THEN
              RETURN (extract(epoch FROM b) * 1000000)::bigint - (extract(epoch FROM a) * 1000000)::bigint;
            ELSE RAISE EXCEPTION 'the stand-in counts days and microseconds only';
          END CASE;
        END $$;
      CREATE OR REPLACE FUNCTION redshift.to_hex(b bytea) RETURNS text
        LANGUAGE sql IMMUTABLE AS $$ SELECT encode(b, 'hex') $$;
      """;

  private final DataSource source;

  LoadErrors(DataSource source) {
    this.source = source;
  }

  /// Makes the catalog, and transactions as strict as Redshift's.
  void make(String database) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(CATALOG);
      statement.execute(
          "ALTER DATABASE \"%s\" SET search_path = \"$user\", public, redshift"
              .formatted(database));
      statement.execute(
          "ALTER DATABASE \"%s\" SET default_transaction_isolation = 'serializable'"
              .formatted(database));
      statement.execute("ALTER DATABASE \"%s\" SET timezone = 'UTC'".formatted(database));
    }
  }

  void note(int session, String file, BackendColumn column, int code, String message) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                INSERT INTO redshift.load_error
                  (session_id, file_name, column_name, column_type, error_code, error_message)
                VALUES (?, ?, ?, ?, ?, ?)
                """)) {
      statement.setInt(1, session);
      statement.setString(2, file);
      statement.setString(3, column.name());
      statement.setString(4, column.type());
      statement.setInt(5, code);
      statement.setString(6, message);
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.warn("A failure of COPY could not be noted: {}", message, e);
    }
  }
}
