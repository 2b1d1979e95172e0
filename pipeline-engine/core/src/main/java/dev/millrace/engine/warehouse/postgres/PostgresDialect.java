package dev.millrace.engine.warehouse.postgres;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.pipeline.WarehouseTable.Merge;
import dev.millrace.engine.pipeline.WarehouseTable.ReplacePartitions;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.jdbc.Dialect;
import dev.millrace.engine.warehouse.jdbc.RowLoader;
import dev.millrace.engine.warehouse.jdbc.WarehouseErrors;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// PostgreSQL's ways.
final class PostgresDialect implements Dialect {

  private static final int MERGE_SINCE = 15;
  private static final Duration LOCK_POLL = Duration.ofMillis(200);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final DataSource source;
  private final Duration lockPatience;

  PostgresDialect(DataSource source, Duration lockPatience) {
    this.source = source;
    this.lockPatience = lockPatience;
  }

  @Override
  public Connection connect() {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      throw WarehouseErrors.notReachable(e);
    }
  }

  @Override
  public void begin(Connection connection, String schema, Waiting waiting) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < MERGE_SINCE) {
      throw WarehouseErrors.tooOld(version);
    }
    connection.setAutoCommit(false);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('millrace load ' || ?, 0))")) {
      statement.setString(1, schema);
      while (!locked(statement)) {
        waiting.stillWaiting();
        Thread.sleep(LOCK_POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw WarehouseErrors.cancelled();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = " + lockPatience.toMillis());
    }
  }

  private static boolean locked(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public void beginLook(Connection connection) throws SQLException {
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  @Override
  public void beginQuery(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO " + quoted(schema) + ", public");
    }
    beginLook(connection);
    readAlone(connection);
  }

  /// A superuser, as the home's own database has one, could read files and end other sessions
  /// within a SELECT; so it takes on a role that reads tables and nothing else. Others have their
  /// own rights.
  private static void readAlone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean superuser;
      try (ResultSet row =
          statement.executeQuery("SELECT current_setting('is_superuser') = 'on'")) {
        superuser = row.next() && row.getBoolean(1);
      }
      if (superuser) {
        statement.execute("SET LOCAL ROLE pg_read_all_data");
      }
    }
  }

  @Override
  public String place(Connection connection) throws SQLException {
    return connection
        .getMetaData()
        .getURL()
        .replaceFirst("^jdbc:postgresql://", "")
        .replaceFirst("\\?.*$", "");
  }

  @Override
  public Product product(Connection connection) throws SQLException {
    return new Product("PostgreSQL", connection.getMetaData().getDatabaseProductVersion());
  }

  @Override
  public boolean encrypted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      return row.next() && row.getBoolean(1);
    }
  }

  @Override
  public String type(ColumnType type) {
    return switch (type) {
      case STRING -> "text";
      case BOOLEAN -> "boolean";
      case INT -> "integer";
      case BIGINT -> "bigint";
      case DOUBLE -> "double precision";
      case TIMESTAMP -> "timestamp with time zone";
      case DATE -> "date";
      case BINARY -> "bytea";
    };
  }

  @Override
  public Map<String, String> columns(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum
            """)) {
      statement.setString(1, quoted(schema, table));
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, String> columns = new LinkedHashMap<>();
        while (rows.next()) {
          columns.put(rows.getString(1), rows.getString(2));
        }
        return columns;
      }
    }
  }

  @Override
  public Optional<Set<String>> key(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT array_agg(attname::text) FROM pg_index
            JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indrelid = to_regclass(?) AND indisprimary
            """)) {
      statement.setString(1, quoted(schema, table));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Array names = row.getArray(1);
        return Optional.of(names == null ? Set.<String>of() : Set.of((String[]) names.getArray()));
      }
    }
  }

  @Override
  public List<String> creating(
      String name, WarehouseTable table, Schema schema, Map<String, Integer> lengths) {
    String columns =
        schema.columns().stream()
            .map(c -> added(c, lengths) + (table.key().contains(c.name()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    return List.of("CREATE TABLE %s (%s)".formatted(name, columns));
  }

  @Override
  public List<String> finishing(String name, WarehouseTable table) {
    String key = "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(name, quoted(table.key()));
    return switch (table) {
      case ReplacePartitions replace when !table.key().getFirst().equals(replace.partition()) ->
          List.of(key, "CREATE INDEX ON %s (%s)".formatted(name, quoted(replace.partition())));
      case ReplacePartitions _, Merge _ -> List.of(key);
    };
  }

  @Override
  public String added(Column column, Map<String, Integer> lengths) {
    return quoted(column.name()) + " " + type(column.type());
  }

  @Override
  public RowLoader loader(Connection connection, SqlEngine engine, Progress progress) {
    return new CopyRows(connection, engine, progress);
  }

  @Override
  public Map<String, Long> erase(
      Connection connection, String schema, Set<String> columns, String value) throws SQLException {
    return new EraseRows(connection, schema).run(columns, value);
  }

  @Override
  public Words words() {
    return new Words() {
      @Override
      public String days(String date) {
        return "(" + date + " - DATE '1970-01-01')";
      }

      @Override
      public String micros(String timestamp) {
        return "CAST(extract(epoch FROM " + timestamp + ") * 1000000 AS bigint)";
      }

      @Override
      public String hex(String bytes) {
        return "encode(" + bytes + ", 'hex')";
      }

      @Override
      public String digest(String text) {
        return "CAST(CAST('x' || substr(md5(" + text + "), 1, 15) AS bit(60)) AS bigint)";
      }
    };
  }

  @Override
  public MillraceException explained(Optional<String> target, String what, SQLException cause) {
    String doing = target.map(name -> "while loading " + name).orElse(what);
    if (target.isPresent()) {
      switch (String.valueOf(cause.getSQLState())) {
        case "23505", "21000" -> {
          return WarehouseErrors.keyHeldTwice(target.get(), cause);
        }
        case "23502" -> {
          return WarehouseErrors.keyMissing(target.get(), cause);
        }
        default -> {
          // Told below.
        }
      }
    }
    if (LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
      return WarehouseErrors.locked(doing, lockPatience, holders(cause), cause);
    }
    return WarehouseErrors.refused(doing, cause);
  }

  /// Sessions that hold a table of a pipeline's schema strongly enough to keep a load from it, for
  /// people; empty when that cannot be found out.
  private String holders(SQLException cause) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT DISTINCT a.pid, a.usename, a.application_name, a.state,
                  date_trunc('second', a.xact_start)
                FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                JOIN pg_class c ON c.oid = l.relation
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE l.granted AND l.database = (
                    SELECT oid FROM pg_database WHERE datname = current_database())
                  AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                    'AccessExclusiveLock', 'ShareUpdateExclusiveLock', 'RowExclusiveLock')
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  AND a.pid <> pg_backend_pid()
                """)) {
      StringJoiner holders = new StringJoiner(" and ");
      while (rows.next()) {
        holders.add(
            "session %d (user %s, program '%s', %s, transaction since %s)"
                .formatted(
                    rows.getInt(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getString(5)));
      }
      return holders.toString();
    } catch (SQLException | MillraceException e) {
      cause.addSuppressed(e);
      return "";
    }
  }

  /// A serialization failure or a deadlock.
  @Override
  public boolean isConflict(SQLException cause) {
    return WarehouseErrors.isConflict(cause);
  }
}
