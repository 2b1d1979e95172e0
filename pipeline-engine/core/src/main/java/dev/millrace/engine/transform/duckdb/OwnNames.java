package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Refuses a file that does not say itself what its columns are called, each by a name of its own:
/// DuckDB would make names up (`column0`, `json`, `ID_1`), and a suite would be held against those.
///
/// @param path the file as SQL
record OwnNames(DuckDbSession session, Path file, String path) {

  private static final Pattern SEPARATOR = Pattern.compile("[,;|\\t]");
  private static final Pattern NUMBERED = Pattern.compile("(?s)(.*)_\\d+");
  private static final int SHOWN = 60;

  private static final String NAMED = "give every column a name of its own; nothing was judged";

  /// What DuckDB guessed of a CSV.
  private record Sniffed(
      long skipped, long columns, String first, boolean header, CsvQuotes quotes) {}

  void requireInCsv() {
    List<Sniffed> sniffed = sniffed();
    for (Sniffed one : sniffed) {
      (looksUneven(one) ? CsvQuotes.UNSURE : one.quotes()).require(file);
    }
    for (Sniffed one : sniffed) {
      requireEvenRows(one);
      List<String> header = firstLine();
      requireNames(header, "its first line (" + shown(String.join(", ", header)) + ")");
      if (!one.header()) {
        throw refused(
            "it has no header: its first line ("
                + shown(String.join(", ", header))
                + ") has values",
            "put a line with the columns' names first; a name that is a number is taken for a value;"
                + " nothing was judged");
      }
      requireDistinct(header, "its header");
    }
  }

  private List<Sniffed> sniffed() {
    try {
      return sniff();
    } catch (MillraceException e) {
      CsvQuotes.UNSURE.require(file);
      throw unevenByFirstLine().orElse(e);
    }
  }

  private List<Sniffed> sniff() {
    List<Sniffed> sniffed = new ArrayList<>();
    session.run(
        "SELECT SkipRows, len(Columns), Columns[1].name, HasHeader, Delimiter, Quote, Escape FROM"
            + " sniff_csv("
            + path
            + ", sample_size = "
            + ReadFile.SAMPLE_ROWS
            + ")",
        Integer.MAX_VALUE,
        results -> {
          while (results.next()) {
            sniffed.add(
                new Sniffed(
                    results.getLong(1),
                    results.getLong(2),
                    results.getString(3),
                    results.getBoolean(4),
                    quotes(results.getString(5), results.getString(6), results.getString(7))));
          }
        });
    return sniffed;
  }

  /// Where DuckDB takes no character for a quote, none closes as it should, or there is none.
  private static CsvQuotes quotes(String delimiter, String quote, String escape) {
    char quoting = quote.length() == 1 && quote.charAt(0) > ' ' ? quote.charAt(0) : '"';
    return new CsvQuotes(
        delimiter,
        quoting,
        escape.length() == 1 && escape.charAt(0) > ' ' ? escape.charAt(0) : quoting);
  }

  /// Where rows have different numbers of columns, DuckDB takes the largest even part of a file for
  /// the whole, or each line for one column: rows would be lost without a word.
  private void requireEvenRows(Sniffed one) {
    if (one.skipped() > 0 || looksUneven(one)) {
      Optional<MillraceException> told =
          one.columns() > 1
              ? one.quotes().uneven(file).map(row -> uneven(row.words()))
              : unevenByFirstLine();
      if (told.isPresent()) {
        throw told.get();
      }
    }
    if (one.skipped() > 0) {
      throw uneven(
          "its first %s not have the %s of line %,d"
              .formatted(
                  one.skipped() == 1 ? "line does" : "%,d lines do".formatted(one.skipped()),
                  Count.of(one.columns(), "column"),
                  one.skipped() + 1));
    }
    if (looksUneven(one)) {
      throw uneven("its rows have different numbers of columns");
    }
  }

  /// Where DuckDB guessed no separator, the first line tells it.
  private Optional<MillraceException> unevenByFirstLine() {
    return CsvQuotes.UNSURE
        .bySeparatorOf(TextHead.of(file).firstLine())
        .uneven(file)
        .map(row -> uneven(row.words()));
  }

  private static boolean looksUneven(Sniffed one) {
    return one.columns() == 1 && SEPARATOR.matcher(one.first()).find();
  }

  private MillraceException uneven(String fault) {
    return refused(
        fault,
        "give every row the columns of the header, in quotes where a value holds the separator, and"
            + " take away what stands before the header; nothing was judged");
  }

