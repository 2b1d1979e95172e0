package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes a subject's rows out of the newest version of one table: the files that hold some are
/// written anew without them, in one commit.
///
/// Dead letters are the subject's when their bytes name it. Where another row's `_extra` names it,
/// only that text goes. The commit tells no bounds of texts of the files it takes out, since these
/// may be the value itself.
final class RemoveRows {

  private static final String VIEW = "care_rows";
  private static final String LETTERS = "care_letters";
  private static final Schema LETTER_KEYS =
      Schema.of(
          Column.required("kafka_topic", ColumnType.STRING),
          Column.required("kafka_partition", ColumnType.INT),
          Column.required("kafka_offset", ColumnType.BIGINT));
  private static final int MOST_PASSES = 20;

  private final LakeTable table;
  private final SqlEngine sql;
  private final Subject subject;
  private final LetterTraces letters;
  private final Traces traces;

  RemoveRows(LakeTable table, SqlEngine sql, Subject subject) {
    this.table = table;
    this.sql = sql;
    this.subject = subject;
    this.traces = new Traces(subject);
    this.letters = new LetterTraces(subject, traces);
  }

  /// What was taken out, or would be.
  ///
  /// @param rows rows of the subject
  /// @param blanked rows of others that named it in their `_extra`
  /// @param files files that held any of them
  record Removed(long rows, long blanked, int files) {}

  Removed preview(Progress progress) {
    try (SqlSession session = sql.session();
        CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
      return touched(session, table.snapshot()).removed();
    }
  }

  /// Removes until a look at the newest version finds nothing.
  Removed run(Progress progress) {
    Removed all = new Removed(0, 0, 0);
    try (SqlSession session = sql.session();
        CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
      for (int pass = 0; pass < MOST_PASSES; pass++) {
        progress.report("erase from " + table.name(), 0, 0);
        LakeSnapshot base = table.snapshot();
        Touched touched = touched(session, base);
        if (touched.rows().isEmpty()) {
          return all;
        }
        if (exchange(session, touched, progress)) {
          Removed now = touched.removed();
          all =
              new Removed(
                  all.rows() + now.rows(),
                  all.blanked() + now.blanked(),
                  all.files() + now.files());
        }
      }
    }
    throw new MillraceException(
        ErrorCode.LAKE,
        "Rows of the subject keep coming into " + table.name(),
        "stop what sends them, and run it again; what was taken out stays out");
  }

  /// What a look at a version found.
  ///
  /// @param rows by file, rows to remove
  /// @param blanked by file, rows whose `_extra` is to go; files may be in either or both
  private record Touched(
      LakeSnapshot base, List<LakeFile> files, Map<String, Long> rows, long gone, long blanked) {
    Removed removed() {
      return new Removed(gone, blanked, files.size());
    }
  }

  private Touched touched(SqlSession session, LakeSnapshot base) {
    Map<String, Long> rows = new HashMap<>();
    long[] counts = {0, 0};
    session.view(VIEW, table.schema(), base.files());
    if (isLetters()) {
      findLetters(session, rows, counts);
    } else {
      Optional<String> mine = subject.condition(table.schema());
      Optional<String> naming = naming();
      if (mine.isPresent() || naming.isPresent()) {
        String gone = "coalesce(" + mine.orElse("FALSE") + ", FALSE)";
        String blank = "coalesce(NOT " + gone + " AND " + naming.orElse("FALSE") + ", FALSE)";
        session.forEachRow(
            "SELECT _source_file, count_if(%s), count_if(%s) FROM %s WHERE %s OR %s GROUP BY 1"
                .formatted(gone, blank, VIEW, gone, blank),
            row -> {
              rows.put((String) row.get(0), ((Number) row.get(1)).longValue());
              counts[0] += ((Number) row.get(1)).longValue();
              counts[1] += ((Number) row.get(2)).longValue();
            });
      }
    }
    List<LakeFile> files =
        base.files().stream().filter(file -> rows.containsKey(name(file))).toList();
    return new Touched(base, files, rows, counts[0], counts[1]);
  }

  /// The letters' keys stand as {@link #LETTERS} afterwards.
  private void findLetters(SqlSession session, Map<String, Long> rows, long[] counts) {
    List<List<Object>> keys = new ArrayList<>();
    session.forEachRow(
        "SELECT _source_file, kafka_topic, kafka_partition, kafka_offset, raw, detail FROM " + VIEW,
        row -> {
          byte[] raw = row.get(4) instanceof byte[] bytes ? bytes : new byte[0];
          if (letters.in(raw, String.valueOf(row.get(5)))) {
            keys.add(List.of(row.get(1), row.get(2), row.get(3)));
            rows.merge((String) row.get(0), 1L, Long::sum);
            counts[0]++;
          }
        });
    session.values(LETTERS, LETTER_KEYS, keys);
  }

