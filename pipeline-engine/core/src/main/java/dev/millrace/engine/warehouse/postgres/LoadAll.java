package dev.millrace.engine.warehouse.postgres;

import static dev.millrace.engine.warehouse.postgres.PostgresNames.quoted;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.pipeline.WarehouseTable.Merge;
import dev.millrace.engine.pipeline.WarehouseTable.ReplacePartitions;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadOutcome.TableLoad;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.postgres.Ledger.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One load of all of a pipeline's warehouse tables, within the transaction of its connection,
/// which the caller commits or rolls back.
final class LoadAll {

  private static final int MERGE_SINCE = 15;
  private static final Duration LOCK_POLL = Duration.ofMillis(200);

  private final Connection connection;
  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine engine;
  private final Instant now;
  private final Progress progress;
  private final Ledger ledger;

  LoadAll(
      Connection connection,
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      Instant now,
      Progress progress) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.lake = lake;
    this.engine = engine;
    this.now = now;
    this.progress = progress;
    this.ledger = new Ledger(connection, pipeline.warehouseSchema());
  }

  LoadOutcome run() throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < MERGE_SINCE) {
      throw WarehouseErrors.tooOld(version);
    }
    lock();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(pipeline.warehouseSchema()));
    }
    ledger.make();
    long load = ledger.nextLoad();
    Map<String, Entry> last = ledger.lastLoads();
    List<TableLoad> tables = new ArrayList<>();
    for (WarehouseTable table : pipeline.warehouse()) {
      checkCancelled();
      try {
        tables.add(load(table, load, Optional.ofNullable(last.get(table.target()))));
      } catch (SQLException e) {
        throw WarehouseErrors.loading(table.target(), e);
      }
    }
    checkCancelled();
    return new LoadOutcome(tables);
  }

  private TableLoad load(WarehouseTable table, long load, Optional<Entry> last)
      throws SQLException {
    LakeTable source =
        lake.find(table.from())
            .orElseThrow(() -> WarehouseErrors.sourceMissing(table.from(), table.target()));
    checkPartition(table, source);
    LakeSnapshot snapshot = source.snapshot();
    TargetTable target =
        new TargetTable(connection, pipeline.warehouseSchema(), table, source.schema());
    boolean made = target.ensure();
    LoadPlan plan =
        LoadPlan.of(table, snapshot.files(), made ? Map.of() : ledger.files(table.target()));
    if (!made && plan instanceof LoadPlan.Nothing && last.isPresent()) {
      TableLoad unchanged =
          new TableLoad(
              table.target(), table.from(), false, 0, 0, last.get().rows(), snapshot.version());
      if (last.get().sourceVersion() != snapshot.version()) {
        ledger.note(load, unchanged, snapshot.files(), now);
      }
      return unchanged;
    }
    LoadTable.Done done =
        new LoadTable(connection, engine, progress, table, target.sqlName(), source.schema())
            .carryOut(plan);
    if (made) {
      target.addKeys();
    }
    TableLoad loaded =
        new TableLoad(
            table.target(),
            table.from(),
            true,
            done.written(),
            done.deleted(),
            target.count(),
            snapshot.version());
    ledger.note(load, loaded, snapshot.files(), now);
    return loaded;
  }

  private static void checkPartition(WarehouseTable table, LakeTable source) {
    switch (table) {
      case ReplacePartitions replace -> {
        if (!source.partition().equals(Optional.of(replace.partition()))) {
          throw WarehouseErrors.notPartitionedBy(table.target(), table.from(), replace.partition());
        }
      }
      case Merge _ -> {}
    }
  }

  /// Waits until no other load of this schema runs; the lock ends with the transaction.
  private void lock() throws SQLException {
    boolean told = false;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('millrace load ' || ?, 0))")) {
      statement.setString(1, pipeline.warehouseSchema());
      while (!locked(statement)) {
        checkCancelled();
        if (!told) {
          progress.report("Waiting for another load of " + pipeline.name(), 0, 0);
          told = true;
        }
        Thread.sleep(LOCK_POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw WarehouseErrors.cancelled();
    }
  }

  private static boolean locked(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void checkCancelled() {
    if (progress.cancelled()) {
      throw WarehouseErrors.cancelled();
    }
  }
}
