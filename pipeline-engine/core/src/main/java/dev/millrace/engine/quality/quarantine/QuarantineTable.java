package dev.millrace.engine.quality.quarantine;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.LineageColumns;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The quarantine table of a table: `quarantine.silver_readings` holds failing rows of
/// `silver.readings`, with its columns and what is said of the row. Since its columns are the
/// table's own, an erasure finds a subject in it as it does in the table.
///
/// @param of the table whose rows it holds
record QuarantineTable(TableName of, LakeTable table) {

  static final Schema SAID =
      Schema.of(
          Column.required("quarantine_id", ColumnType.STRING),
          Column.required("quarantine_state", ColumnType.STRING),
          Column.required("quarantine_reasons", ColumnType.STRING),
          Column.required("quarantine_consequence", ColumnType.STRING),
          Column.required("quarantine_suite", ColumnType.STRING),
          Column.required("quarantine_version", ColumnType.BIGINT),
          Column.required("quarantine_at", ColumnType.TIMESTAMP),
          Column.optional("quarantine_note", ColumnType.STRING),
          Column.optional("quarantine_changed_at", ColumnType.TIMESTAMP));

  private static final int MOST_RACES = 100;
  private static final int LONGEST_NAME = 63;

  static TableName name(TableName of) {
    String name = of.layer().sqlName() + "_" + of.name();
    if (name.length() > LONGEST_NAME) {
      String hash = HexFormat.of().toHexDigits(name.hashCode());
      name = name.substring(0, LONGEST_NAME - hash.length() - 1) + "_" + hash;
    }
    return new TableName(Layer.QUARANTINE, name);
  }

  static Optional<QuarantineTable> find(Lake lake, TableName of) {
    return lake.find(name(of)).map(table -> new QuarantineTable(of, table));
  }

  /// The same, made when there is none, with all columns the judged table has now.
  static QuarantineTable open(Lake lake, LakeTable judged) {
    List<Column> columns = new ArrayList<>();
    judged.schema().columns().forEach(c -> columns.add(Column.optional(c.name(), c.type())));
    Schema schema = new Schema(columns).with(SAID.columns().toArray(Column[]::new));
    Optional<LakeTable> standing = lake.find(name(judged.name()));
    boolean fits =
        standing.isPresent()
            && standing.get().schema().columns().stream()
                .map(Column::name)
                .collect(Collectors.toSet())
                .containsAll(schema.columns().stream().map(Column::name).toList());
    return new QuarantineTable(
        judged.name(),
        fits ? standing.get() : lake.openWidened(name(judged.name()), schema, Optional.empty()));
  }

  /// Columns of the judged table.
  Schema own() {
    return new Schema(
        table.schema().columns().stream().filter(c -> SAID.column(c.name()).isEmpty()).toList());
  }

  /// SQL of a row's id: a digest of the columns that are not null, by their names, so that a column
  /// that is added later does not make it another row.
  ///
  /// @param said columns that say what the row is; empty when all do that do not tell how it was
  ///   made
  static String id(Schema of, Set<String> said) {
    return of.columns().stream()
        .map(Column::name)
        .filter(
            name ->
                said.isEmpty() ? !LineageColumns.OF_A_BUILD.contains(name) : said.contains(name))
        .map(name -> text(name + "=") + " || CAST(" + quoted(name) + " AS varchar)")
        .collect(Collectors.joining(", ", "md5(concat_ws(chr(31), ", "))"));
  }

  /// Commits; tried again against fresh snapshots while the removed files are live.
  ///
  /// @return whether it landed
  boolean commit(String operation, List<LakeFile> added, List<LakeFile> removed) {
    for (int race = 0; race < MOST_RACES; race++) {
      LakeSnapshot base = table.snapshot();
      if (!base.files().stream()
          .map(LakeFile::path)
          .collect(Collectors.toSet())
          .containsAll(removed.stream().map(LakeFile::path).toList())) {
        return false;
      }
      LakeCommit commit = new LakeCommit(operation, added, removed, Map.of(), Map.of());
      if (table.commit(base, commit) instanceof CommitOutcome.Committed) {
        return true;
      }
    }
    throw new MillraceException(
        ErrorCode.LAKE,
        "Another writer of " + table.name() + " won " + MOST_RACES + " commits in a row",
        "let fewer jobs write to it at once; it stands as they left it");
  }

  static String quoted(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
