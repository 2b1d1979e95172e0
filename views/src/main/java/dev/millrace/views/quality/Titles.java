package dev.millrace.views.quality;

import dev.millrace.engine.quality.Asked;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Expectations as histories and the quarantine name them, in words.
final class Titles {

  private static final Pattern TITLE =
      Pattern.compile(
          "(expect_\\w+|unexpected_rows_\\w+)(?: \\(([^)]*)\\))?(?:: (?<asked>.*?)|( where .*?))?( #\\d+)?",
          Pattern.DOTALL);

  private static final Pattern COLUMN = Pattern.compile("col\\([\"']([^\"']+)[\"']\\)");

  private Titles() {}

  /// `expect_column_values_to_not_be_null (unit)` becomes `unit: values are not null`.
  static String words(String title) {
    if (title.isEmpty()) {
      return "All reasons";
    }
    Matcher matcher = TITLE.matcher(title);
    if (!matcher.matches()) {
      return title;
    }
    String asked =
        Objects.requireNonNullElseGet(
            matcher.group("asked"), () -> Asked.general(matcher.group(1)));
    String column = matcher.group(2);
    String where = matcher.group(4);
    String of =
        (column == null ? "" : column.replaceAll("[\\[\\]]", ""))
            + (where == null ? "" : " (" + condition(where) + ")");
    String words =
        of.isEmpty()
            ? asked.substring(0, 1).toUpperCase(Locale.ROOT) + asked.substring(1)
            : of.strip() + ": " + asked;
    String nth = matcher.group(5);
    return nth == null ? words : words + nth;
  }

  /// What tells two expectations of one column apart comes first, as far as there is room.
  private static String condition(String where) {
    return COLUMN
        .matcher(where.substring(" where ".length()))
        .replaceAll("$1")
        .replaceAll("\\s*==\\s*", " = ");
  }
}
