package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Parts;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.warehouse.LoadOutcome;
import dev.millrace.engine.warehouse.LoadOutcome.TableLoad;
import dev.millrace.engine.warehouse.LoadPlan;
import dev.millrace.engine.warehouse.LoadScope;
import dev.millrace.engine.warehouse.jdbc.Ledger.Entry;
import dev.millrace.engine.warehouse.jdbc.RowLoader.Done;
import dev.millrace.engine.warehouse.jdbc.RowLoader.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One load of all of a pipeline's warehouse tables, within one transaction, which the caller
/// commits or rolls back. For one run.
final class LoadAll {

  private final Dialect dialect;
  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine engine;
  private final LoadScope scope;
  private final Instant now;
  private final Parts progress;
  private Optional<String> current = Optional.empty();
  private final Map<String, Map<String, Integer>> lengths = new HashMap<>();
  private long number;

  LoadAll(
      Dialect dialect,
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      LoadScope scope,
      Instant now,
      Progress progress) {
    this.dialect = dialect;
    this.pipeline = pipeline;
    this.lake = lake;
    this.engine = engine;
    this.scope = scope;
    this.now = now;
    this.progress = new Parts(progress, pipeline.warehouse().size());
  }

  /// The table that is being loaded.
  Optional<String> current() {
    return current;
  }

  /// The load's number in the ledger.
  long number() {
    return number;
  }

  Instant now() {
    return now;
  }

  /// @param connection in autocommit; in a transaction afterwards
  LoadOutcome run(Connection connection) throws SQLException {
    Ledger ledger = new Ledger(connection, pipeline.warehouseSchema());
    try (RowLoader loader = dialect.loader(connection, engine, progress)) {
      prepare(connection, ledger, loader);
      dialect.begin(connection, pipeline.warehouseSchema(), this::stillWaiting);
      ledger.make();
      number = ledger.nextLoad();
      Map<String, Entry> last = ledger.lastLoads();
      List<TableLoad> tables = new ArrayList<>();
      for (WarehouseTable table : pipeline.warehouse()) {
        checkCancelled();
        current = Optional.of(table.target());
        progress.begin(tables.size(), "");
        tables.add(
            load(connection, ledger, loader, table, Optional.ofNullable(last.get(table.target()))));
      }
      current = Optional.empty();
      checkCancelled();
      return new LoadOutcome(tables);
    }
  }

  /// Judges the files before the transaction; what is found then is looked at again within it.
  private void prepare(Connection connection, Ledger ledger, RowLoader loader) throws SQLException {
    boolean known = ledger.exists();
    for (WarehouseTable table : pipeline.warehouse()) {
      LakeTable source = Sources.find(lake, table);
      TargetTable target = target(connection, table, source);
      Map<String, String> standing = target.standing();
      LoadPlan plan =
          LoadPlan.of(
              table,
              source.snapshot().files(),
              known && !standing.isEmpty() ? ledger.files(table.target()) : Map.of(),
              scope.of(table.target()));
      lengths.put(
          table.target(), loader.prepare(asked(table, target, source), standing, plan.read()));
    }
  }

  private TableLoad load(
      Connection connection,
      Ledger ledger,
      RowLoader loader,
      WarehouseTable table,
      Optional<Entry> last)
      throws SQLException {
    LakeTable source = Sources.find(lake, table);
    LakeSnapshot snapshot = source.snapshot();
    TargetTable target = target(connection, table, source);
    boolean made = target.ensure(lengths.getOrDefault(table.target(), Map.of()));
    LoadPlan plan =
        LoadPlan.of(
            table,
            snapshot.files(),
            made ? Map.of() : ledger.files(table.target()),
            scope.of(table.target()));
    if (!made && plan instanceof LoadPlan.Nothing && last.isPresent()) {
      TableLoad unchanged =
          new TableLoad(
              table.target(), table.from(), false, 0, 0, last.get().rows(), snapshot.version());
      if (last.get().sourceVersion() != snapshot.version()) {
        ledger.note(number, unchanged, snapshot.files(), now);
      }
      return unchanged;
    }
    Done done =
        switch (plan) {
          case LoadPlan.Nothing _ -> new Done(0, 0);
          case LoadPlan.Replace replace ->
              loader.replace(
                  asked(table, target, source), Sources.partition(table).orElseThrow(), replace);
          case LoadPlan.MergeRows merge -> loader.merge(asked(table, target, source), merge);
        };
    if (made) {
      target.finish();
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
    ledger.note(number, loaded, snapshot.files(), now);
    return loaded;
  }

  private TargetTable target(Connection connection, WarehouseTable table, LakeTable source) {
    return new TargetTable(dialect, connection, pipeline.warehouseSchema(), table, source.schema());
  }

  private Target asked(WarehouseTable table, TargetTable target, LakeTable source) {
    return new Target(table, target.sqlName(), pipeline.warehouseSchema(), source, source.schema());
  }

  private void stillWaiting() {
    checkCancelled();
    progress.report("Waiting for another load of " + pipeline.name(), 0, 0);
  }

  private void checkCancelled() {
    if (progress.cancelled()) {
      throw WarehouseErrors.cancelled();
    }
  }
}
