package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What differs from one warehouse to the next. Any thread may call.
public interface Dialect {

  /// A new connection, in autocommit; the caller closes it.
  ///
  /// @throws MillraceException `SERVICE` when the warehouse does not answer or refuses the login
  Connection connect();

  /// Begins a load's transaction: waits until no other load of this schema runs, of whatever
  /// process; the lock ends with the transaction.
  ///
  /// @param connection in autocommit; in the transaction afterwards
  /// @throws MillraceException `WAREHOUSE` when the server is too old
  void begin(Connection connection, String schema, Waiting waiting) throws SQLException;

  /// Begins a transaction that sees one state of the database and changes nothing.
  void beginLook(Connection connection) throws SQLException;

  /// Begins a transaction for a person's query, in which nothing can be changed; tables of the
  /// schema need no prefix.
  ///
  /// @param connection in autocommit
  void beginQuery(Connection connection, String schema) throws SQLException;

  /// Host, port and database, for people.
  String place(Connection connection) throws SQLException;

  /// Name and version of the product that answers.
  Product product(Connection connection) throws SQLException;

  /// Whether the connection is encrypted.
  boolean encrypted(Connection connection) throws SQLException;

  /// What answers.
  record Product(String name, String version) {}

  /// Told while a lock is waited for; fails when the work is cancelled.
  interface Waiting {
    void stillWaiting();
  }

  /// A column's type as {@link #columns} tells it.
  String type(ColumnType type);

  /// Whether a table's column, of the type the catalog tells, holds the lake's values.
  default boolean holds(Column column, String type) {
    return type(column.type()).equals(type);
  }

  /// Types of a table's columns by name, in order; empty when there is no such table.
  Map<String, String> columns(Connection connection, String schema, String table)
      throws SQLException;

  /// Columns of a table's primary key; empty where the database keeps none that it enforces.
  Optional<Set<String>> key(Connection connection, String schema, String table) throws SQLException;

  /// Statements that make a table, without what is better made after its first rows.
  ///
  /// @param name quoted, with its schema
  /// @param lengths as {@link RowLoader#prepare} gives them
  List<String> creating(
      String name, WarehouseTable table, Schema schema, Map<String, Integer> lengths);

  /// Statements due once a made table has its first rows.
  List<String> finishing(String name, WarehouseTable table);

  /// A column as `ADD COLUMN` takes it.
  ///
  /// @param lengths as {@link RowLoader#prepare} gives them
  String added(Column column, Map<String, Integer> lengths);

  /// What brings a table's rows within the connection's transaction.
  RowLoader loader(Connection connection, SqlEngine engine, Progress progress);

  /// Deletes rows by a column's value, in one transaction, and what the database keeps of them.
  ///
  /// @param connection in autocommit; it is again afterwards
  Map<String, Long> erase(Connection connection, String schema, Set<String> columns, String value)
      throws SQLException;

  /// Its words for the figures of a reconciliation.
  Words words();

  /// What a person reads of a failure; the transaction is rolled back already, and the connection
  /// that failed may be gone.
  ///
  /// @param target table that was being loaded; empty outside of one
  /// @param what what went on, for example `while loading fact_daily`
  MillraceException explained(Optional<String> target, String what, SQLException cause);

  /// Whether the transaction failed for another's sake, and may well succeed when done again.
  boolean isConflict(SQLException cause);

  /// SQL expressions that give the same on every engine.
  interface Words {

    /// Days since 1970-01-01 of a date.
    String days(String date);

    /// Microseconds since 1970-01-01T00:00Z of a timestamp.
    String micros(String timestamp);

    /// Lower-case hexadecimal digits of bytes.
    String hex(String bytes);

    /// The first 60 bits of the MD5 of a text, as a bigint.
    String digest(String text);
  }
}
