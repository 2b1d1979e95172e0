package dev.millrace.engine.transform;

import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The source's rows that came or went, as a query.
final class ChangedRows {

  private static final String CAME = "_came";
  private static final String WENT = "_went";

  private ChangedRows() {}

  /// Whether every file is still there to be read; a vacuum may have taken those that are not live.
  static boolean readable(Sources.Source source, LakeChanges changes) {
    Set<LakeFile> live = new HashSet<>(source.snapshot().files());
    return all(changes)
        .filter(file -> !live.contains(file))
        .allMatch(file -> source.table().isThere(file));
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

  /// A query for the groups (`w`) in which rows came or went.
  ///
  /// Where rows of replaced files were written again, a group's rows before and now are compared by
  /// their number and by the sums of their digests, so that no row need be looked up. Rows that
  /// differ and have the same sums are as likely as two equal random numbers of 62 bits.
  ///
  /// @param group expression of a row, never null
  /// @param required column without which a row belongs to no group
  static String groups(
      SqlSession session,
      LakeTable source,
      LakeChanges changes,
      String group,
      String required,
      FilesRead.Counter read) {
    String grouped = " WHERE " + session.quoted(required) + " IS NOT NULL";
    read.add(changes.added());
    session.view(CAME, source.schema(), changes.added());
    if (changes.removed().isEmpty()) {
      return "SELECT DISTINCT %s AS w FROM %s%s".formatted(group, CAME, grouped);
    }
    read.add(changes.removed());
    session.view(WENT, source.schema(), changes.removed());
    String digest = session.digest(source.schema());
    return """
        SELECT w FROM (
          SELECT %1$s AS w, 1 AS _sign, %2$s AS _digest FROM %3$s%4$s
          UNION ALL
          SELECT %1$s AS w, -1 AS _sign, %2$s AS _digest FROM %5$s%4$s) AS _both
        GROUP BY w
        HAVING sum(_sign) <> 0
            OR sum(_sign * (_digest %% %6$d)) <> 0
            OR sum(_sign * (_digest %% %7$d)) <> 0"""
        .formatted(group, digest, CAME, grouped, WENT, 1L << 31, (1L << 31) - 1);
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
