package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what DuckDB says into failures a person can act on.
final class DuckDbErrors {

  private static final Pattern PLACE = Pattern.compile("\\bLINE (\\d+): ?(.*)");

  /// The line below the first, where it offers names in place of one that is not there.
  private static final Pattern HINT =
      Pattern.compile("(?m)^(?:Did you mean (.*)\\?|Candidate bindings: (.*))$");

  /// What the engine itself has, and no author means.
  private static final Pattern INTERNAL =
      Pattern.compile("\\b(?:sqlite_|pg_|duckdb_|pragma_|information_schema)");

  private DuckDbErrors() {}

  /// @param linesBefore lines of ours before the first line of the author's SQL
  static MillraceException of(SQLException cause, int linesBefore) {
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("INTERRUPT")) {
      return new MillraceException(
          ErrorCode.CANCELLED, "The SQL was cancelled", "nothing was changed; run it again", cause);
    }
    StringBuilder what = new StringBuilder(firstLine(cause));
    Matcher place = PLACE.matcher(message);
    if (place.find()) {
      int line = Integer.parseInt(place.group(1)) - linesBefore;
      if (line > 0) {
        what.append(", line ").append(line).append(": ").append(place.group(2).strip());
      }
    }
    return new MillraceException(ErrorCode.SQL, what.toString(), remedy(message), cause);
  }

  /// Without the mark it ends with, since more of ours follows.
  static String firstLine(SQLException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    return line.replaceFirst("[.!:]+$", "");
  }

  private static String remedy(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.startsWith("out of memory")) {
      return "give the engine more memory, or free space in the scratch folder";
    }
    if (lower.startsWith("io error")) {
      return "see that the files stand and that the disk has room";
    }
    Matcher hint = HINT.matcher(message);
    if (!hint.find() || INTERNAL.matcher(hint.group()).find()) {
      return "mend the SQL; nothing was changed";
    }
    return hint.group(1) == null
        ? "choose among " + hint.group(2) + "; nothing was changed"
        : "did you mean " + hint.group(1) + "? nothing was changed";
  }
}
