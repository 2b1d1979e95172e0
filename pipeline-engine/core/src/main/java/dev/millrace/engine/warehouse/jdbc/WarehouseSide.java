package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.model.Progress;
import dev.millrace.engine.warehouse.Reconciliation.Figures;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A warehouse table, asked for what the lake is held against. For one thread.
final class WarehouseSide {

  private static final int FETCHED = 10_000;

  private final Connection connection;
  private final Progress progress;

  /// @param connection in a transaction, so that rows come in parts
  WarehouseSide(Connection connection, Progress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /// One row of `digest, key...`.
  interface Row {
    void take(long digest, List<String> key);
  }

  Map<Optional<LocalDate>, Long> counts(Fingerprint fingerprint, String table) throws SQLException {
    Map<Optional<LocalDate>, Long> counts = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(fingerprint.counts(table))) {
      while (rows.next()) {
        counts.put(date(rows.getString(1)), rows.getLong(2));
      }
    }
    return counts;
  }

  Map<Optional<LocalDate>, Figures> figures(Fingerprint fingerprint, String table)
      throws SQLException {
    Map<Optional<LocalDate>, Figures> figures = new HashMap<>();
    List<String> summed = fingerprint.summed();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(fingerprint.byPartition(table))) {
      while (rows.next()) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int i = 0; i < summed.size(); i++) {
          double sum = rows.getDouble(4 + i);
          if (!rows.wasNull()) {
            sums.put(summed.get(i), sum);
          }
        }
        figures.put(date(rows.getString(1)), new Figures(rows.getLong(2), rows.getString(3), sums));
      }
    }
    return figures;
  }

  void rows(Fingerprint fingerprint, String table, Optional<String> where, Row row)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows = statement.executeQuery(fingerprint.rows(table, where))) {
        int width = fingerprint.table().key().size();
        while (rows.next()) {
          List<String> key = new ArrayList<>(width);
          for (int i = 0; i < width; i++) {
            key.add(rows.getString(2 + i));
          }
          row.take(rows.getLong(1), key);
          if (rows.getRow() % FETCHED == 0 && progress.cancelled()) {
            throw WarehouseErrors.cancelled();
          }
        }
      }
    }
  }

  static Optional<LocalDate> date(@Nullable String text) {
    return Optional.ofNullable(text).map(LocalDate::parse);
  }
}
