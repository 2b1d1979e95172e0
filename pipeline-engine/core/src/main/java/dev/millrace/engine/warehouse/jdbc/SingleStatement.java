package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.Locale;
import java.util.Set;

/// The one query of a text: what drivers would send as several statements is refused, because the
/// second could end the transaction that keeps the first from changing anything, and so is a
/// statement that is no query, which the database would call a fault of syntax.
///
/// Reads as PostgreSQL does: texts in `'…'`, `E'…'` and `$tag$…$tag$`, names in `"…"`, comments
/// after `--` and in nested `/* … */`.
final class SingleStatement {

  private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

  private final String sql;
  private int at;

  private SingleStatement(String sql) {
    this.sql = sql;
  }

  /// The statement without the semicolons at its end.
  ///
  /// @throws MillraceException `USAGE` when there is none or more than one, or it is no query
  static String of(String sql) {
    SingleStatement scan = new SingleStatement(sql);
    int end = scan.end();
    String statement = sql.substring(0, end).stripTrailing();
    if (new SingleStatement(statement).isBlank()) {
      throw new MillraceException(
          ErrorCode.USAGE, "There is no SQL", "write a SELECT, for example SELECT 1");
    }
    if (!new SingleStatement(sql.substring(end).replace(';', ' ')).isBlank()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "There is more than one statement; nothing was run",
          "run one SELECT at a time");
    }
    String first = new SingleStatement(statement).firstWord();
    if (!QUERIES.contains(first.toLowerCase(Locale.ROOT))) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "The warehouse is only read here, and "
              + (first.isEmpty() ? "this" : first.toUpperCase(Locale.ROOT))
              + " is no query",
          "write one SELECT; what changes the warehouse is a load, and 'millrace warehouse --help'");
    }
    return statement;
  }

  /// The word it begins with, after comments and brackets; empty when it begins with none.
  private String firstWord() {
    while (at < sql.length()
        && (Character.isWhitespace(sql.charAt(at))
            || sql.charAt(at) == '('
            || sql.startsWith("--", at)
            || sql.startsWith("/*", at))) {
      step();
    }
    int begin = at;
    while (at < sql.length() && (Character.isLetter(sql.charAt(at)) || sql.charAt(at) == '_')) {
      at++;
    }
    return sql.substring(begin, at);
  }

  /// Place of the first semicolon that ends a statement, or the text's end.
  private int end() {
    while (at < sql.length()) {
      if (sql.charAt(at) == ';') {
        return at;
      }
      step();
    }
    return at;
  }

  private boolean isBlank() {
    while (at < sql.length()) {
      int before = at;
      char c = sql.charAt(at);
      step();
      boolean comment = (c == '-' || c == '/') && at > before + 1;
      if (!comment && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return true;
  }

  /// Goes over one character, or over a whole text, name or comment.
  private void step() {
    char c = sql.charAt(at);
    if (c == '\'') {
      boolean escapes = at > 0 && "eE".indexOf(sql.charAt(at - 1)) >= 0 && !isWord(at - 2);
      text(c, escapes);
    } else if (c == '"') {
      text(c, false);
    } else if (sql.startsWith("--", at)) {
      int line = sql.indexOf('\n', at);
      at = line < 0 ? sql.length() : line + 1;
    } else if (sql.startsWith("/*", at)) {
      comment();
    } else if (c == '$' && !isWord(at - 1)) {
      dollar();
    } else {
      at++;
    }
  }

  private boolean isWord(int place) {
    return place >= 0
        && (Character.isLetterOrDigit(sql.charAt(place))
            || sql.charAt(place) == '_'
            || sql.charAt(place) == '$');
  }

  private void text(char quote, boolean escapes) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      at += escapes && c == '\\' ? 2 : 1;
      if (c == quote) {
        return;
      }
    }
    at = sql.length();
  }

  private void comment() {
    int depth = 0;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return;
        }
      } else {
        at++;
      }
    }
  }

  private void dollar() {
    int end = at + 1;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    boolean opens =
        end < sql.length()
            && sql.charAt(end) == '$'
            && (end == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
    if (!opens) {
      at++;
      return;
    }
    String tag = sql.substring(at, end + 1);
    int close = sql.indexOf(tag, end + 1);
    at = close < 0 ? sql.length() : close + tag.length();
  }
}
