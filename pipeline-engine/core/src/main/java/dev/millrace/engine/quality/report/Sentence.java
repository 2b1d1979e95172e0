package dev.millrace.engine.quality.report;

import dev.millrace.engine.model.Count;
import dev.millrace.engine.quality.ExpectationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// An expectation in words with all that it asks: its column, bounds, values, share and condition.
final class Sentence {

  private static final Pattern COLUMN = Pattern.compile("col\\([\"']([^\"']+)[\"']\\)");

  private final ExpectationConfig config;

  private Sentence(ExpectationConfig config) {
    this.config = config;
  }

  /// For example `value: between -40 and 85, in at least 99 % of the rows where kind = "humidity"`.
  static String of(ExpectationConfig config) {
    Sentence sentence = new Sentence(config);
    String asked = sentence.asked() + sentence.share() + sentence.where();
    return sentence
        .columns()
        .map(columns -> columns + ": " + asked)
        .orElseGet(() -> capital(asked));
  }

  private String asked() {
    return switch (config.type()) {
      case "expect_column_values_to_be_between" -> bounds("any value");
      case "expect_column_values_to_not_be_null" -> "never missing";
      case "expect_column_values_to_be_null" -> "always missing";
      case "expect_column_values_to_be_unique" -> "no value twice";
      case "expect_compound_columns_to_be_unique", "expect_multicolumn_values_to_be_unique" ->
          "no combination twice";
      case "expect_column_values_to_be_in_set" -> "one of " + told("value_set");
      case "expect_column_values_to_not_be_in_set" -> "none of " + told("value_set");
      case "expect_column_values_to_be_of_type" -> "of type " + told("type_");
      case "expect_column_values_to_be_in_type_list" -> "of a type of " + told("type_list");
      case "expect_column_values_to_match_regex" -> "of the form " + told("regex");
      case "expect_column_values_to_not_match_regex" -> "not of the form " + told("regex");
      case "expect_column_values_to_match_like_pattern" -> "like " + told("like_pattern");
      case "expect_column_value_lengths_to_be_between" -> bounds("any length") + " characters long";
      case "expect_column_value_lengths_to_equal" -> told("value") + " characters long";
      case "expect_column_distinct_values_to_be_in_set" ->
          "no other values than " + told("value_set");
      case "expect_column_distinct_values_to_equal_set" ->
          "exactly the values " + told("value_set");
      case "expect_column_distinct_values_to_contain_set" -> "all of " + told("value_set");
      case "expect_column_to_exist" -> "is a column";
      case "expect_table_row_count_to_be_between" -> "row count " + bounds("of any number");
      case "expect_table_row_count_to_equal" -> "exactly " + counted("row");
      case "expect_table_row_count_to_equal_other_table" ->
          "as many rows as " + told("other_table_name");
      case "expect_table_column_count_to_equal" -> "exactly " + counted("column");
      case "expect_table_columns_to_match_set" -> "the columns " + told("column_set");
      case String type
          when config.kwargs().containsKey("min_value")
              || config.kwargs().containsKey("max_value") ->
          general(type.replaceFirst("_to_be_between$", "")) + " " + bounds("any");
      case String type -> general(type) + further();
    };
  }

  /// What a type's name says.
  static String general(String type) {
    return switch (type) {
      case "unexpected_rows_expectation" -> "a query finds no row";
      case "expect_query_results_to_match_comparison" -> "two queries give the same rows";
      case String other -> spoken(other);
    };
  }

  private static String spoken(String type) {
    return type.replaceFirst("^expect_(column_(?=values)|column_pair_|column_|table_|)", "")
        .replaceFirst("(values|columns|lengths)_to_not_be_", "$1_are_not_")
        .replaceFirst("(values|columns|lengths)_to_be_", "$1_are_")
        .replaceFirst("(values|columns|lengths)_to_not_match_", "$1_do_not_match_")
        .replaceFirst("(values|columns|lengths)_to_match_", "$1_match_")
        .replaceFirst("_to_be_", "_is_")
        .replaceFirst("_to_equal", "_equals")
        .replaceFirst("to_exist$", "exists")
        .replace('_', ' ');
  }

  /// The value or values that an expectation of a type without words of its own names.
  private String further() {
    for (String name : List.of("value", "value_set", "sum_total", "strftime_format")) {
      if (config.kwargs().get(name) != null) {
        return " " + told(name);
      }
    }
    return "";
  }

  private String bounds(String open) {
    Object min = config.kwargs().get("min_value");
    Object max = config.kwargs().get("max_value");
    boolean above = Boolean.TRUE.equals(config.kwargs().get("strict_min"));
    boolean under = Boolean.TRUE.equals(config.kwargs().get("strict_max"));
    if (min != null && max != null && !above && !under) {
      return "between " + Shown.value(min) + " and " + Shown.value(max);
    }
    List<String> parts = new ArrayList<>();
    if (min != null) {
      parts.add((above ? "above " : "at least ") + Shown.value(min));
    }
    if (max != null) {
      parts.add((under ? "under " : "at most ") + Shown.value(max));
    }
    return parts.isEmpty() ? open : String.join(" and ", parts);
  }

  private String share() {
    return config.kwargs().get("mostly") instanceof Number mostly && mostly.doubleValue() < 1
        ? ", in at least " + Shown.percent(100 * mostly.doubleValue()) + " of the rows"
        : "";
  }

  private String where() {
    return config.kwargs().get("row_condition") instanceof String condition
        ? ", where " + COLUMN.matcher(condition).replaceAll("$1").replaceAll("\\s*==\\s*", " = ")
        : "";
  }

  private String told(String name) {
    return Shown.value(config.kwargs().get(name));
  }

  private String counted(String noun) {
    return config.kwargs().get("value") instanceof Number number
        ? Count.of(number.longValue(), noun)
        : told("value") + " " + Count.plural(noun);
  }

  private Optional<String> columns() {
    Object column = config.kwargs().get("column");
    if (column == null && config.kwargs().get("column_A") != null) {
      column = config.kwargs().get("column_A") + ", " + config.kwargs().get("column_B");
    }
    if (column == null && config.kwargs().get("column_list") instanceof List<?> list) {
      column = String.join(", ", list.stream().map(Objects::toString).toList());
    }
    return Optional.ofNullable(column).map(Object::toString);
  }

  private static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
