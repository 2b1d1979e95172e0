package dev.millrace.engine.quality.expectation;

import java.util.Set;

/// Whether a column's values lie between two ends.
final class BetweenExpectations implements Family {

  @Override
  public Set<String> types() {
    return Set.of("expect_column_values_to_be_between");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    Bounds bounds = Bounds.of(arguments, subject.type(column)).required();
    return RowCheck.ofColumn(subject, column, bounds.predicate(Sql.name(column)), arguments);
  }
}
