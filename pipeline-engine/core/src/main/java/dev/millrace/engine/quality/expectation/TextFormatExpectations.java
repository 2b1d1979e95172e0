package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a text column's values are dates, JSON, or JSON of a certain form.
final class TextFormatExpectations implements Family {

  private static final String STRFTIME = "expect_column_values_to_match_strftime_format";
  private static final String DATE = "expect_column_values_to_be_dateutil_parseable";
  private static final String JSON = "expect_column_values_to_be_json_parseable";
  private static final String SCHEMA = "expect_column_values_to_match_json_schema";

  /// Dates as people write them; a time may follow each.
  private static final List<String> DAYS =
      List.of(
          "%Y-%m-%d",
          "%Y/%m/%d",
          "%Y.%m.%d",
          "%Y%m%d",
          "%m/%d/%Y",
          "%d/%m/%Y",
          "%m-%d-%Y",
          "%d-%m-%Y",
          "%d.%m.%Y",
          "%m/%d/%y",
          "%d %b %Y",
          "%d %B %Y",
          "%b %d %Y",
          "%B %d %Y",
          "%b %d, %Y",
          "%B %d, %Y",
          "%a %b %d %Y",
          "%a, %d %b %Y");

  private static final List<String> TIMES =
      List.of(
          "",
          " %H:%M",
          " %H:%M:%S",
          " %H:%M:%S.%f",
          "T%H:%M:%S",
          "T%H:%M:%S.%f",
          " %I:%M %p",
          " %I:%M:%S %p");

  private static final List<String> TIMES_ALONE =
      List.of("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%a %b %d %H:%M:%S %Y");

  @Override
  public Set<String> types() {
    return Set.of(STRFTIME, DATE, JSON, SCHEMA);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.requireText(column, "Values passed to " + type + " must be of type string");
    String name = Sql.name(column);
    return switch (type) {
      case STRFTIME ->
          RowCheck.ofColumn(
              subject,
              column,
              "try_strptime(%s, %s) IS NOT NULL"
                  .formatted(name, Sql.text(format(arguments.text("strftime_format")))),
              arguments);
      case DATE ->
          RowCheck.ofColumn(
              subject,
              column,
              "(TRY_CAST(%1$s AS timestamptz) IS NOT NULL OR try_strptime(trim(%1$s), [%2$s]) IS NOT NULL)"
                  .formatted(name, formats()),
              arguments);
      case JSON -> RowCheck.ofColumn(subject, column, "json_valid(" + name + ")", arguments);
      default ->
          new JsonSchemaCheck(
              RowCheck.ofColumn(subject, column, "TRUE", arguments),
              JsonSchema.of(arguments.value("json_schema")));
    };
  }

  private static String format(String told) {
    if (!told.contains("%")) {
      throw new WrongArgument(
          "Unable to use provided strftime_format. '" + told + "' names no part of a date");
    }
    return told;
  }

  private static String formats() {
    return java.util.stream.Stream.concat(
            DAYS.stream().flatMap(day -> TIMES.stream().map(time -> day + time)),
            TIMES_ALONE.stream())
        .map(Sql::text)
        .collect(Collectors.joining(", "));
  }
}
