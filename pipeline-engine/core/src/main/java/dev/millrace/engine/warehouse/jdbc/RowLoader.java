package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.warehouse.LoadPlan;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Brings the rows of one load into tables, within its transaction. For one thread.
public interface RowLoader extends AutoCloseable {

  /// Looks whether the files can be loaded, and makes columns wider that need it, before the
  /// transaction begins: what it changes harms nobody if the load fails.
  ///
  /// @param standing types of the table's columns by name; empty when it does not stand
  /// @return the longest text in bytes by column, where the database must know it to make one
  /// @throws dev.millrace.engine.error.MillraceException naming the column and the remedy
  default Map<String, Integer> prepare(
      Target target, Map<String, String> standing, List<LakeFile> files) throws SQLException {
    return Map.of();
  }

  /// Deletes the partitions, then inserts the files' rows.
  Done replace(Target target, String partition, LoadPlan.Replace plan) throws SQLException;

  /// Merges the files' rows by key.
  Done merge(Target target, LoadPlan.MergeRows plan) throws SQLException;

  /// Removes what was put aside for the load; does not fail.
  @Override
  default void close() {}

  /// A table to load.
  ///
  /// @param name quoted, with its schema
  /// @param schemaName the warehouse's
  /// @param schema the lake's
  record Target(
      WarehouseTable table, String name, String schemaName, LakeTable source, Schema schema) {}

  /// What was done.
  record Done(long written, long deleted) {}
}
