package dev.millrace.engine.warehouse;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A database that holds a pipeline's warehouse tables, in a schema of the pipeline's own.
///
/// Any thread may call. Two loads of one pipeline, of whatever processes, run one after the other.
public interface Warehouse {

  /// Brings every warehouse table of the pipeline up to the lake's newest version, all in one
  /// transaction: a reader sees the state before or after, and a load that fails, is cancelled or
  /// loses its connection leaves everything as it was.
  ///
  /// Only what changed in the lake since the last load is read: partitions whose files differ are
  /// replaced, partitions the lake no longer has are removed, and tables that merge are merged
  /// whole when any file of theirs differs. Loading the same state again touches nothing. Missing
  /// tables and new columns are made; any other difference in shape is refused.
  ///
  /// @param now when the load takes place, for the ledger
  /// @throws dev.millrace.engine.error.MillraceException `WAREHOUSE` when the warehouse refused it,
  ///   `SERVICE` when it does not answer, `LAKE` when a source table is missing, `CANCELLED`
  default LoadOutcome load(
      Pipeline pipeline, Lake lake, SqlEngine engine, Instant now, Progress progress) {
    return load(pipeline, lake, engine, LoadScope.NEWS, now, progress);
  }

  /// As above; partitions that the scope names are loaded again whatever the ledger says.
  LoadOutcome load(
      Pipeline pipeline,
      Lake lake,
      SqlEngine engine,
      LoadScope scope,
      Instant now,
      Progress progress);

  /// What a load would do; changes nothing.
  ///
  /// @throws dev.millrace.engine.error.MillraceException as {@link #load}
  LoadPreview preview(Pipeline pipeline, Lake lake, SqlEngine engine, Progress progress);

  /// Compares every row that was loaded with the lake; changes nothing.
  ///
  /// @throws dev.millrace.engine.error.MillraceException as {@link #load}
  Reconciliation reconcile(Pipeline pipeline, Lake lake, SqlEngine engine, Progress progress);

  /// The pipeline's warehouse tables in the order of its definition, and their last loads.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when it does not answer
  List<LoadedTable> status(Pipeline pipeline);

  /// Logs in and asks who answers; changes nothing.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when it does not answer or
  ///   refuses the login
  WarehouseServer server(Pipeline pipeline);

  /// What loads did, newest first; empty before the first.
  ///
  /// @param limit at most this many entries
  /// @throws dev.millrace.engine.error.MillraceException `SERVICE` when it does not answer
  List<LedgerEntry> ledger(Pipeline pipeline, int limit);

  /// Runs one SELECT, in which the pipeline's tables need no schema before their names. Whatever it
  /// says, nothing is changed by it.
  ///
  /// @param limit at most this many rows, any of them unless the query orders them; 0 for all
  /// @throws dev.millrace.engine.error.MillraceException `SQL` when the database refuses it, naming
  ///   the line; `USAGE` when it is not one query; `SERVICE`; `CANCELLED`
  void query(Pipeline pipeline, String sql, int limit, RowReader reader, Progress progress);

  /// How the database would run a SELECT, line by line.
  ///
  /// @throws dev.millrace.engine.error.MillraceException as {@link #query}
  List<String> plan(Pipeline pipeline, String sql);

  /// The row of a table with that key, its columns in the table's order, empty text for null; empty
  /// when there is none, or no table yet.
  ///
  /// @param key value of each key column: String, Number, Instant or LocalDate
  /// @throws dev.millrace.engine.error.MillraceException `WAREHOUSE` when the warehouse refused it,
  ///   `SERVICE` when it does not answer
  Optional<Map<String, Object>> row(
      Pipeline pipeline, WarehouseTable table, Map<String, Object> key);

  /// Deletes the rows that have this value in one of these columns from all of the pipeline's
  /// tables, in one transaction, and then what the database keeps of deleted rows.
  ///
  /// @return rows deleted by table, of those that lost some
  /// @throws dev.millrace.engine.error.MillraceException `WAREHOUSE` when the warehouse refused it,
  ///   `SERVICE` when it does not answer
  Map<String, Long> erase(Pipeline pipeline, Set<String> columns, String value);
}
