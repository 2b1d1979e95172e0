package dev.millrace.engine.quality.profile;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.SlicedTable;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.util.List;

/// Profiles a table of the lake, a slice of it, or a file. Stateless; any thread may profile.
public final class ProfileTable {

  private static final String VIEW = "profiled";

  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when there is no such table,
  ///   `USAGE` when there is no row, `CANCELLED`
  public Profile profile(
      Pipeline pipeline,
      TableName table,
      Slice slice,
      Lake lake,
      SqlEngine engine,
      Progress progress) {
    SlicedTable sliced = SlicedTable.of(pipeline, table, slice, lake);
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, "profile " + table)) {
      progress.report("profile " + table, 0, sliced.schema().size());
      sliced.make(session, VIEW);
      return new ProfileData(session, VIEW)
          .profile(table.toString(), sliced.schema(), sliced.key());
    }
  }

  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it cannot be read, `USAGE`
  ///   when there is no row, `CANCELLED`
  public Profile profile(Path file, SqlEngine engine, Progress progress) {
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, "profile " + file)) {
      Schema schema = session.viewOfFile(VIEW, file);
      return new ProfileData(session, VIEW).profile(file.toString(), schema, List.of());
    }
  }
}
