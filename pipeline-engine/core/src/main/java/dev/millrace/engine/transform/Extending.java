package dev.millrace.engine.transform;

import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.transform.Sources.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One extension of a table under way: its source, what stands, and the session's views of both.
/// Whichever promise its rows keep, a part of the source is run through the author's SQL and takes
/// the place of the rows that stand there.
///
/// @param few rows of source and table together for which a rebuild is not weighed against it
record Extending(
    SqlSession session,
    Source source,
    LakeTable target,
    LakeSnapshot base,
    long few,
    FilesRead.Counter read) {

  /// What the author's SQL gives for the part of the source that {@link #narrow} chose.
  static final String OUTPUT = "_output";

  private static final String SOURCE = "_source";
  private static final String LACKING = "_lacking";
  private static final String LIKELY = "_likely";
  private static final String REPLACED = "_replaced";

  /// Whether changed source rows that lack one of these columns make the SQL give rows, so that
  /// they cannot be placed.
  boolean rowsWithoutCount(LakeChanges changes, List<String> columns, String sql) {
    if (!ChangedRows.mayLack(changes, columns)) {
      return false;
    }
    String lacking =
        String.join(" OR ", columns.stream().map(c -> session.quoted(c) + " IS NULL").toList());
    session.query(
        source.view(),
        "SELECT _s.*, '' AS _source_file FROM (%s) AS _s WHERE %s"
            .formatted(
                ChangedRows.query(
                    session,
                    source.table(),
                    changes,
                    Columns.of(session, source.table().schema()),
                    read),
                lacking));
    session.query(LACKING, sql);
    return !session.rows("SELECT 1 AS n FROM " + LACKING + " LIMIT 1").isEmpty();
  }

  /// Which rows of a table are meant, as what follows its alias `_r` in a SELECT. Joins rather than
  /// EXISTS, which DuckDB answers by looking up every time of every entity first.
  ///
  /// @param in for these rows
  /// @param notIn for all others
  record Chosen(String in, String notIn) {

    static final Chosen ALL = new Chosen("", " WHERE FALSE");

    static Chosen where(String condition) {
      return new Chosen(" WHERE " + condition, " WHERE NOT coalesce(" + condition + ", FALSE)");
    }

    /// @param rows a query
    /// @param condition on a row `_k` of it and the row `_r`
    static Chosen matching(String rows, String condition) {
      String joined = " JOIN (" + rows + ") AS _k ON " + condition;
      return new Chosen(" SEMI" + joined, " ANTI" + joined);
    }
  }

  /// Lets the author's SQL see the chosen rows of the source within these spans, and nothing else;
  /// its result becomes {@link #OUTPUT}.
  ///
  /// @param time the source's column of time
  /// @param kept whether the result is kept as a table, to be read more than once
  void narrow(List<TimeSpan> spans, Column time, Chosen chosen, String sql, boolean kept) {
    List<LakeFile> files = TimeSpan.overlapping(source.snapshot().files(), time, spans);
    read.add(files);
    session.view(SOURCE, source.table().schema(), files);
    session.query(
        source.view(),
        "SELECT _r.* FROM (SELECT * FROM %s WHERE %s) AS _r%s"
            .formatted(SOURCE, within(session.quoted(time.name()), spans), chosen.in()));
    if (kept) {
      session.table(OUTPUT, sql);
    } else {
      session.query(OUTPUT, sql);
    }
  }

  /// The table's files that do hold chosen rows, all of which lie within these spans.
  ///
  /// @param time the table's column of time
  List<LakeFile> holding(List<TimeSpan> spans, Column time, Chosen chosen) {
    List<LakeFile> likely = TimeSpan.overlapping(base.files(), time, spans);
    if (likely.isEmpty()) {
      return List.of();
    }
    read.add(likely);
    session.view(LIKELY, target.schema(), likely);
    Set<String> names = new HashSet<>();
    session.forEachRow(
        "SELECT DISTINCT _r._source_file FROM " + LIKELY + " AS _r" + chosen.in(),
        row -> names.add((String) row.getFirst()));
    return likely.stream()
        .filter(file -> names.contains(file.path().getFileName().toString()))
        .toList();
  }

  /// Why computing everything is no dearer than what was found to do; empty when it is dearer.
  ///
  /// Computing a row and writing one cost about the same, so their numbers are added.
  ///
  /// @param computed source rows the SQL would see
  /// @param replaced files to be written again
  Optional<Extension> dearer(long computed, List<LakeFile> replaced) {
    long whole = source.snapshot().rows() + base.rows();
    long part = computed + replaced.stream().mapToLong(LakeFile::rows).sum();
    return whole <= few || part < whole
        ? Optional.empty()
        : Optional.of(
            new Extension.NotPossible(
                "of %,d rows to compute and to write, what is new touches %,d"
                    .formatted(whole, part)));
  }

  /// Rows of the output in place of those that stand.
  ///
  /// @param within condition that all of the output's rows to write meet, which spares the others
  ///   what is cheaper to decide than `mine`; `TRUE` for none
  /// @param mine the output's rows to write
  /// @param gone the table's rows that go
  Extension rows(String within, Chosen mine, List<LakeFile> replaced, Chosen gone) {
    String columns = Columns.of(session, target.schema());
    String rows =
        "SELECT %s, 0 AS %s FROM (SELECT * FROM %s WHERE %s) AS _r%s"
            .formatted(columns, FileLayout.CARRIED, OUTPUT, within, mine.in());
    if (!replaced.isEmpty()) {
      read.add(replaced);
      session.view(REPLACED, target.schema(), replaced);
      rows +=
          " UNION ALL SELECT %s, 1 AS %s FROM %s AS _r%s"
              .formatted(columns, FileLayout.CARRIED, REPLACED, gone.notIn());
    }
    return new Extension.Rows(rows, replaced);
  }

  /// No row is new and none goes.
  Extension nothing() {
    session.view(OUTPUT, target.schema(), List.of());
    return rows("TRUE", Chosen.ALL, List.of(), Chosen.ALL);
  }

  /// The condition that a time lies between the first and the last of the spans.
  static String within(String time, Collection<TimeSpan> spans) {
    Optional<TimeSpan> all = spans.stream().reduce(TimeSpan::with);
    if (all.isEmpty()) {
      return "FALSE";
    }
    List<String> bounds = new ArrayList<>();
    if (all.get().from() > TimeSpan.BEGINNING) {
      bounds.add(time + " >= timestamp_micros(" + all.get().from() + ")");
    }
    if (all.get().to() < TimeSpan.END) {
      bounds.add(time + " < timestamp_micros(" + all.get().to() + ")");
    }
    return bounds.isEmpty() ? "TRUE" : String.join(" AND ", bounds);
  }
}
