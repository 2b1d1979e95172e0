package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.transform.Sources.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Extends a table whose rows depend on windows of time: the windows in which source rows came or
/// went are computed anew from all of their rows, and exactly their rows are replaced.
final class ExtendWindows {

  private static final String TOUCHED = "_touched";
  private static final String SOURCE = "_source";
  private static final String OUTPUT = "_output";
  private static final String TIMELESS = "_timeless";
  private static final String LIKELY = "_likely";
  private static final String REPLACED = "_replaced";

  private final SqlSession session;
  private final Source source;
  private final LakeTable target;
  private final LakeSnapshot base;
  private final Reach.Window reach;
  private final FilesRead.Counter read;

  ExtendWindows(
      SqlSession session,
      Source source,
      LakeTable target,
      LakeSnapshot base,
      Reach.Window reach,
      FilesRead.Counter read) {
    this.session = session;
    this.source = source;
    this.target = target;
    this.base = base;
    this.reach = reach;
    this.read = read;
  }

  /// @param sql the author's, parameters put in
  Extension of(LakeChanges changes, String sql) {
    long size = reach.size().toSeconds() * 1_000_000;
    String time = session.quoted(reach.time());
    Column timeColumn = source.table().schema().column(reach.time()).orElseThrow();
    Column startColumn = target.schema().column(reach.start()).orElseThrow();
    if (ChangedRows.mayLack(changes, List.of(reach.time()))
        && timelessRowsCount(changes, sql, time)) {
      return new Extension.NotPossible(
          "rows without " + reach.time() + " came or went, and the SQL makes something of them");
    }
    session.table(
        TOUCHED,
        "SELECT DISTINCT %s AS w FROM (%s) AS _c WHERE %s IS NOT NULL"
            .formatted(
                window("unix_micros(" + time + ")", size),
                ChangedRows.query(session, source.table(), changes, time, read),
                time));
    List<TimeSpan> touched = touched(size);
    if (touched.isEmpty()) {
      return nothing();
    }

    List<LakeFile> sourceFiles =
        TimeSpan.overlapping(source.snapshot().files(), timeColumn, touched);
    read.add(sourceFiles);
    session.view(SOURCE, source.table().schema(), sourceFiles);
    session.query(
        source.view(),
        """
        SELECT * FROM %s
        WHERE %s >= timestamp_micros(%d) AND %s < timestamp_micros(%d)
          AND %s IN (SELECT w FROM %s)"""
            .formatted(
                SOURCE,
                time,
                touched.getFirst().from(),
                time,
                touched.getLast().to(),
                window("unix_micros(" + time + ")", size),
                TOUCHED));
    session.table(OUTPUT, sql);
    String start = start(startColumn);
    if (Numbers.one(
            session,
            "SELECT count(*) FROM "
                + OUTPUT
                + " WHERE NOT coalesce("
                + isTouched(start)
                + ", FALSE)")
        > 0) {
      return new Extension.NotPossible(
          "the SQL gives rows whose "
              + reach.start()
              + " is not the window of "
              + reach.size()
              + " their source rows lie in");
    }
    List<LakeFile> replaced = replaced(startColumn, start, touched);
    String columns = Columns.of(session, target.schema());
    String rows = "SELECT " + columns + " FROM " + OUTPUT;
    if (!replaced.isEmpty()) {
      session.view(REPLACED, target.schema(), replaced);
      rows +=
          " UNION ALL SELECT %s FROM %s WHERE NOT coalesce(%s, FALSE)"
              .formatted(columns, REPLACED, isTouched(start));
    }
    return new Extension.Rows(rows, replaced);
  }

  private Extension nothing() {
    String columns = Columns.of(session, target.schema());
    session.view(REPLACED, target.schema(), List.of());
    return new Extension.Rows("SELECT " + columns + " FROM " + REPLACED, List.of());
  }

  private boolean timelessRowsCount(LakeChanges changes, String sql, String time) {
    session.query(
        source.view(),
        "SELECT _s.*, '' AS _source_file FROM (%s) AS _s WHERE %s IS NULL"
            .formatted(
                ChangedRows.query(
                    session,
                    source.table(),
                    changes,
                    Columns.of(session, source.table().schema()),
                    read),
                time));
    session.query(TIMELESS, sql);
    return !session.rows("SELECT 1 AS n FROM " + TIMELESS + " LIMIT 1").isEmpty();
  }

  /// The touched windows in order, neighbours as one.
  private List<TimeSpan> touched(long size) {
    List<TimeSpan> spans = new ArrayList<>();
    for (long[] row : Numbers.rows(session, "SELECT w FROM " + TOUCHED)) {
      spans.add(new TimeSpan(row[0], row[0] + size));
    }
    return TimeSpan.merged(spans);
  }

  /// The files that do hold rows of touched windows.
  private List<LakeFile> replaced(Column startColumn, String start, List<TimeSpan> touched) {
    List<LakeFile> likely = TimeSpan.overlapping(base.files(), startColumn, touched);
    if (likely.isEmpty()) {
      return List.of();
    }
    read.add(likely);
    session.view(LIKELY, target.schema(), likely);
    Set<String> names = new HashSet<>();
    session.forEachRow(
        "SELECT DISTINCT _source_file FROM " + LIKELY + " WHERE " + isTouched(start),
        row -> names.add((String) row.getFirst()));
    return likely.stream()
        .filter(file -> names.contains(file.path().getFileName().toString()))
        .toList();
  }

  private String start(Column column) {
    String name = session.quoted(column.name());
    return column.type() == ColumnType.DATE
        ? "unix_micros(CAST(" + name + " AS timestamp))"
        : "unix_micros(" + name + ")";
  }

  private static String isTouched(String start) {
    return start + " IN (SELECT w FROM " + TOUCHED + ")";
  }

  /// The start of the window a time lies in, also before 1970.
  static String window(String micros, long size) {
    return "%1$s - (%1$s %% %2$d + %2$d) %% %2$d".formatted(micros, size);
  }
}
