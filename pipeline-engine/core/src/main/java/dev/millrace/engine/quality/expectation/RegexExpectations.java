package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a text column's values match regular expressions, anywhere in the text.
final class RegexExpectations implements Family {

  private static final String MATCH = "expect_column_values_to_match_regex";
  private static final String NOT_MATCH = "expect_column_values_to_not_match_regex";
  private static final String MATCH_LIST = "expect_column_values_to_match_regex_list";
  private static final String NOT_MATCH_LIST = "expect_column_values_to_not_match_regex_list";

  @Override
  public Set<String> types() {
    return Set.of(MATCH, NOT_MATCH, MATCH_LIST, NOT_MATCH_LIST);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.requireText(column, "only a text can match");
    String expected =
        switch (type) {
          case MATCH -> matches(column, arguments.text("regex"));
          case NOT_MATCH -> "NOT " + matches(column, arguments.text("regex"));
          case MATCH_LIST -> matches(column, arguments, arguments.anyOrAll("match_on"));
          default -> "NOT (" + matches(column, arguments, " OR ") + ")";
        };
    return RowCheck.ofColumn(subject, column, expected, arguments);
  }

  private static String matches(String column, Arguments arguments, String operator) {
    List<String> patterns = arguments.texts("regex_list");
    if (patterns.isEmpty()) {
      throw new WrongArgument("regex_list is empty");
    }
    return patterns.stream()
        .map(pattern -> matches(column, pattern))
        .collect(Collectors.joining(operator));
  }

  private static String matches(String column, String pattern) {
    return "regexp_like(" + Sql.name(column) + ", " + Sql.text(pattern) + ")";
  }
}
