package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;
import static dev.millrace.engine.warehouse.jdbc.SqlNames.text;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.warehouse.LedgerEntry;
import dev.millrace.engine.warehouse.LoadOutcome.TableLoad;
import dev.millrace.engine.warehouse.LoadPlan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was loaded when, kept beside the tables and written in the transaction of the load:
/// `millrace_ledger` has a row per table and load, `millrace_ledger_file` the files each table
/// holds.
public final class Ledger {

  private static final int ROWS_A_STATEMENT = 500;

  private final Connection connection;
  private final String schema;
  private final String loads;
  private final String files;

  public Ledger(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
    this.loads = quoted(schema) + ".millrace_ledger";
    this.files = quoted(schema) + ".millrace_ledger_file";
  }

  /// A table's last load.
  record Entry(long sourceVersion, long rows, Instant loadedAt) {}

  /// Makes the schema and the ledger's tables when they are missing.
  public void make() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS %s (
            target text NOT NULL,
            load bigint NOT NULL,
            source text NOT NULL,
            source_version bigint NOT NULL,
            written bigint NOT NULL,
            deleted bigint NOT NULL,
            rows bigint NOT NULL,
            loaded_at timestamptz NOT NULL,
            PRIMARY KEY (target, load))
          """
              .formatted(loads));
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS %s (
            target text NOT NULL,
            file text NOT NULL,
            partition_value date,
            PRIMARY KEY (target, file))
          """
              .formatted(files));
    }
  }

  /// Whether it is there whole: one that lost a table tells nothing any more.
  public boolean exists() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT count(*) FROM information_schema.tables
            WHERE table_schema = ? AND table_name IN ('millrace_ledger', 'millrace_ledger_file')
            """)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) == 2;
      }
    }
  }

  /// Number for the load that begins; the caller holds the load's lock.
  long nextLoad() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(load), 0) + 1 FROM " + loads)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// Whether a load of this number took place at this time.
  boolean has(long load, Instant at) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT count(*) FROM " + loads + " WHERE load = ? AND loaded_at = ?")) {
      statement.setLong(1, load);
      statement.setTimestamp(2, micros(at));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) > 0;
      }
    }
  }

  /// As finely as a database keeps it.
  private static Timestamp micros(Instant at) {
    return Timestamp.from(at.truncatedTo(ChronoUnit.MICROS));
  }

  /// The last load of each table, by target.
  Map<String, Entry> lastLoads() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT l.target, l.source_version, l.rows, l.loaded_at
                FROM %s l
                JOIN (SELECT target, max(load) AS load FROM %s GROUP BY target) last
                  ON last.target = l.target AND last.load = l.load
                """
                    .formatted(loads, loads))) {
      Map<String, Entry> entries = new HashMap<>();
      while (rows.next()) {
        entries.put(
            rows.getString(1),
            new Entry(rows.getLong(2), rows.getLong(3), rows.getTimestamp(4).toInstant()));
      }
      return entries;
    }
  }

  /// The newest entries, newest first; within a load in the order of their tables' names.
  List<LedgerEntry> newest(int limit) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT load, target, source, source_version, written, deleted, rows, loaded_at
                FROM %s ORDER BY load DESC, target LIMIT %d
                """
                    .formatted(loads, limit))) {
      List<LedgerEntry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(
            new LedgerEntry(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getTimestamp(8).toInstant()));
      }
      return entries;
    }
  }

  /// Names of the files the table holds, with their partition.
  Map<String, Optional<LocalDate>> files(String target) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT file, partition_value FROM " + files + " WHERE target = ?")) {
      statement.setString(1, target);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, Optional<LocalDate>> held = new HashMap<>();
        while (rows.next()) {
          held.put(rows.getString(1), WarehouseSide.date(rows.getString(2)));
        }
        return held;
      }
    }
  }

  /// Notes a load of a table and the files it holds now.
  void note(long load, TableLoad table, List<LakeFile> held, Instant at) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO " + loads + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, table.target());
      statement.setLong(2, load);
      statement.setString(3, table.from().toString());
      statement.setLong(4, table.sourceVersion());
      statement.setLong(5, table.written());
      statement.setLong(6, table.deleted());
      statement.setLong(7, table.rows());
      statement.setTimestamp(8, micros(at));
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM " + files + " WHERE target = ?")) {
      statement.setString(1, table.target());
      statement.executeUpdate();
    }
    insert(table.target(), held);
  }

  /// Many rows a statement: a warehouse of columns takes a part of a second for each.
  private void insert(String target, List<LakeFile> held) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int from = 0; from < held.size(); from += ROWS_A_STATEMENT) {
        statement.execute(
            "INSERT INTO "
                + files
                + " VALUES "
                + held.subList(from, Math.min(held.size(), from + ROWS_A_STATEMENT)).stream()
                    .map(
                        file ->
                            "(%s, %s, %s)"
                                .formatted(
                                    text(target),
                                    text(LoadPlan.name(file)),
                                    file.partitionValue()
                                        .map(date -> "DATE '" + date + "'")
                                        .orElse("NULL")))
                    .collect(Collectors.joining(", ")));
      }
    }
  }
}
