package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LedgerEntry;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadPreview;
import dev.millrace.engine.warehouse.LoadScope;
import dev.millrace.engine.warehouse.LoadedTable;
import dev.millrace.engine.warehouse.Reconciliation;
import dev.millrace.engine.warehouse.RowReader;
import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.WarehouseServer;
import dev.millrace.engine.warehouse.jdbc.Ledger.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A SQL database as the warehouse: one schema per pipeline, its tables beside their ledger.
///
/// Each call opens a connection of its own and closes it.
public abstract class JdbcWarehouse implements Warehouse {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcWarehouse.class);
  private static final int TRIES = 4;

  private final Dialect dialect;
  private final KeptStatus kept;

  /// @param statusKept how long a status that was read is told again; zero for a database that is
  ///   near
  protected JdbcWarehouse(Dialect dialect, Duration statusKept, InstantSource clock) {
    this.dialect = dialect;
    this.kept = new KeptStatus(statusKept, clock);
  }

  @Override
  public LoadOutcome load(
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      LoadScope scope,
      Instant now,
      Progress progress) {
    try {
      return loadAnew(pipeline, lake, engine, scope, now, progress);
    } finally {
      kept.forget(pipeline.name());
    }
  }

  private LoadOutcome loadAnew(
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      LoadScope scope,
      Instant now,
      Progress progress) {
    for (int attempt = 1; ; attempt++) {
      LoadAll load = new LoadAll(dialect, pipeline, lake, engine, scope, now, progress);
      try {
        return load(load, pipeline);
      } catch (SQLException e) {
        if (attempt < TRIES && dialect.isConflict(e) && !progress.cancelled()) {
          LOG.info(
              "The load of {} came across another transaction and is done again",
              pipeline.name(),
              e);
          progress.report("Again, after another transaction changed the same tables", 0, 0);
          continue;
        }
        throw dialect.explained(load.current(), "while loading " + pipeline.name(), e);
      }
    }
  }

  private LoadOutcome load(LoadAll load, Pipeline pipeline) throws SQLException {
    try (Connection connection = dialect.connect()) {
      try {
        LoadOutcome outcome = load.run(connection);
        commit(connection, load, outcome, pipeline);
        return outcome;
      } catch (CopyFailed e) {
        rollBack(connection, e);
        throw e.cause();
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  /// A commit whose answer is lost has happened or not; the ledger tells which.
  private void commit(Connection connection, LoadAll load, LoadOutcome outcome, Pipeline pipeline)
      throws SQLException {
    try {
      connection.commit();
    } catch (SQLException lost) {
      if (!WarehouseErrors.isLost(lost) || !outcome.changed()) {
        throw lost;
      }
      boolean landed;
      try (Connection other = dialect.connect()) {
        landed = new Ledger(other, pipeline.warehouseSchema()).has(load.number(), load.now());
      } catch (SQLException | RuntimeException e) {
        lost.addSuppressed(e);
        throw WarehouseErrors.unknown(pipeline.name(), lost);
      }
      if (!landed) {
        throw lost;
      }
      LOG.info("The answer to the commit was lost; the ledger has the load of {}", pipeline.name());
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
  public LoadPreview preview(Pipeline pipeline, Lake lake, SqlEngine engine, Progress progress) {
    return look(
        "while looking what a load of " + pipeline.name() + " would do",
        connection ->
            new PreviewLoad(new BothSides(dialect, connection, pipeline, lake, engine, progress))
                .run());
  }

  @Override
  public Reconciliation reconcile(
      Pipeline pipeline, Lake lake, SqlEngine engine, Progress progress) {
    return look(
        "while comparing the tables of " + pipeline.name(),
        connection ->
            new Reconcile(new BothSides(dialect, connection, pipeline, lake, engine, progress))
                .run());
  }

  @Override
  public List<LoadedTable> status(Pipeline pipeline) {
    return kept.of(pipeline.name(), () -> readStatus(pipeline));
  }

  private List<LoadedTable> readStatus(Pipeline pipeline) {
    return look(
        "while reading the ledger of " + pipeline.name(),
        connection -> {
          Ledger ledger = new Ledger(connection, pipeline.warehouseSchema());
          Map<String, Entry> loads = ledger.exists() ? ledger.lastLoads() : Map.of();
          return pipeline.warehouse().stream()
              .map(table -> status(table, Optional.ofNullable(loads.get(table.target()))))
              .toList();
        });
  }

  @Override
  public WarehouseServer server(Pipeline pipeline) {
    long begun = System.nanoTime();
    try (Connection connection = dialect.connect()) {
      Duration login = Duration.ofNanos(System.nanoTime() - begun);
      return new AskServer(dialect, connection).of(pipeline.warehouseSchema(), login);
    } catch (SQLException e) {
      throw dialect.explained(Optional.empty(), "while asking who answers", e);
    }
  }

  @Override
  public List<LedgerEntry> ledger(Pipeline pipeline, int limit) {
    return look(
        "while reading the ledger of " + pipeline.name(),
        connection -> {
          Ledger ledger = new Ledger(connection, pipeline.warehouseSchema());
          return ledger.exists() ? ledger.newest(limit) : List.of();
        });
  }

  @Override
  public void query(Pipeline pipeline, String sql, int limit, RowReader reader, Progress progress) {
    boolean _ =
        ask(
            pipeline,
            connection -> {
              new RunQuery(connection, targets(pipeline), progress).rows(sql, limit, reader);
              return true;
            });
  }

  @Override
  public List<String> plan(Pipeline pipeline, String sql) {
    return ask(
        pipeline,
        connection -> new RunQuery(connection, targets(pipeline), Progress.NONE).plan(sql));
  }

  private static List<String> targets(Pipeline pipeline) {
    return pipeline.warehouse().stream().map(WarehouseTable::target).toList();
  }

  /// In a transaction that can change nothing; closing the connection ends it.
  private <T> T ask(Pipeline pipeline, Look<T> look) {
    try (Connection connection = dialect.connect()) {
      dialect.beginQuery(connection, pipeline.warehouseSchema());
      return look.at(connection);
    } catch (SQLException e) {
      throw dialect.explained(Optional.empty(), "while running a query", e);
    }
  }

  @Override
  public Optional<Map<String, Object>> row(
      Pipeline pipeline, WarehouseTable table, Map<String, Object> key) {
    return look(
        "while reading a row of " + table.target(),
        connection -> new FindRow(connection, pipeline.warehouseSchema()).of(table.target(), key));
  }

  @Override
  public Map<String, Long> erase(Pipeline pipeline, Set<String> columns, String value) {
    try (Connection connection = dialect.connect()) {
      return dialect.erase(connection, pipeline.warehouseSchema(), columns, value);
    } catch (SQLException e) {
      throw dialect.explained(Optional.empty(), "while erasing rows of " + pipeline.name(), e);
    }
  }

  private interface Look<T> {
    T at(Connection connection) throws SQLException;
  }

  /// In one snapshot of the database, which is given back unchanged.
  private <T> T look(String what, Look<T> look) {
    try (Connection connection = dialect.connect()) {
      dialect.beginLook(connection);
      T found = look.at(connection);
      connection.rollback();
      return found;
    } catch (SQLException e) {
      throw dialect.explained(Optional.empty(), what, e);
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
}
