package dev.millrace.engine.warehouse.redshift;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.FileFooters;
import dev.millrace.engine.lake.LakeFiles;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadArea;
import dev.millrace.engine.warehouse.jdbc.Dialect;
import dev.millrace.engine.warehouse.jdbc.RowLoader;
import dev.millrace.engine.warehouse.jdbc.WarehouseErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Redshift's ways.
final class RedshiftDialect implements Dialect {

  private static final int MAKES = 5;
  private static final Pattern VERSION = Pattern.compile("Redshift (\\S+)");

  private final Connector connector;
  private final RedshiftAccess access;
  private final LoadArea area;
  private final Preflight preflight;

  RedshiftDialect(RedshiftAccess access, LoadArea area, LakeFiles files, FileFooters footers) {
    this.access = access;
    this.area = area;
    this.connector = new Connector(access);
    this.preflight = new Preflight(access, area, files, footers);
  }

  @Override
  public Connection connect() {
    return connector.connect();
  }

  /// Loads wait for each other on a table of their own, because nobody can read a table that is
  /// locked; it is made apart. The transaction sees the state from its first statement on, which is
  /// the lock.
  @Override
  public void begin(Connection connection, String schema, Waiting waiting) throws SQLException {
    String lock = quoted(schema, "millrace_lock");
    if (columns(connection, schema, "millrace_lock").isEmpty()) {
      makeLock(connection, schema, lock);
    }
    connection.setAutoCommit(false);
    waiting.stillWaiting();
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + lock);
    }
  }

  /// Of two that make the same at once, one fails: it looks again.
  private static void makeLock(Connection connection, String schema, String lock)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
        statement.execute("CREATE TABLE IF NOT EXISTS " + lock + " (held boolean)");
        return;
      } catch (SQLException raced) {
        if (attempt == MAKES || WarehouseErrors.isLost(raced)) {
          throw raced;
        }
      }
    }
  }

  /// Every transaction of Redshift sees one state.
  @Override
  public void beginLook(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  /// Begun in words: the driver's own read-only mode is a statement that Redshift has not.
  @Override
  public void beginQuery(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + quoted(schema) + ", public");
      statement.execute("BEGIN READ ONLY");
    }
    // Goes on in that transaction; only then are rows fetched some at a time.
    connection.setAutoCommit(false);
  }

  @Override
  public String place(Connection connection) {
    return "%s:%d/%s".formatted(access.host(), access.port(), access.database());
  }

  /// Redshift calls itself a PostgreSQL of long ago, and its own version behind that.
  @Override
  public Product product(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version()")) {
      String told = row.next() ? row.getString(1) : "";
      Matcher own = VERSION.matcher(told);
      return own.find()
          ? new Product("Amazon Redshift", own.group(1))
          : new Product("Stand-in for Redshift", told.replaceFirst(" on .*", ""));
    }
  }

  @Override
  public boolean encrypted(Connection connection) {
    return access.tls();
  }

  @Override
  public String type(ColumnType type) {
    return RedshiftTypes.catalog(type);
  }

  @Override
  public boolean holds(Column column, String type) {
    return RedshiftTypes.base(type).equals(RedshiftTypes.catalog(column.type()));
  }

  @Override
  public Map<String, String> columns(Connection connection, String schema, String table)
      throws SQLException {
    return RedshiftTypes.columns(connection, schema, table);
  }

  /// Redshift keeps keys as a promise to its planner and enforces none.
  @Override
  public Optional<Set<String>> key(Connection connection, String schema, String table) {
    return Optional.empty();
  }

  @Override
  public List<String> creating(
      String name, WarehouseTable table, Schema schema, Map<String, Integer> lengths) {
    return List.of(RedshiftTypes.create(name, table, schema, lengths));
  }

  @Override
  public List<String> finishing(String name, WarehouseTable table) {
    return List.of();
  }

  @Override
  public String added(Column column, Map<String, Integer> lengths) {
    return RedshiftTypes.declared(column, lengths, false);
  }

  @Override
  public RowLoader loader(Connection connection, SqlEngine engine, Progress progress) {
    return new CopyByManifest(connection, access.role(), area, preflight, engine, progress);
  }

  @Override
  public Map<String, Long> erase(
      Connection connection, String schema, Set<String> columns, String value) throws SQLException {
    Map<String, Long> deleted = new TreeMap<>();
    List<Place> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = ? ORDER BY 1, 2
            """)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (columns.contains(rows.getString(2))) {
            found.add(new Place(rows.getString(1), rows.getString(2)));
          }
        }
      }
    }
    connection.setAutoCommit(false);
    for (Place place : found) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "DELETE FROM %s WHERE CAST(%s AS varchar) = ?"
                  .formatted(quoted(schema, place.table()), quoted(place.column())))) {
        statement.setString(1, value);
        long rows = statement.executeUpdate();
        if (rows > 0) {
          deleted.merge(place.table(), rows, Long::sum);
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    for (String table : deleted.keySet()) {
      // A deleted row stays in its block until the table is vacuumed.
      try (Statement statement = connection.createStatement()) {
        statement.execute("VACUUM DELETE ONLY " + quoted(schema, table) + " TO 100 PERCENT");
      }
    }
    return deleted;
  }

  private record Place(String table, String column) {}

  @Override
  public Words words() {
    return new Words() {
      @Override
      public String days(String date) {
        return "datediff(day, DATE '1970-01-01', " + date + ")";
      }

      @Override
      public String micros(String timestamp) {
        return "datediff(microsecond, TIMESTAMP '1970-01-01 00:00:00', " + timestamp + ")";
      }

      @Override
      public String hex(String bytes) {
        return "lower(to_hex(" + bytes + "))";
      }

      @Override
      public String digest(String text) {
        return "strtol(substring(md5(" + text + "), 1, 15), 16)";
      }
    };
  }

  @Override
  public MillraceException explained(Optional<String> target, String what, SQLException cause) {
    String doing = target.map(name -> "while loading " + name).orElse(what);
    return RedshiftErrors.of(doing, target, cause, connector);
  }

  @Override
  public boolean isConflict(SQLException cause) {
    return RedshiftErrors.isSerializable(cause) || WarehouseErrors.isConflict(cause);
  }
}
