package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Changes a table's columns in one commit that every reader of Delta understands.
///
/// A column is added, or may be null from now on, in the log alone. A wider type or another name is
/// written into the files: all of them are written anew, and earlier versions keep theirs. Delta's
/// features for doing so without (type widening, column mapping) would lock plain readers out.
final class EvolveSchema {

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final String VIEW = "care_rows";

  private final LakeTable table;
  private final SqlEngine sql;
  private final List<SchemaChange> changes;

  EvolveSchema(LakeTable table, SqlEngine sql, List<SchemaChange> changes) {
    this.table = table;
    this.sql = sql;
    this.changes = List.copyOf(changes);
    if (changes.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "No change of a column is named",
          "say --add name=type, --widen name=type, --rename old=new or --nullable name");
    }
  }

  /// The new columns, each with the name and type it had.
  ///
  /// @param from by new name; a column without is new
  private record Target(Schema schema, Map<String, Column> from, boolean rewrites) {}

  CareReport preview() {
    LakeSnapshot now = table.snapshot();
    Target target = target();
    return report(target, now, now.version(), false);
  }

  CareReport run(Progress progress) {
    Target target = target();
    LakeSnapshot before = table.snapshot();
    if (!target.rewrites()) {
      LakeSnapshot after =
          new ExchangeFiles(table)
              .land(
                  List.of(),
                  List.of(),
                  _ ->
                      new LakeCommit("CHANGE COLUMNS", List.of(), List.of(), Map.of(), Map.of())
                          .reshaping(target.schema()))
              .orElseThrow();
      return report(target, before, after.version(), true);
    }
    return rewrite(target, before, progress);
  }

  /// Writes all files; those that came meanwhile are written as well before the next try.
  private CareReport rewrite(Target target, LakeSnapshot before, Progress progress) {
    Map<LakeFile, List<LakeFile>> anew = new LinkedHashMap<>();
    ExchangeFiles exchange = new ExchangeFiles(table);
    boolean landed = false;
    try (SqlSession session = sql.session();
        CancelWatch _ = CancelWatch.over(session, progress, table.name().toString())) {
      while (true) {
        LakeSnapshot base = table.snapshot();
        anew.keySet().retainAll(new LinkedHashSet<>(base.files()));
        long done = 0;
        for (LakeFile file : base.files()) {
          progress.report("write " + table.name() + " anew", done, base.rows());
          refuseCancelled(progress);
          if (!anew.containsKey(file)) {
            anew.put(file, write(session, target, file));
          }
          done += file.rows();
        }
        List<LakeFile> added = anew.values().stream().flatMap(List::stream).toList();
        LakeCommit commit =
            LakeCommit.rearranging("CHANGE COLUMNS", added, base.files())
                .reshaping(target.schema());
        if (table.commit(base, commit)
            instanceof dev.millrace.engine.lake.CommitOutcome.Committed(LakeSnapshot after)) {
          landed = true;
          return report(target, before, after.version(), true);
        }
      }
    } finally {
      if (!landed) {
        exchange.discard(anew.values().stream().flatMap(List::stream).toList());
      }
    }
  }

  private List<LakeFile> write(SqlSession session, Target target, LakeFile file) {
    session.view(VIEW, table.schema(), List.of(file));
    String columns =
        target.schema().columns().stream()
            .map(
                column -> {
                  Column from = target.from().get(column.name());
                  return (from == null ? "NULL" : Sql.name(from.name()))
                      + " AS "
                      + Sql.name(column.name());
                })
            .collect(Collectors.joining(", "));
    Optional<LocalDate> partition = file.partitionValue();
    List<LakeFile> written =
        session
            .writeInOrder(
                "SELECT " + columns + " FROM " + VIEW,
                target.schema(),
                ExchangeFiles.rowsOf(CareOrder.Optimize.DEFAULT_TARGET_BYTES, List.of(file)),
                table.dataFolder(partition))
            .stream()
            .map(each -> OptimizeTable.in(partition, each))
            .toList();
    new ExchangeFiles(table).requireRows(file.rows(), written);
    return written;
  }

  private void refuseCancelled(Progress progress) {
    if (progress.cancelled()) {
      throw new MillraceException(
          ErrorCode.CANCELLED,
          "Changing the columns of " + table.name() + " was cancelled",
          "it stands as before; run it again");
    }
  }

  private Target target() {
    List<Column> columns = new ArrayList<>(table.schema().columns());
    Map<String, Column> from = new LinkedHashMap<>();
    columns.forEach(column -> from.put(column.name(), column));
    boolean rewrites = false;
    for (SchemaChange change : changes) {
      switch (change) {
        case SchemaChange.Add(String name, ColumnType type) -> {
          requireFree(columns, name);
          columns.add(Column.optional(name, type));
        }
        case SchemaChange.Widen(String name, ColumnType type) -> {
          requireAuthors(name);
          int at = at(columns, name);
          Column own = columns.get(at);
          requireWider(own, type);
          columns.set(at, new Column(name, type, own.nullable()));
          rewrites = true;
        }
        case SchemaChange.Rename(String old, String name) -> {
          requireAuthors(old);
          int at = at(columns, old);
          requireFree(columns, name);
          Column own = columns.get(at);
          columns.set(at, new Column(name, own.type(), own.nullable()));
          Column origin = from.remove(old);
          if (origin != null) {
            from.put(name, origin);
          }
          rewrites = true;
        }
        case SchemaChange.Relax(String name) -> {
          requireAuthors(name);
          int at = at(columns, name);
          columns.set(at, Column.optional(name, columns.get(at).type()));
        }
      }
    }
    return new Target(new Schema(columns), from, rewrites);
  }

  /// What the engine itself writes and reads by name stays as it is.
  private void requireAuthors(String name) {
    boolean own =
        switch (table.name().layer()) {
          case BRONZE -> Feed.adds(name);
          case DEAD_LETTERS -> true;
          case SILVER, GOLD, QUARANTINE -> false;
        };
    if (own) {
      throw new MillraceException(
          ErrorCode.USAGE,
          table.name()
              + "."
              + name
              + " is a column of Millrace's own, which a stream writes by name",
          "give it another name or type in the SQL of a derived table");
    }
  }

  private int at(List<Column> columns, String name) {
    if (table.partition().filter(name::equals).isPresent()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          table.name() + " is partitioned by " + name + ", so that column stays as it is",
          "make a new table if it must be partitioned otherwise");
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new MillraceException(
        ErrorCode.USAGE,
        table.name() + " has no column '" + name + "'",
        "'millrace table show " + table.name() + "' lists its columns");
  }

  private void requireFree(List<Column> columns, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "'" + name + "' is no name of a column",
          "write a lower-case letter, then letters, digits and _");
    }
    if (columns.stream().anyMatch(column -> column.name().equals(name))) {
      throw new MillraceException(
          ErrorCode.USAGE,
          table.name() + " has a column '" + name + "' already",
          "choose another name, or change that one");
    }
  }

  /// Widened is only what keeps every value exactly.
  private void requireWider(Column own, ColumnType type) {
    Set<ColumnType> wider =
        switch (own.type()) {
          case INT -> Set.of(ColumnType.BIGINT, ColumnType.DOUBLE);
          case STRING, BOOLEAN, BIGINT, DOUBLE, TIMESTAMP, DATE, BINARY -> Set.of();
        };
    if (!wider.contains(type)) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "%s is %s, and %s does not hold each of its values exactly in all readers"
              .formatted(own.name(), own.type().sqlName(), type.sqlName()),
          wider.isEmpty()
              ? "add a column of the new type and let the SQL of a derived table fill it"
              : "widen it to "
                  + wider.stream()
                      .map(ColumnType::sqlName)
                      .sorted()
                      .collect(Collectors.joining(" or ")));
    }
  }

  private CareReport report(Target target, LakeSnapshot before, long version, boolean done) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("columns before", (long) table.schemaAt(before.version()).size());
    counts.put("columns after", (long) target.schema().size());
    counts.put("files rewritten", target.rewrites() ? (long) before.files().size() : 0L);
    counts.put("rows rewritten", target.rewrites() ? before.rows() : 0L);
    List<String> notes = new ArrayList<>();
    if (target.rewrites()) {
      notes.add(
          "A stream or transform that writes the table must know the new columns: change the"
              + " definition and start it again. Until then its commits are refused, and it loses"
              + " nothing.");
    }
    return new CareReport(
        "%s %s the columns %s"
            .formatted(
                table.name(),
                done ? "has" : "would have",
                target.schema().columns().stream()
                    .map(Objects::toString)
                    .collect(Collectors.joining(", "))),
        done,
        true,
        List.of(new CareFinding(table.name(), version, counts)),
        notes);
  }
}
