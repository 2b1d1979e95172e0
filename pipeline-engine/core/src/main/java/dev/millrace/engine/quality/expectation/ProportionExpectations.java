package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.List;
import java.util.Set;

/// Whether the different values of a column are a certain share of its values, or its values of its
/// rows.
final class ProportionExpectations implements Family {

  private static final String NON_NULL =
      "expect_column_proportion_of_non_null_values_to_be_between";

  @Override
  public Set<String> types() {
    return Set.of("expect_column_proportion_of_unique_values_to_be_between", NON_NULL);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    subject.column(column);
    String value = subject.within(Sql.name(column));
    return new ProportionCheck(
        type.equals(NON_NULL) ? "count(" + value + ")" : "count(DISTINCT " + value + ")",
        type.equals(NON_NULL) ? Sql.countIf(subject.condition()) : "count(" + value + ")",
        Bounds.of(arguments, ColumnType.DOUBLE));
  }

  private record ProportionCheck(String some, String all, Bounds bounds) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of(some, all);
    }

    @Override
    public Verdict judge(Answers answers) {
      long count = answers.count(all);
      double share = count == 0 ? 0 : (double) answers.count(some) / count;
      return Verdict.observed(bounds.holds(share), share);
    }
  }
}
