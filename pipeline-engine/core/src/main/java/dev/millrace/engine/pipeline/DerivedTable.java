package dev.millrace.engine.pipeline;

import dev.millrace.engine.model.TableName;
import java.util.List;
import java.util.Optional;

/// A Silver or Gold table: one SELECT over tables built before it.
///
/// @param from tables its SQL reads; in the SQL each stands under its name with `_` for the dot
/// @param key columns that name a row; the table holds one row per key
/// @param partition date column the files are partitioned by
/// @param reach what of its source a row can depend on
/// @param sqlFile path of the SQL within the pipeline's folder, for messages
/// @param sql portable SELECT (DuckDB and Spark SQL)
public record DerivedTable(
    TableName name,
    List<TableName> from,
    List<String> key,
    Optional<String> partition,
    Reach reach,
    String sqlFile,
    String sql) {

  public DerivedTable {
    from = List.copyOf(from);
    key = List.copyOf(key);
  }
}
