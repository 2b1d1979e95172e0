package dev.millrace.views.quality;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Expectations as histories and the quarantine name them, in words.
final class Titles {

  private static final Pattern TITLE =
      Pattern.compile("(expect_\\w+|unexpected_rows_\\w+)(?: \\((.*?)\\))?( where .*)?( #\\d+)?");

  private Titles() {}

  /// `expect_column_values_to_not_be_null (unit)` becomes `unit: not be null`.
  static String words(String title) {
    if (title.isEmpty()) {
      return "All reasons";
    }
    Matcher matcher = TITLE.matcher(title);
    if (!matcher.matches()) {
      return title;
    }
    String asked =
        matcher
            .group(1)
            .replaceFirst(
                "^expect_(column_values_to_|column_pair_values_|compound_columns_to_|column_|table_|)",
                "")
            .replace('_', ' ');
    String column = matcher.group(2);
    String words =
        column == null
            ? asked.substring(0, 1).toUpperCase(Locale.ROOT) + asked.substring(1)
            : column.replaceAll("[\\[\\]]", "") + ": " + asked;
    String where = matcher.group(3);
    String nth = matcher.group(4);
    return words + (where == null ? "" : where) + (nth == null ? "" : nth);
  }
}
