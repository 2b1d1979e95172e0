package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A warehouse table's shape: made from the lake's schema, grown with it, and checked against it.
final class TargetTable {

  private final Dialect dialect;
  private final Connection connection;
  private final String schemaName;
  private final WarehouseTable definition;
  private final Schema lake;

  /// @param lake schema of the lake table
  TargetTable(
      Dialect dialect,
      Connection connection,
      String schemaName,
      WarehouseTable definition,
      Schema lake) {
    this.dialect = dialect;
    this.connection = connection;
    this.schemaName = schemaName;
    this.definition = definition;
    this.lake = lake;
  }

  /// Quoted, with its schema.
  String sqlName() {
    return quoted(schemaName, definition.target());
  }

  /// Types of its columns by name; empty when it does not stand.
  Map<String, String> standing() throws SQLException {
    return dialect.columns(connection, schemaName, definition.target());
  }

  /// Columns the lake has and it has not, in order.
  List<Column> lacking(Map<String, String> standing) {
    return lake.columns().stream().filter(c -> !standing.containsKey(c.name())).toList();
  }

  /// Makes the table without its keys, or brings it to the lake's schema.
  ///
  /// @param lengths as {@link RowLoader#prepare} gave them
  /// @return whether it was made: it is empty, and {@link #finish} is due once it is filled
  boolean ensure(Map<String, Integer> lengths) throws SQLException {
    Map<String, String> standing = standing();
    if (standing.isEmpty()) {
      execute(dialect.creating(sqlName(), definition, lake, lengths));
      return true;
    }
    check(standing);
    execute(
        lacking(standing).stream()
            .map(c -> "ALTER TABLE " + sqlName() + " ADD COLUMN " + dialect.added(c, lengths))
            .toList());
    return false;
  }

  /// @throws dev.millrace.engine.error.MillraceException `WAREHOUSE` when it differs by more than
  ///   columns it lacks
  void check(Map<String, String> standing) throws SQLException {
    List<String> differences = differences(standing);
    if (!differences.isEmpty()) {
      throw WarehouseErrors.shapeDiffers(schemaName + "." + definition.target(), differences);
    }
  }

  /// Gives a table that was made its keys; after its first rows, because to build an index at once
  /// takes a third of the time of growing it row by row.
  void finish() throws SQLException {
    execute(dialect.finishing(sqlName(), definition));
  }

  long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + sqlName())) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> differences(Map<String, String> standing) throws SQLException {
    List<String> differences = new ArrayList<>();
    standing.forEach(
        (name, type) ->
            lake.column(name)
                .ifPresentOrElse(
                    column -> {
                      if (!dialect.holds(column, type)) {
                        differences.add(
                            "column %s is %s there and %s here"
                                .formatted(name, type, dialect.type(column.type())));
                      }
                    },
                    () -> differences.add("column " + name + " is only there")));
    Optional<Set<String>> key = dialect.key(connection, schemaName, definition.target());
    if (key.isPresent() && !key.get().equals(Set.copyOf(definition.key()))) {
      differences.add(
          "its primary key is " + key.get() + " there and " + definition.key() + " here");
    }
    return differences;
  }
}
