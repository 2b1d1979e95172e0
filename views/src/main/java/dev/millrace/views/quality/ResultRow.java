package dev.millrace.views.quality;

import dev.millrace.engine.quality.Asked;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.quality.ExpectationResult;
import dev.millrace.engine.quality.Shown;
import dev.millrace.engine.quality.report.Found;
import dev.millrace.views.theme.Tone;
import java.util.Comparator;
import java.util.Map;

/// One expectation's result as the list shows it.
///
/// @param words what is asked, for people
/// @param column the column or columns it is about; empty for the table's
/// @param mostly share of rows that must meet it, 0 to 100
/// @param observed what was found, in a few words
/// @param unexpected rows amiss; -1 when it does not count rows
/// @param share of rows amiss, 0 to 100; -1 when it does not count rows
record ResultRow(
    ExpectationResult result,
    String words,
    String column,
    double mostly,
    String observed,
    long unexpected,
    double share) {

  /// What failed first, by the gravity of its consequence.
  static final Comparator<ResultRow> GRAVEST_FIRST =
      Comparator.comparing((ResultRow r) -> r.result().success())
          .thenComparing(r -> r.result().config().consequence(), Comparator.reverseOrder());

  static ResultRow of(ExpectationResult result) {
    Map<String, ?> found = result.result();
    Map<String, ?> asked = result.config().kwargs();
    boolean counts = found.get("element_count") instanceof Number;
    String observed =
        result.error().isPresent()
            ? "could not be judged"
            : found.get("observed_value") != null
                ? Shown.value(found.get("observed_value"))
                : counts ? Found.looked(result) : "as asked";
    return new ResultRow(
        result,
        Asked.sentence(result.config()),
        column(asked),
        asked.get("mostly") instanceof Number mostly ? 100 * mostly.doubleValue() : 100,
        observed,
        counts ? number(found, "unexpected_count") : -1,
        counts && found.get("unexpected_percent") instanceof Number percent
            ? percent.doubleValue()
            : counts ? 0 : -1);
  }

  private static long number(Map<String, ?> found, String key) {
    return found.get(key) instanceof Number number ? number.longValue() : 0;
  }

  private static String column(Map<String, ?> asked) {
    if (asked.get("column") != null) {
      return String.valueOf(asked.get("column"));
    }
    if (asked.get("column_A") != null) {
      return asked.get("column_A") + ", " + asked.get("column_B");
    }
    return asked.get("column_list") == null ? "" : Shown.value(asked.get("column_list"));
  }

  Tone tone() {
    return result.success() ? Tone.GOOD : tone(result.config().consequence());
  }

  static Tone tone(Consequence consequence) {
    return switch (consequence) {
      case RECORD -> Tone.MUTED;
      case WARN -> Tone.WARNING;
      case STOP_LOAD, STOP_FLOW -> Tone.BAD;
    };
  }

  /// What follows when it is not met, in words.
  static String words(Consequence consequence) {
    return switch (consequence) {
      case RECORD -> "For the record";
      case WARN -> "Warns";
      case STOP_LOAD -> "Holds the load";
      case STOP_FLOW -> "Stops the flow";
    };
  }

  /// As a line for spreadsheets.
  String line() {
    return String.join(
        "\t",
        result.success() ? "met" : "not met",
        result.config().title(),
        words,
        Found.of(result));
  }
}
