package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/// Lake and warehouse, for looking at both. For one thread.
///
/// @param connection in a transaction that changes nothing
record BothSides(
    Dialect dialect,
    Connection connection,
    Pipeline pipeline,
    Lake lake,
    SqlEngine engine,
    Progress progress) {

  /// Rows without a date first.
  static final Comparator<Optional<LocalDate>> BY_DATE =
      Comparator.comparing(date -> date.orElse(LocalDate.MIN));

  Ledger ledger() {
    return new Ledger(connection, pipeline.warehouseSchema());
  }

  WarehouseSide warehouse() {
    return new WarehouseSide(connection, progress);
  }

  TargetTable target(WarehouseTable table, LakeTable source) {
    return new TargetTable(dialect, connection, pipeline.warehouseSchema(), table, source.schema());
  }

  /// Tells which table is looked at.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `CANCELLED` when a person asked to stop
  void next(String what, int done) {
    if (progress.cancelled()) {
      throw WarehouseErrors.cancelled();
    }
    progress.report(what, done, pipeline.warehouse().size());
  }
}
