package dev.millrace.engine.warehouse.postgres;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadedTable;
import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.postgres.Ledger.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL (15 or newer) as the warehouse: one schema per pipeline, its tables beside their
/// ledger.
///
/// Each call opens a connection of its own and closes it. Loads of one pipeline wait for each other
/// on an advisory lock, which ends with its transaction.
public final class PostgresWarehouse implements Warehouse {

  private final DataSource source;

  /// @param source gives connections of PostgreSQL's own driver, or ones that unwrap to it
  public PostgresWarehouse(DataSource source) {
    this.source = source;
  }

  /// The warehouse in a home's own database.
  public PostgresWarehouse(ServiceEndpoints endpoints) {
    this(source(endpoints));
  }

  private static DataSource source(ServiceEndpoints endpoints) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(endpoints.jdbcUrl());
    source.setUser(endpoints.user());
    source.setPassword(endpoints.password());
    source.setApplicationName("millrace-warehouse");
    source.setConnectTimeout(15);
    source.setTcpKeepAlive(true);
    return source;
  }

  @Override
  public LoadOutcome load(
      Pipeline pipeline, Lake lake, SqlEngine engine, Instant now, Progress progress) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try {
        LoadOutcome outcome = new LoadAll(connection, pipeline, lake, engine, now, progress).run();
        connection.commit();
        return outcome;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw WarehouseErrors.refused("while loading " + pipeline.name(), e);
    }
  }

  /// A connection that is lost rolls back by itself, and its failure must not hide the first one.
  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public List<LoadedTable> status(Pipeline pipeline) {
    try (Connection connection = connect()) {
      Ledger ledger = new Ledger(connection, pipeline.warehouseSchema());
      Map<String, Entry> loads = ledger.exists() ? ledger.lastLoads() : Map.of();
      return pipeline.warehouse().stream()
          .map(table -> status(table, Optional.ofNullable(loads.get(table.target()))))
          .toList();
    } catch (SQLException e) {
      throw WarehouseErrors.refused("while reading the ledger of " + pipeline.name(), e);
    }
  }

  @Override
  public Optional<Map<String, Object>> row(
      Pipeline pipeline, WarehouseTable table, Map<String, Object> key) {
    try (Connection connection = connect()) {
      return new FindRow(connection, pipeline.warehouseSchema()).of(table.target(), key);
    } catch (SQLException e) {
      throw WarehouseErrors.refused("while reading a row of " + table.target(), e);
    }
  }

  @Override
  public Map<String, Long> erase(Pipeline pipeline, Set<String> columns, String value) {
    try (Connection connection = connect()) {
      return new EraseRows(connection, pipeline.warehouseSchema()).run(columns, value);
    } catch (SQLException e) {
      throw WarehouseErrors.refused("while erasing rows of " + pipeline.name(), e);
    }
  }

  private static LoadedTable status(WarehouseTable table, Optional<Entry> last) {
    return new LoadedTable(
        table.target(),
        table.from(),
        last.map(Entry::rows).orElse(0L),
        last.map(Entry::loadedAt),
        last.map(entry -> OptionalLong.of(entry.sourceVersion())).orElse(OptionalLong.empty()));
  }

  private Connection connect() {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      throw WarehouseErrors.notReachable(e);
    }
  }
}
