package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether a column's values are among those named.
final class SetExpectations implements Family {

  private static final String IN = "expect_column_values_to_be_in_set";

  @Override
  public Set<String> types() {
    return Set.of(IN, "expect_column_values_to_not_be_in_set");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    String among = among(column, subject.type(column), arguments.list("value_set"), "value_set");
    String expected = type.equals(IN) ? among : "NOT (" + among + ")";
    return RowCheck.ofColumn(subject, column, expected, arguments);
  }

  /// Predicate that the column's value is one of these; a null in the list matches nothing.
  static String among(
      String column, ColumnType type, List<@Nullable Object> values, String argument) {
    String literals =
        values.stream()
            .filter(Objects::nonNull)
            .map(value -> Values.literal(Values.fit(value, type, argument)))
            .collect(Collectors.joining(", "));
    return literals.isEmpty() ? "FALSE" : Sql.name(column) + " IN (" + literals + ")";
  }
}
