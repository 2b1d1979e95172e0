package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer.QueryColumn;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes rows into one Parquet file, zstd, in place of an earlier one once it is whole. Any thread
/// may call.
///
/// @param engine the engine of this process
/// @param scratch folder for files being written
record ParquetFile(SqlEngine engine, Path scratch) {

  /// Rows a file holds at most before a second one would be begun.
  private static final long MOST_ROWS = 1L << 40;

  /// What stands for no value while rows lie as text: no text that people write.
  private static final String NONE = "\u0001none\u0001";

  private static final long LONGEST_ROW = 128L << 20;

  /// Hands in rows, one after another.
  interface Source {
    void into(Rows rows);
  }

  /// Takes a row; values as {@link dev.millrace.engine.api.Answer.Rows} has them.
  interface Rows {
    void row(List<Object> values);
  }

  /// Rows of any number: they are gathered as text first, so that they need little memory, and then
  /// written with their columns' types.
  ///
  /// @param columns asked once the rows are gathered; types in standard SQL's words, `DECIMAL`
  ///   becomes a double
  /// @return rows written
  long write(Path file, Supplier<List<QueryColumn>> columns, Progress progress, Source source)
      throws IOException {
    Files.createDirectories(scratch);
    Path text = Files.createTempFile(scratch, "export-", ".csv");
    try {
      CsvFile.write(
          text,
          progress,
          csv -> {
            // The reader names columns by their place.
            csv.head(List.of("rows"));
            source.into(values -> csv.row(values.stream().map(ParquetFile::kept).toList()));
          });
      List<Column> typed = typed(columns.get());
      try (SqlSession session = engine.session()) {
        return write(session, reading(session, text, typed), new Schema(typed), file, progress);
      }
    } finally {
      Files.deleteIfExists(text);
    }
  }

  /// The rows of a query.
  long write(SqlSession session, String sql, Schema schema, Path file, Progress progress)
      throws IOException {
    Path folder = Files.createTempDirectory(scratch, "export-");
    try (CancelWatch _ =
        CancelWatch.over(session, progress, "writing " + file.getFileName(), 100)) {
      List<LakeFile> written = session.writeInOrder(sql, schema, MOST_ROWS, folder);
      if (written.size() != 1) {
        throw new MillraceException(
            ErrorCode.USAGE,
            written.isEmpty()
                ? "The query has no rows, so there is nothing to write"
                : "The result is too large for one Parquet file",
            "narrow the query, or export it as CSV");
      }
      LakeFile only = written.getFirst();
      Files.move(only.path(), file, StandardCopyOption.REPLACE_EXISTING);
      return only.rows();
    } finally {
      try (var left = Files.list(folder)) {
        for (Path each : left.toList()) {
          Files.deleteIfExists(each);
        }
      }
      Files.deleteIfExists(folder);
    }
  }

  private static Object kept(@Nullable Object value) {
    return switch (value) {
      case null -> NONE;
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      default -> value;
    };
  }

  private static String reading(SqlSession session, Path text, List<Column> columns) {
    List<String> selected = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      named.add("c" + i + ": 'VARCHAR'");
      selected.add(value("c" + i, column.type()) + " AS " + session.quoted(column.name()));
    }
    return """
        SELECT %s FROM read_csv('%s', columns = {%s}, auto_detect = false, header = true, delim = ',',
          quote = '"', escape = '"', nullstr = '%s', max_line_size = %d, buffer_size = %d)
        """
        .formatted(
            String.join(", ", selected),
            text.toString().replace("'", "''"),
            named.stream().collect(Collectors.joining(", ")),
            NONE,
            LONGEST_ROW,
            2 * LONGEST_ROW);
  }

  private static String value(String column, ColumnType type) {
    return switch (type) {
      case STRING -> column;
      case BINARY -> "unhex(" + column + ")";
      case TIMESTAMP -> "CAST(" + column + " AS TIMESTAMPTZ)";
      case BOOLEAN, INT, BIGINT, DOUBLE, DATE -> "CAST(" + column + " AS " + type.sqlName() + ")";
    };
  }

  private static List<Column> typed(List<QueryColumn> columns) {
    List<Column> typed = new ArrayList<>();
    for (QueryColumn column : columns) {
      String name = column.name();
      int again = 2;
      while (taken(typed, name)) {
        name = column.name() + "_" + again++;
      }
      typed.add(Column.optional(name, type(column.type())));
    }
    return typed;
  }

  private static boolean taken(List<Column> typed, String name) {
    return typed.stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
  }

  private static ColumnType type(String words) {
    String base = words.replaceFirst("\\(.*", "");
    return switch (base) {
      case "BOOLEAN" -> ColumnType.BOOLEAN;
      case "INTEGER" -> ColumnType.INT;
      case "BIGINT" -> ColumnType.BIGINT;
      case "DOUBLE", "DECIMAL" -> ColumnType.DOUBLE;
      case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> ColumnType.TIMESTAMP;
      case "DATE" -> ColumnType.DATE;
      case "BLOB" -> ColumnType.BINARY;
      default -> ColumnType.STRING;
    };
  }
}
