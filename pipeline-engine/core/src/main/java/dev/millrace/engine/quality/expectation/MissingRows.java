package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.stream.Collectors;

/// `ignore_row_if`: which rows do not count for an expectation on several columns.
final class MissingRows {

  private MissingRows() {}

  static List<String> columns(Arguments arguments, Subject subject) {
    List<String> columns = arguments.texts("column_list");
    if (columns.size() < 2) {
      throw new WrongArgument("column_list must name two columns or more");
    }
    columns.forEach(subject::column);
    return columns;
  }

  static String ofSeveral(Arguments arguments, List<String> columns) {
    String rule = arguments.optionalText("ignore_row_if").orElse("all_values_are_missing");
    return switch (rule) {
      case "all_values_are_missing" -> nulls(columns, " AND ");
      case "any_value_is_missing" -> nulls(columns, " OR ");
      case "never" -> "FALSE";
      default ->
          throw new WrongArgument(
              "ignore_row_if is '"
                  + rule
                  + "'; write all_values_are_missing, any_value_is_missing or never");
    };
  }

  static String ofPair(Arguments arguments, List<String> columns) {
    String rule = arguments.optionalText("ignore_row_if").orElse("both_values_are_missing");
    return switch (rule) {
      case "both_values_are_missing" -> nulls(columns, " AND ");
      case "either_value_is_missing" -> nulls(columns, " OR ");
      case "neither" -> "FALSE";
      default ->
          throw new WrongArgument(
              "ignore_row_if is '"
                  + rule
                  + "'; write both_values_are_missing, either_value_is_missing or neither");
    };
  }

  private static String nulls(List<String> columns, String operator) {
    return columns.stream()
        .map(column -> Sql.name(column) + " IS NULL")
        .collect(Collectors.joining(operator));
  }
}
