package dev.millrace.engine.transform;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells SQL of a person that is one query, and so changes nothing, from all other.
public final class OneQuery {

  private static final Set<String> QUERIES =
      Set.of("select", "with", "from", "values", "table", "pivot", "unpivot");

  private static final Pattern ASIDE =
      Pattern.compile(
          "(?<text>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern FIRST_WORD =
      Pattern.compile("[\\s(]*([A-Za-z_]+)?.*", Pattern.DOTALL);

  private OneQuery() {}

  /// The one query that a text is, without what ends it.
  ///
  /// @throws MillraceException `USAGE` when it is none, or several
  public static String in(String sql) {
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

  private static MillraceException refused(String what, String remedy) {
    return new MillraceException(ErrorCode.USAGE, what, remedy);
  }
}
