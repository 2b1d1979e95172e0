package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a text column's values are like SQL patterns, `%` standing for any text and `_` for one
/// character.
final class LikeExpectations implements Family {

  private static final String MATCH = "expect_column_values_to_match_like_pattern";
  private static final String NOT_MATCH = "expect_column_values_to_not_match_like_pattern";
  private static final String MATCH_LIST = "expect_column_values_to_match_like_pattern_list";
  private static final String NOT_MATCH_LIST =
      "expect_column_values_to_not_match_like_pattern_list";

  @Override
  public Set<String> types() {
    return Set.of(MATCH, NOT_MATCH, MATCH_LIST, NOT_MATCH_LIST);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.requireText(column, "only a text can be like a pattern");
    String expected =
        switch (type) {
          case MATCH -> like(column, arguments.text("like_pattern"));
          case NOT_MATCH -> "NOT " + like(column, arguments.text("like_pattern"));
          case MATCH_LIST -> any(column, arguments, arguments.anyOrAll("match_on"));
          default -> "NOT (" + any(column, arguments, " OR ") + ")";
        };
    return RowCheck.ofColumn(subject, column, expected, arguments);
  }

  private static String any(String column, Arguments arguments, String operator) {
    List<String> patterns = arguments.texts("like_pattern_list");
    if (patterns.isEmpty()) {
      throw new WrongArgument(
          "At least one like_pattern must be supplied in the like_pattern_list");
    }
    return patterns.stream()
        .map(pattern -> like(column, pattern))
        .collect(Collectors.joining(operator, "(", ")"));
  }

  private static String like(String column, String pattern) {
    return "(" + Sql.name(column) + " LIKE " + Sql.text(pattern) + ")";
  }
}
