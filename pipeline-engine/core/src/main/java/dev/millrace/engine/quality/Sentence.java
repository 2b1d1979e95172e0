package dev.millrace.engine.quality;

import dev.millrace.engine.model.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An expectation in words with all that it asks: its column, bounds, values, share and condition.
final class Sentence {

  private static final Pattern COLUMN = Pattern.compile("col\\([\"']([^\"']+)[\"']\\)");

  /// Arguments that a title has, and those that ask nothing of the data.
  private static final Set<String> TITLED =
      Set.of(
          "column",
          "column_A",
          "column_B",
          "column_list",
          "result_format",
          "condition_parser",
          "catch_exceptions",
          "include_config",
          "batch_id");

  /// Arguments that have words of their own.
  private static final Set<String> WORDED =
      Set.of("min_value", "max_value", "strict_min", "strict_max", "mostly", "row_condition");

  /// Arguments whose value alone says what is asked.
  private static final Set<String> PLAIN =
      Set.of("value", "value_set", "sum_total", "strftime_format", "regex_list", "threshold");

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

  /// What it asks beside its type and columns, for example `between -40 and 85, where kind =
  /// "humidity"`; empty where these say it all.
  static Optional<String> asked(ExpectationConfig config) {
    boolean more =
        config.kwargs().entrySet().stream()
            .anyMatch(told -> told.getValue() != null && !TITLED.contains(told.getKey()));
    Sentence sentence = new Sentence(config);
    return more
        ? Optional.of(sentence.asked() + sentence.share() + sentence.where())
        : Optional.empty();
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

  /// What an expectation of a type without words of its own is told.
  private String further() {
    StringBuilder words = new StringBuilder();
    for (String name : new TreeMap<>(config.kwargs()).keySet()) {
      if (config.kwargs().get(name) != null
          && !name.endsWith("_query")
          && !TITLED.contains(name)
          && !WORDED.contains(name)) {
        words
            .append(words.isEmpty() ? " " : ", ")
            .append(PLAIN.contains(name) ? "" : name.replace('_', ' ') + " ")
            .append(told(name));
      }
    }
    return words.toString();
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
    return switch (config.kwargs().get("row_condition")) {
      case String condition ->
          ", where " + COLUMN.matcher(condition).replaceAll("$1").replaceAll("\\s*==\\s*", " = ");
      case Map<?, ?> condition -> ", where " + condition(condition);
      case null, default -> "";
    };
  }

  /// A condition that is told as an object.
  private static String condition(Map<?, ?> told) {
    if (told.get("conditions") instanceof List<?> parts) {
      return parts.stream()
          .map(part -> part instanceof Map<?, ?> map ? condition(map) : String.valueOf(part))
          .collect(Collectors.joining(" " + told.get("type") + " ", "(", ")"));
    }
    if (told.get("pass_through_filter") instanceof String text) {
      return text;
    }
    Object column =
        told.get("column") instanceof Map<?, ?> map ? map.get("name") : told.get("column");
    if (told.get("operator") == null) {
      return column + (Boolean.TRUE.equals(told.get("is_null")) ? " is missing" : " is there");
    }
    String operator = String.valueOf(told.get("operator"));
    return "%s %s %s"
        .formatted(
            column, operator.equals("==") ? "=" : operator, Shown.value(told.get("parameter")));
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

  static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
