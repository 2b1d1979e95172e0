package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a file that is no table's: CSV, JSON or Parquet.
record ReadFile(DuckDbSession session) {

  /// Rows from which separator, header and types are guessed.
  private static final int SAMPLE_ROWS = 200_000;

  private static final Pattern SEPARATOR = Pattern.compile("[,;|\\t]");
  private static final Pattern CSV = Pattern.compile(".*\\.(csv|tsv|txt)(\\.(gz|zst))?");
  private static final Pattern JSON = Pattern.compile(".*\\.(json|ndjson|jsonl)(\\.(gz|zst))?");

  Schema into(String view, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MillraceException(
          ErrorCode.FILE, "There is no file " + file, "name a CSV, JSON or Parquet file");
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String path = DuckDbTypes.text(file.toAbsolutePath().toString());
    boolean parquet = name.endsWith(".parquet");
    String reader;
    if (parquet) {
      reader = "read_parquet(" + path + ")";
    } else if (CSV.matcher(name).matches()) {
      reader = "read_csv(" + path + ", sample_size = " + SAMPLE_ROWS + ")";
    } else if (JSON.matcher(name).matches()) {
      reader = "read_json(" + path + ", sample_size = " + SAMPLE_ROWS + ")";
    } else {
      throw new MillraceException(
          ErrorCode.FILE,
          file + " is of no kind that can be judged",
          "give a file that ends in .csv, .tsv, .json, .ndjson, .jsonl (also .gz, .zst) or"
              + " .parquet");
    }
    try {
      if (CSV.matcher(name).matches()) {
        requireEvenRows(file, path);
      }
      return make(view, reader, parquet);
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.SQL) {
        throw e;
      }
      throw new MillraceException(
          ErrorCode.FILE, file + " cannot be read: " + e.what(), "mend the file there", e);
    }
  }

  /// Where rows have different numbers of columns, DuckDB takes the largest even part of a file for
  /// the whole, or each line for one column: rows would be lost without a word.
  private void requireEvenRows(Path file, String path) {
    session.run(
        "SELECT SkipRows, len(Columns), Columns[1].name FROM sniff_csv("
            + path
            + ", sample_size = "
            + SAMPLE_ROWS
            + ")",
        Integer.MAX_VALUE,
        results -> {
          while (results.next()) {
            long skipped = results.getLong(1);
            long columns = results.getLong(2);
            if (skipped > 0) {
              throw uneven(
                  file,
                  "its first %,d lines do not have the %,d columns of line %,d"
                      .formatted(skipped, columns, skipped + 1));
            }
            if (columns == 1 && SEPARATOR.matcher(results.getString(3)).find()) {
              throw uneven(file, "its rows have different numbers of columns");
            }
          }
        });
  }

  private static MillraceException uneven(Path file, String fault) {
    return new MillraceException(
        ErrorCode.FILE,
        file + " cannot be read: " + fault,
        "give every row the columns of the header, in quotes where a value holds the separator, and"
            + " take away what stands before the header; nothing was judged");
  }

  private Schema make(String view, String reader, boolean parquet) {
    List<Column> columns = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    session.run(
        "DESCRIBE SELECT * FROM " + reader,
        Integer.MAX_VALUE,
        results -> {
          while (results.next()) {
            String name = results.getString(1);
            String type = results.getString(2);
            ColumnType held = type(name, type);
            columns.add(Column.optional(name, held));
            String quoted = DuckDbTypes.name(name);
            String value = plain(type) ? quoted : "to_json(" + quoted + ")";
            selected.add(DuckDbTypes.cast(value, held) + " AS " + quoted);
          }
        });
    String select =
        "SELECT %s, row_number() OVER () AS %s FROM %s"
            .formatted(String.join(", ", selected), SqlSession.ROW_NUMBER, reader);
    // A text is parsed once and kept; a Parquet file is quick to read again.
    session.run(
        "CREATE OR REPLACE TEMP %s %s AS %s"
            .formatted(parquet ? "VIEW" : "TABLE", DuckDbTypes.name(view), select),
        Integer.MAX_VALUE,
        _ -> {});
    return new Schema(columns);
  }

  private static ColumnType type(String name, String type) {
    return plain(type) ? DuckDbTypes.columnType(name, type) : ColumnType.STRING;
  }

  private static boolean plain(String type) {
    try {
      var _ = DuckDbTypes.columnType("", type);
      return true;
    } catch (MillraceException _) {
      return false;
    }
  }
}