  /// The fields of the first line; empty texts for those that are not there.
  private List<String> firstLine() {
    List<String> fields = new ArrayList<>();
    session.run(
        "SELECT * FROM read_csv("
            + path
            + ", header = false, all_varchar = true, sample_size = "
            + ReadFile.SAMPLE_ROWS
            + ") LIMIT 1",
        Integer.MAX_VALUE,
        results -> {
          int width = results.getMetaData().getColumnCount();
          while (results.next()) {
            for (int i = 1; i <= width; i++) {
              fields.add(Objects.requireNonNullElse(results.getString(i), "").strip());
            }
          }
        });
    return fields;
  }

  /// @param described columns as DuckDB names them
  /// @return whether there is any object that tells columns
  boolean requireInJson(List<String> described) {
    if (described.equals(List.of("json")) && !requireObjects()) {
      return false;
    }
    for (String name : described) {
      Matcher numbered = NUMBERED.matcher(name);
      if (numbered.matches()) {
        String plain = numbered.group(1);
        Optional<String> other = described.stream().filter(plain::equalsIgnoreCase).findFirst();
        if (other.isPresent() && !someObjectHas(name)) {
          throw refused(
              "its objects have the fields %s and %s, which is one name"
                  .formatted(shown(other.get()), shown(plain)),
              NAMED);
        }
      }
    }
    return true;
  }

  /// @return false where there is none, and nothing else either
  private boolean requireObjects() {
    Map<String, Long> kinds = new HashMap<>();
    session.run(
        "SELECT json_type(json), count(*) FROM read_json_objects(" + path + ") GROUP BY 1",
        Integer.MAX_VALUE,
        results -> {
          while (results.next()) {
            kinds.merge(kind(results.getString(1)), results.getLong(2), Long::sum);
          }
        });
    long objects = kinds.getOrDefault("objects", 0L);
    kinds.remove("objects");
    if (kinds.isEmpty() && (objects == 0 || someObjectHas("json"))) {
      return objects > 0;
    }
    String fault =
        !kinds.isEmpty()
            ? "it is no list of objects: there are "
                + String.join(" and ", kinds.keySet().stream().sorted().toList())
                + " in it"
            : "its objects have no fields, or one without a name";
    throw refused(
        fault,
        "give a list of objects, or an object a line, each with a field per column; nothing was"
            + " judged");
  }

  private static String kind(@Nullable String type) {
    return switch (type) {
      case "OBJECT" -> "objects";
      case "ARRAY" -> "lists";
      case "VARCHAR" -> "texts";
      case "BOOLEAN" -> "truth values";
      case "NULL" -> "nulls";
      case null, default -> "numbers";
    };
  }

  private boolean someObjectHas(String field) {
    String at = "$.\"" + field.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    long[] found = {0};
    session.run(
        "SELECT count(*) FROM read_json_objects(%s) WHERE json_exists(json, %s)"
            .formatted(path, DuckDbTypes.text(at)),
        Integer.MAX_VALUE,
        results -> {
          while (results.next()) {
            found[0] = results.getLong(1);
          }
        });
    return found[0] > 0;
  }

  void requireInParquet() {
    List<String> names = new ArrayList<>();
    session.run(
        "SELECT name, num_children FROM parquet_schema(" + path + ")",
        Integer.MAX_VALUE,
        results -> {
          boolean root = true;
          long within = 0; // Fields of a field of the table, and theirs, are no columns.
          while (results.next()) {
            long children = results.getLong(2);
            if (root) {
              root = false;
            } else if (within > 0) {
              within += children - 1;
            } else {
              names.add(Objects.requireNonNullElse(results.getString(1), ""));
              within = children;
            }
          }
        });
    requireNames(names, "its schema");
    requireDistinct(names, "its schema");
  }

  private void requireNames(List<String> names, String where) {
    int nameless = names.stream().map(String::isBlank).toList().indexOf(true);
    if (nameless >= 0) {
      throw refused("column %,d has no name in %s".formatted(nameless + 1, where), NAMED);
    }
  }

  private void requireDistinct(List<String> names, String where) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = places.putIfAbsent(names.get(i).toLowerCase(Locale.ROOT), i);
      if (before != null) {
        String one = names.get(before);
        throw refused(
            one.equals(names.get(i))
                ? "columns %,d and %,d of %s are both called %s"
                    .formatted(before + 1, i + 1, where, shown(one))
                : "columns %,d and %,d of %s are called %s and %s, which is one name"
                    .formatted(before + 1, i + 1, where, shown(one), shown(names.get(i))),
            NAMED);
      }
    }
  }

  private MillraceException refused(String fault, String remedy) {
    return new MillraceException(ErrorCode.FILE, file + " cannot be read: " + fault, remedy);
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
