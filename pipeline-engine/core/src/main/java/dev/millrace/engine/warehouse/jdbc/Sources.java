package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.pipeline.WarehouseTable.Merge;
import dev.millrace.engine.pipeline.WarehouseTable.ReplacePartitions;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Finds the lake table a warehouse table is loaded from, and holds the definition against it.
final class Sources {

  private Sources() {}

  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when there is none yet,
  ///   `DEFINITION` when the definition does not fit it
  static LakeTable find(Lake lake, WarehouseTable table) {
    LakeTable source =
        lake.find(table.from())
            .orElseThrow(() -> WarehouseErrors.sourceMissing(table.from(), table.target()));
    Optional<String> partition = partition(table);
    if (partition.isPresent() && !source.partition().equals(partition)) {
      throw WarehouseErrors.notPartitionedBy(table.target(), table.from(), partition.get());
    }
    Set<String> needed = new LinkedHashSet<>(table.key());
    partition.ifPresent(needed::add);
    Schema schema = source.schema();
    for (String name : needed) {
      if (schema.column(name).isEmpty()) {
        throw WarehouseErrors.columnMissing(table.target(), table.from(), name);
      }
    }
    return source;
  }

  /// Date column whose partitions are replaced; empty for a table that is merged.
  static Optional<String> partition(WarehouseTable table) {
    return switch (table) {
      case ReplacePartitions replace -> Optional.of(replace.partition());
      case Merge _ -> Optional.empty();
    };
  }
}
