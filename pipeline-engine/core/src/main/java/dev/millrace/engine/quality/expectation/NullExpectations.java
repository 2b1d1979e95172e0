package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Set;

/// Whether a column's values are there.
final class NullExpectations implements Family {

  private static final String NOT_NULL = "expect_column_values_to_not_be_null";

  @Override
  public Set<String> types() {
    return Set.of(NOT_NULL, "expect_column_values_to_be_null");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.column(column);
    String unexpected = Sql.name(column) + (type.equals(NOT_NULL) ? " IS NULL" : " IS NOT NULL");
    return new RowCheck(
        subject, RowCheck.Telling.VALUE, List.of(column), "", unexpected, arguments.mostly());
  }
}