  private boolean exchange(SqlSession session, Touched touched, Progress progress) {
    Map<Optional<LocalDate>, List<LakeFile>> groups = new LinkedHashMap<>();
    touched
        .files()
        .forEach(
            file ->
                groups.computeIfAbsent(file.partitionValue(), _ -> new ArrayList<>()).add(file));
    ExchangeFiles exchange = new ExchangeFiles(table);
    List<LakeFile> anew = new ArrayList<>();
    boolean written = false;
    try {
      for (Map.Entry<Optional<LocalDate>, List<LakeFile>> group : groups.entrySet()) {
        if (progress.cancelled()) {
          throw new MillraceException(
              ErrorCode.CANCELLED,
              "The erasure was cancelled in " + table.name(),
              "run it again to complete it; what other tables lost stays out");
        }
        anew.addAll(write(session, group.getKey(), group.getValue(), touched.rows()));
      }
      written = true;
    } finally {
      if (!written) {
        exchange.discard(anew);
      }
    }
    List<LakeFile> silent = touched.files().stream().map(this::withoutBounds).toList();
    return exchange
        .land(
            touched.files(),
            anew,
            _ -> new LakeCommit(EraseSubject.OPERATION, anew, silent, Map.of(), Map.of()))
        .isPresent();
  }

  private List<LakeFile> write(
      SqlSession session,
      Optional<LocalDate> partition,
      List<LakeFile> files,
      Map<String, Long> gone) {
    session.view(VIEW, table.schema(), files);
    List<LakeFile> written =
        session
            .writeInOrder(
                isLetters() ? otherLetters() : otherRows(),
                table.schema(),
                ExchangeFiles.rowsOf(CareOrder.Optimize.DEFAULT_TARGET_BYTES, files),
                table.dataFolder(partition))
            .stream()
            .map(file -> OptimizeTable.in(partition, file))
            .toList();
    long out = files.stream().mapToLong(file -> gone.getOrDefault(name(file), 0L)).sum();
    new ExchangeFiles(table).requireRows(ExchangeFiles.rows(files) - out, written);
    return written;
  }

  private String otherRows() {
    String columns =
        table.schema().columns().stream()
            .map(Column::name)
            .map(
                name ->
                    name.equals(Feed.EXTRA.name())
                        ? naming()
                            .map(
                                names ->
                                    "CASE WHEN %s THEN NULL ELSE %s END AS %s"
                                        .formatted(names, Sql.name(name), Sql.name(name)))
                            .orElse(Sql.name(name))
                        : Sql.name(name))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + columns
        + " FROM "
        + VIEW
        + " WHERE NOT coalesce("
        + subject.condition(table.schema()).orElse("FALSE")
        + ", FALSE)";
  }

  private String otherLetters() {
    return "SELECT "
        + Sql.columns(table.schema())
        + " FROM "
        + VIEW
        + " AS l WHERE NOT EXISTS (SELECT 1 FROM "
        + LETTERS
        + " AS k WHERE k.kafka_topic = l.kafka_topic AND k.kafka_partition = l.kafka_partition"
        + " AND k.kafka_offset = l.kafka_offset)";
  }

  /// Condition on rows whose `_extra` names the value.
  private Optional<String> naming() {
    return table
        .schema()
        .column(Feed.EXTRA.name())
        .filter(column -> column.type() == ColumnType.STRING && column.nullable())
        .filter(column -> !subject.columns().contains(column.name()))
        .map(column -> traces.conditionOnText(Sql.name(column.name())));
  }

  private boolean isLetters() {
    return table.name().layer() == Layer.DEAD_LETTERS;
  }

  /// Without the bounds of the columns that may hold the value; the others tell an incremental
  /// build how little it must compute anew.
  private LakeFile withoutBounds(LakeFile file) {
    Map<String, ColumnStatistics> harmless = new HashMap<>();
    file.statistics()
        .forEach(
            (name, statistics) -> {
              if (!subject.columns().contains(name)
                  && table.schema().column(name).filter(RemoveRows::isNoText).isPresent()) {
                harmless.put(name, statistics);
              }
            });
    return new LakeFile(file.path(), file.rows(), file.bytes(), file.partitionValue(), harmless);
  }

  private static boolean isNoText(Column column) {
    return column.type() != ColumnType.STRING && column.type() != ColumnType.BINARY;
  }

  private static String name(LakeFile file) {
    Path name = file.path().getFileName();
    return name == null ? "" : name.toString();
  }
}
