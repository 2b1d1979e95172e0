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
      reader = "read_csv(" + path + ", sample_size = 200000)";
    } else if (JSON.matcher(name).matches()) {
      reader = "read_json(" + path + ", sample_size = 200000)";
    } else {
      throw new MillraceException(
          ErrorCode.FILE,
          file + " is of no kind that can be judged",
          "give a file that ends in .csv, .tsv, .json, .ndjson, .jsonl (also .gz, .zst) or"
              + " .parquet");
    }
    try {
      return make(view, reader, parquet);
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.SQL) {
        throw e;
      }
      throw new MillraceException(
          ErrorCode.FILE, file + " cannot be read: " + e.what(), "mend the file there", e);
    }
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
