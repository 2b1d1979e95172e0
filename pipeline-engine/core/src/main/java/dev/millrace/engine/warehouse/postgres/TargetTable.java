package dev.millrace.engine.warehouse.postgres;

import static dev.millrace.engine.warehouse.postgres.PostgresNames.quoted;

import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.pipeline.WarehouseTable.Merge;
import dev.millrace.engine.pipeline.WarehouseTable.ReplacePartitions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A warehouse table's shape: made from the lake's schema, grown with it, and checked against it.
final class TargetTable {

  private final Connection connection;
  private final String schemaName;
  private final WarehouseTable definition;
  private final Schema lake;

  /// @param lake schema of the lake table
  TargetTable(Connection connection, String schemaName, WarehouseTable definition, Schema lake) {
    this.connection = connection;
    this.schemaName = schemaName;
    this.definition = definition;
    this.lake = lake;
  }

  /// Quoted, with its schema.
  String sqlName() {
    return quoted(schemaName) + "." + quoted(definition.target());
  }

  /// Makes the table without its keys, or brings it to the lake's schema.
  ///
  /// @return whether it was made: it is empty, and {@link #addKeys} is due once it is filled
  boolean ensure() throws SQLException {
    checkDefinition();
    Map<String, String> columns = columns();
    if (columns.isEmpty()) {
      create();
      return true;
    }
    List<Column> added =
        lake.columns().stream().filter(c -> !columns.containsKey(c.name())).toList();
    List<String> differences = differences(columns);
    if (!differences.isEmpty()) {
      throw WarehouseErrors.shapeDiffers(schemaName + "." + definition.target(), differences);
    }
    try (Statement statement = connection.createStatement()) {
      for (Column column : added) {
        statement.execute("ALTER TABLE " + sqlName() + " ADD COLUMN " + declared(column));
      }
    }
    return false;
  }

  long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + sqlName())) {
      row.next();
      return row.getLong(1);
    }
  }

  private void checkDefinition() {
    Set<String> needed = new LinkedHashSet<>(definition.key());
    switch (definition) {
      case ReplacePartitions replace -> needed.add(replace.partition());
      case Merge _ -> {}
    }
    for (String name : needed) {
      if (lake.column(name).isEmpty()) {
        throw WarehouseErrors.columnMissing(definition.target(), definition.from(), name);
      }
    }
  }

  private void create() throws SQLException {
    String columns =
        lake.columns().stream()
            .map(c -> declared(c) + (definition.key().contains(c.name()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE %s (%s)".formatted(sqlName(), columns));
    }
  }

  /// Gives a table that was made its primary key and index; after its first rows, because to build
  /// an index at once takes a third of the time of growing it row by row.
  void addKeys() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(sqlName(), quoted(definition.key())));
      switch (definition) {
        case ReplacePartitions replace
            when !definition.key().getFirst().equals(replace.partition()) ->
            statement.execute(
                "CREATE INDEX ON %s (%s)".formatted(sqlName(), quoted(replace.partition())));
        case ReplacePartitions _ -> {}
        case Merge _ -> {}
      }
    }
  }

  private static String declared(Column column) {
    return quoted(column.name()) + " " + PostgresNames.type(column.type());
  }

  private List<String> differences(Map<String, String> columns) throws SQLException {
    List<String> differences = new ArrayList<>();
    columns.forEach(
        (name, type) ->
            lake.column(name)
                .ifPresentOrElse(
                    column -> {
                      String wanted = PostgresNames.type(column.type());
                      if (!wanted.equals(type)) {
                        differences.add(
                            "column " + name + " is " + type + " there and " + wanted + " here");
                      }
                    },
                    () -> differences.add("column " + name + " is only there")));
    Set<String> key = key();
    if (!key.equals(Set.copyOf(definition.key()))) {
      differences.add("its primary key is " + key + " there and " + definition.key() + " here");
    }
    return differences;
  }

  /// Column types by name, in order; empty when there is no such table.
  private Map<String, String> columns() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum
            """)) {
      statement.setString(1, sqlName());
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, String> columns = new LinkedHashMap<>();
        while (rows.next()) {
          columns.put(rows.getString(1), rows.getString(2));
        }
        return columns;
      }
    }
  }

  private Set<String> key() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT array_agg(attname::text) FROM pg_index
            JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indrelid = to_regclass(?) AND indisprimary
            """)) {
      statement.setString(1, sqlName());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Array names = row.getArray(1);
        return names == null ? Set.of() : Set.of((String[]) names.getArray());
      }
    }
  }
}
