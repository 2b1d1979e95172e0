package dev.millrace.views.quality;

import dev.millrace.engine.quality.report.Asked;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Expectations as histories and the quarantine name them, in words.
final class Titles {

  private static final Pattern TITLE =
      Pattern.compile("(expect_\\w+|unexpected_rows_\\w+)(?: \\((.*?)\\))?( where .*)?( #\\d+)?");

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
    String asked = Asked.general(matcher.group(1));
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
