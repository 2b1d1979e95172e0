package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import java.util.List;

/// A warehouse table and how it is loaded from a lake table.
public sealed interface WarehouseTable {

  /// Name in the warehouse, within the pipeline's schema.
  String target();

  TableName from();

  /// Columns that name a row.
  List<String> key();

  /// Rows of each touched partition are deleted, then inserted anew.
  ///
  /// @param partition date column both tables have
  record ReplacePartitions(String target, TableName from, List<String> key, String partition)
      implements WarehouseTable {
    public ReplacePartitions {
      key = List.copyOf(key);
    }
  }

  /// Rows are brought to a staging table and merged by key; rows that the lake no longer has stay.
  record Merge(String target, TableName from, List<String> key) implements WarehouseTable {
    public Merge {
      key = List.copyOf(key);
    }
  }
}
