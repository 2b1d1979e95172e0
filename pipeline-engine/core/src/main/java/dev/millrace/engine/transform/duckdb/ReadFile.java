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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a file that is no table's: CSV, JSON or Parquet. What DuckDB would read otherwise than it
/// stands there is refused.
record ReadFile(DuckDbSession session) {

  /// Rows from which separator, header and types are guessed.
  static final int SAMPLE_ROWS = 200_000;

  /// Many names, or rare ones, are columns too, and not one column of pairs.
  private static final String WIDE =
      ", map_inference_threshold = -1, field_appearance_threshold = 0";

  private static final Pattern CSV = Pattern.compile(".*\\.(csv|tsv|txt)(\\.(gz|zst))?");
  private static final Pattern JSON = Pattern.compile(".*\\.(json|ndjson|jsonl)(\\.(gz|zst))?");
  private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");

  private static final Pattern WIDTH =
      Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");

  private enum Kind {
    CSV,
    JSON,
    PARQUET
  }

  Schema into(String view, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MillraceException(
          ErrorCode.FILE,
          Files.isDirectory(file) ? file + " is a folder" : "There is no file " + file,
          Files.isDirectory(file)
              ? "name a CSV, JSON or Parquet file in it"
              : "name a CSV, JSON or Parquet file");
    }
    Kind kind = kind(file);
    String path = DuckDbTypes.text(file.toAbsolutePath().toString());
    String reader =
        switch (kind) {
          case CSV -> "read_csv(" + path + ", sample_size = " + SAMPLE_ROWS + ")";
          case JSON -> json(path, "");
          case PARQUET -> "read_parquet(" + path + ")";
        };
    if (kind != Kind.PARQUET) {
      TextHead.of(file).require(file, kind == Kind.JSON);
    }
    if (kind == Kind.JSON) {
      JsonText.require(file);
    }
    if (kind == Kind.PARQUET) {
      ParquetEnds.require(file);
    }
    try {
      OwnNames names = new OwnNames(session, file, path);
      if (kind == Kind.CSV) {
        names.requireInCsv();
      }
      List<Described> columns = describe(reader);
      if (kind == Kind.JSON && pairs(columns)) {
        reader = json(path, WIDE);
        columns = describe(reader);
      }
      switch (kind) {
        case CSV -> {}
        case JSON -> {
          if (!names.requireInJson(columns.stream().map(Described::name).toList())) {
            columns = List.of();
          }
        }
        case PARQUET -> names.requireInParquet();
      }
      return make(view, reader, columns, kind == Kind.PARQUET);
    } catch (MillraceException e) {
      throw e.code() == ErrorCode.SQL ? unreadable(file, kind, e) : e;
    }
  }

  private static String json(String path, String options) {
    return "read_json(" + path + ", sample_size = " + SAMPLE_ROWS + options + ")";
  }

  /// Whether DuckDB takes each object for one value, a map of its fields.
  private static boolean pairs(List<Described> columns) {
    return columns.size() == 1
        && columns.getFirst().name().equals("json")
        && columns.getFirst().type().startsWith("MAP");
  }

  private static Kind kind(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet")) {
      return Kind.PARQUET;
    }
    if (CSV.matcher(name).matches()) {
      return Kind.CSV;
    }
    if (JSON.matcher(name).matches()) {
      return Kind.JSON;
    }
    throw new MillraceException(
        ErrorCode.FILE,
        file + " is of no kind that can be judged",
        "give a file that ends in .csv, .tsv, .json, .ndjson, .jsonl (also .gz, .zst) or"
            + " .parquet");
  }

  /// What DuckDB says, without its advice about options that nobody has here.
  private static MillraceException unreadable(Path file, Kind kind, MillraceException e) {
    String told = e.getCause() == null ? e.what() : String.valueOf(e.getCause().getMessage());
    String lower = told.toLowerCase(Locale.ROOT);
    Matcher place = LINE.matcher(told);
    if (lower.contains("invalid unicode") || lower.contains("invalid utf-8")) {
      return TextHead.notUtf8(file, place.find() ? " (line " + place.group(1) + ")" : "", e);
    }
    if (kind == Kind.PARQUET) {
      return ParquetEnds.damaged(file, told, e);
    }
    Matcher width = WIDTH.matcher(told);
    if (width.find() && place.find()) {
      return new MillraceException(
          ErrorCode.FILE,
          "%s cannot be read: line %s has %s fields, and its header %s"
              .formatted(file, place.group(1), width.group(2), width.group(1)),
          "give every row the columns of the header, in quotes where a value holds the separator;"
              + " nothing was judged",
          e);
    }
    String what =
        told.lines()
            .map(String::strip)
            .takeWhile(line -> !line.isEmpty() && !line.matches("(Possible|Try|LINE) .*"))
            .collect(Collectors.joining("; "));
    return new MillraceException(
        ErrorCode.FILE,
        file + " cannot be read: " + what,
        "mend the file there; nothing was judged",
        e);
  }

  /// A column as DuckDB sees it.
  private record Described(String name, String type) {}

  private List<Described> describe(String reader) {
    List<Described> columns = new ArrayList<>();
    session.run(
        "DESCRIBE SELECT * FROM " + reader,
        Integer.MAX_VALUE,
        results -> {
          while (results.next()) {
            columns.add(new Described(results.getString(1), results.getString(2)));
          }
        });
    return columns;
  }

  private Schema make(String view, String reader, List<Described> described, boolean parquet) {
    List<Column> columns = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (Described one : described) {
      ColumnType held = type(one.name(), one.type());
      columns.add(Column.optional(one.name(), held));
      String quoted = DuckDbTypes.name(one.name());
      String value = plain(one.type()) ? quoted : "to_json(" + quoted + ")";
      selected.add(DuckDbTypes.cast(value, held) + " AS " + quoted);
    }
    selected.add("row_number() OVER () AS " + SqlSession.ROW_NUMBER);
    String select = "SELECT %s FROM %s".formatted(String.join(", ", selected), reader);
    // A text is parsed once and kept; a Parquet file is quick to read again.
    session.run(
        "CREATE OR REPLACE TEMP %s %s AS %s"
            .formatted(parquet ? "VIEW" : "TABLE", DuckDbTypes.name(view), select),
        Integer.MAX_VALUE,
        _ -> {});
    return new Schema(columns);
  }

  /// Whole numbers beyond 64 bits are judged as floating-point numbers, as pandas does.
  private static ColumnType type(String name, String type) {
    if (type.endsWith("HUGEINT")) {
      return ColumnType.DOUBLE;
    }
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
