package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL that a person writes, asked of the tables: it changes nothing, and reads no other file.
///
/// Only what can stand as a view is run, in an engine that reaches nothing but the lakes' files. A
/// text that is no such query is refused with `USAGE`. Any thread may call.
public final class AskTables {

  private static final Set<String> QUERIES =
      Set.of("select", "with", "from", "values", "table", "pivot", "unpivot");

  private static final Pattern ASIDE =
      Pattern.compile(
          "(?<text>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern FIRST_WORD =
      Pattern.compile("[\\s(]*([A-Za-z_]+)?.*", Pattern.DOTALL);

  private final TableQuery tables;
  private final Supplier<SqlEngine> confined;

  /// @param confined opens an engine that reaches the lakes' files only; closed after each question
  public AskTables(TableQuery tables, Supplier<SqlEngine> confined) {
    this.tables = tables;
    this.confined = confined;
  }

  /// The rows of one query, values as {@link SqlSession#rows} has them.
  public List<Map<String, Object>> rows(String sql) {
    String query = query(sql);
    try (SqlEngine engine = confined.get();
        SqlSession session = engine.session()) {
      String text = tables.prepare(query, session);
      session.query("answer", text);
      return session.rows(text);
    } catch (MillraceException e) {
      throw e.what().contains("disabled by configuration") ? outside(e) : e;
    }
  }

  /// The one query that a text is, without what ends it.
  static String query(String sql) {
    String bare = bare(sql);
    int end = bare.length();
    while (end > 0
        && (bare.charAt(end - 1) == ';' || Character.isWhitespace(bare.charAt(end - 1)))) {
      end--;
    }
    if (end == 0) {
      throw refused(
          "There is no SQL", "write one SELECT, for example \"select * from gold_sensors\"");
    }
    Matcher word = FIRST_WORD.matcher(bare);
    String first = word.matches() && word.group(1) != null ? word.group(1) : "";
    if (!QUERIES.contains(first.toLowerCase(Locale.ROOT))) {
      throw refused(
          "Tables are only read here, and "
              + (first.isEmpty()
                  ? "this is no query"
                  : first.toUpperCase(Locale.ROOT) + " is no query"),
          "write one SELECT; what changes tables is 'millrace run', and 'millrace table --help'");
    }
    if (bare.substring(0, end).contains(";")) {
      throw refused("The text holds several statements", "write one SELECT");
    }
    return sql.substring(0, end);
  }

  /// The text with nothing in it that is a comment, a literal or a quoted name; as long as it was.
  private static String bare(String sql) {
    return ASIDE
        .matcher(sql)
        .replaceAll(
            found -> (found.group("text") == null ? " " : "x").repeat(found.group().length()));
  }

  private static MillraceException outside(MillraceException cause) {
    return new MillraceException(
        ErrorCode.USAGE,
        "The SQL reads something that is none of the lake's tables: " + cause.what(),
        "'millrace table ls' lists the tables; bring other data in through a feed",
        cause);
  }

  private static MillraceException refused(String what, String remedy) {
    return new MillraceException(ErrorCode.USAGE, what, remedy);
  }
}
