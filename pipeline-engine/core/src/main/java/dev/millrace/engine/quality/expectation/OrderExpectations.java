package dev.millrace.engine.quality.expectation;

import java.util.Set;

/// Whether a column's values go up, or down, in the order of the rows.
final class OrderExpectations implements Family {

  private static final String UP = "expect_column_values_to_be_increasing";

  @Override
  public Set<String> types() {
    return Set.of(UP, "expect_column_values_to_be_decreasing");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.column(column);
    String order =
        subject
            .order()
            .orElseThrow(
                () ->
                    new WrongArgument(
                        "the rows have no order in which values could go up or down"));
    String name = Sql.name(column);
    boolean strictly = arguments.flag("strictly", false);
    String against = type.equals(UP) ? (strictly ? " <= " : " < ") : (strictly ? " >= " : " > ");
    String before =
        "lag(%s IGNORE NULLS) OVER (ORDER BY %s)".formatted(subject.within(name), order);
    return RowCheck.ofColumn(
        subject,
        column,
        "coalesce(" + name + against + before + ", FALSE)",
        RowCheck.Reach.WINDOW,
        arguments);
  }
}
