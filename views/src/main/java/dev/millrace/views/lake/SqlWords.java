package dev.millrace.views.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL as an editor sees it: which stretches are what. Any thread may call.
final class SqlWords {

  static final List<String> KEYWORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "OFFSET",
          "JOIN",
          "LEFT JOIN",
          "INNER JOIN",
          "CROSS JOIN",
          "ON",
          "USING",
          "AS",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS",
          "NULL",
          "LIKE",
          "BETWEEN",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "UNION ALL",
          "WITH",
          "DISTINCT",
          "OVER",
          "PARTITION BY",
          "ROWS",
          "DESC",
          "ASC",
          "FILTER",
          "EXISTS",
          "INTERVAL",
          "CAST",
          "TRUE",
          "FALSE",
          "VERSION AS OF",
          "TIMESTAMP AS OF",
          "QUALIFY",
          "NULLS LAST",
          "NULLS FIRST",
          "EXCEPT",
          "INTERSECT",
          "VALUES");

  static final List<String> FUNCTIONS =
      List.of(
          "abs",
          "avg",
          "ceil",
          "coalesce",
          "concat",
          "corr",
          "count",
          "date_trunc",
          "day",
          "dense_rank",
          "first_value",
          "floor",
          "greatest",
          "hour",
          "lag",
          "last_value",
          "lead",
          "least",
          "length",
          "ln",
          "lower",
          "max",
          "min",
          "minute",
          "month",
          "nullif",
          "percent_rank",
          "power",
          "rank",
          "regexp_like",
          "replace",
          "round",
          "row_number",
          "sqrt",
          "stddev_pop",
          "stddev_samp",
          "substring",
          "sum",
          "timestamp_micros",
          "trim",
          "unix_micros",
          "upper",
          "var_pop",
          "year");

  private static final Set<String> WORDS =
      Set.copyOf(
          KEYWORDS.stream()
              .flatMap(words -> List.of(words.toLowerCase(Locale.ROOT).split(" ")).stream())
              .collect(java.util.stream.Collectors.toSet()));
  private static final Set<String> CALLS = Set.copyOf(FUNCTIONS);

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>--[^\\n]*|/\\*.*?(?:\\*/|\\z))"
              + "|(?<text>'(?:[^']++|'')*+(?:'|\\z))"
              + "|(?<name>\"(?:[^\"]++|\"\")*+(?:\"|\\z))"
              + "|(?<number>\\b\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?\\b)"
              + "|(?<word>[A-Za-z_]\\w*)",
          Pattern.DOTALL);

  private SqlWords() {}

  /// A stretch of the text.
  ///
  /// @param style style class; empty for plain words
  record Stretch(int length, String style) {}

  /// The whole text as stretches, one after another.
  ///
  /// @param tables names that are tables
  static List<Stretch> stretches(String text, Set<String> tables) {
    List<Stretch> stretches = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (matcher.find()) {
      if (matcher.start() > at) {
        stretches.add(new Stretch(matcher.start() - at, ""));
      }
      stretches.add(new Stretch(matcher.end() - matcher.start(), style(matcher, text, tables)));
      at = matcher.end();
    }
    if (at < text.length() || stretches.isEmpty()) {
      stretches.add(new Stretch(text.length() - at, ""));
    }
    return stretches;
  }

  private static String style(Matcher matcher, String text, Set<String> tables) {
    if (matcher.group("comment") != null) {
      return "sql-comment";
    }
    if (matcher.group("text") != null) {
      return "sql-text";
    }
    if (matcher.group("name") != null) {
      return "sql-name";
    }
    if (matcher.group("number") != null) {
      return "sql-number";
    }
    String word = matcher.group("word").toLowerCase(Locale.ROOT);
    if (tables.contains(word)) {
      return "sql-table";
    }
    boolean call = matcher.end() < text.length() && text.charAt(matcher.end()) == '(';
    if (call && (CALLS.contains(word) || !WORDS.contains(word))) {
      return "sql-function";
    }
    return WORDS.contains(word) ? "sql-keyword" : "";
  }
}
