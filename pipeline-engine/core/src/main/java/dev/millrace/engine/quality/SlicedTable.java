package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.SqlSession;
import java.util.List;
import java.util.Optional;

/// A slice of a table, for who reads it otherwise than by a suite.
public final class SlicedTable {

  private final SliceView view;

  private SlicedTable(SliceView view) {
    this.view = view;
  }

  /// @throws MillraceException `USAGE` when the pipeline has no such table, `LAKE` when it was not
  ///   built yet or has no such version
  public static SlicedTable of(Pipeline pipeline, TableName name, Slice slice, Lake lake) {
    KnownTables.require(pipeline, name, lake);
    LakeTable table =
        lake.find(name)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.LAKE,
                        "There is no " + name + " yet",
                        "run the step that makes it first"));
    LakeSnapshot snapshot = slice.version().map(table::snapshotAt).orElseGet(table::snapshot);
    return new SlicedTable(new SliceView(pipeline, table, snapshot, slice));
  }

  /// The columns of the version.
  public Schema schema() {
    return view.schema();
  }

  /// Columns that tell a row from all others; empty when nothing says.
  public List<String> key() {
    return view.key();
  }

  /// Makes the rows a view of the session.
  ///
  /// @return how many there are
  public long make(SqlSession session, String name) {
    return view.make(session, name, Optional.empty()).judged();
  }
}
