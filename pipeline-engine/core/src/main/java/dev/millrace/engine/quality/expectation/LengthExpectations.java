package dev.millrace.engine.quality.expectation;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/// Whether a text column's values are as long as they should be, in characters.
final class LengthExpectations implements Family {

  private static final String EQUAL = "expect_column_value_lengths_to_equal";

  @Override
  public Set<String> types() {
    return Set.of(EQUAL, "expect_column_value_lengths_to_be_between");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.requireText(column, "only a text has a length");
    Bounds bounds =
        type.equals(EQUAL)
            ? exactly(arguments.integer("value"))
            : Bounds.ofCount(arguments).required();
    return RowCheck.ofColumn(
        subject, column, bounds.predicate("length(" + Sql.name(column) + ")"), arguments);
  }

  private static Bounds exactly(BigDecimal length) {
    return new Bounds(Optional.of(length), Optional.of(length), false, false);
  }
}
