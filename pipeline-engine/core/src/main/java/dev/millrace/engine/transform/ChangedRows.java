package dev.millrace.engine.transform;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/// The source's rows that came or went, as a query.
final class ChangedRows {

  private static final String CAME = "_came";
  private static final String WENT = "_went";

  private ChangedRows() {}

  /// Whether every file is still there to be read; a vacuum may have taken some.
  static boolean readable(LakeChanges changes) {
    return all(changes).allMatch(file -> Files.isRegularFile(file.path()));
  }

  /// A query for the columns named here of rows that the source has more often or less often than
  /// before. Rows that only moved to another file are not among them.
  static String query(
      SqlSession session,
      LakeTable source,
      LakeChanges changes,
      String columns,
      FilesRead.Counter read) {
    read.add(changes.added());
    session.view(CAME, source.schema(), changes.added());
    if (changes.removed().isEmpty()) {
      return "SELECT " + columns + " FROM " + CAME;
    }
    read.add(changes.removed());
    session.view(WENT, source.schema(), changes.removed());
    String all = Columns.of(session, source.schema());
    return """
        SELECT %s FROM (
          SELECT %s FROM (
            SELECT %s, 1 AS _sign FROM %s UNION ALL SELECT %s, -1 AS _sign FROM %s) AS _both
          GROUP BY %s HAVING sum(_sign) <> 0) AS _differing"""
        .formatted(columns, all, all, CAME, all, WENT, all);
  }

  /// Whether some changed row may lack one of these columns.
  static boolean mayLack(LakeChanges changes, List<String> columns) {
    return all(changes)
        .anyMatch(
            file ->
                columns.stream()
                    .anyMatch(
                        column -> {
                          ColumnStatistics statistics = file.statistics().get(column);
                          return statistics == null || statistics.nulls() > 0;
                        }));
  }

  private static Stream<LakeFile> all(LakeChanges changes) {
    return Stream.concat(changes.added().stream(), changes.removed().stream());
  }
}
