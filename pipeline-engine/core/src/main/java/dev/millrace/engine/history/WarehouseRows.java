package dev.millrace.engine.history;

import dev.millrace.engine.pipeline.WarehouseTable;
import java.util.Map;
import java.util.Optional;

/// Rows of a pipeline's warehouse tables. Any thread may call.
@FunctionalInterface
public interface WarehouseRows {

  /// The row with that key, its columns in the table's order; empty when there is none, or no table
  /// yet.
  ///
  /// @param key value of each of the table's key columns
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when the warehouse gives no
  ///   answer
  Optional<Map<String, Object>> find(WarehouseTable table, Map<String, Object> key);
}
