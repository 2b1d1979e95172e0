package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether one figure of a column lies between two ends.
final class AggregateExpectations implements Family {

  private static final String MIN = "expect_column_min_to_be_between";
  private static final String MAX = "expect_column_max_to_be_between";
  private static final String MEAN = "expect_column_mean_to_be_between";
  private static final String MEDIAN = "expect_column_median_to_be_between";
  private static final String STDEV = "expect_column_stdev_to_be_between";
  private static final String SUM = "expect_column_sum_to_be_between";
  private static final String DISTINCT = "expect_column_unique_value_count_to_be_between";

  /// Great Expectations asks these for at least one end.
  private static final Set<String> BOUND = Set.of(MIN, MAX, SUM);

  @Override
  public Set<String> types() {
    return Set.of(MIN, MAX, MEAN, MEDIAN, STDEV, SUM, DISTINCT);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    ColumnType held = subject.type(column);
    String value = subject.within(Sql.name(column));
    boolean ordered = type.equals(MIN) || type.equals(MAX);
    if (!ordered && !type.equals(DISTINCT) && !Values.numeric(held)) {
      if (held != ColumnType.BOOLEAN) {
        throw new WrongArgument(column + " holds " + held.sqlName() + ", which are no numbers");
      }
      value = "CAST(" + value + " AS int)";
    }
    String aggregate =
        switch (type) {
          case MIN -> "min(" + value + ")";
          case MAX -> "max(" + value + ")";
          case MEAN -> "avg(" + value + ")";
          case MEDIAN -> "percentile_cont(0.5) WITHIN GROUP (ORDER BY " + value + ")";
          case STDEV -> "stddev_samp(" + value + ")";
          case SUM -> "sum(" + value + ")";
          default -> "count(DISTINCT " + value + ")";
        };
    Bounds bounds = Bounds.of(arguments, ordered ? held : ColumnType.DOUBLE);
    return new AggregateCheck(
        subject, column, aggregate, BOUND.contains(type) ? bounds.required() : bounds);
  }

  private record AggregateCheck(Subject subject, String column, String aggregate, Bounds bounds)
      implements Check {

    @Override
    public List<String> aggregates() {
      return subject.format() == ResultFormat.COMPLETE
          ? List.of(aggregate, elements(), missing())
          : List.of(aggregate);
    }

    @Override
    public Verdict judge(Answers answers) {
      Object observed = answers.value(aggregate);
      boolean success = observed != null && bounds.holds(observed);
      if (subject.format() != ResultFormat.COMPLETE) {
        return Verdict.observed(success, observed);
      }
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      long elements = answers.count(elements());
      long missing = answers.count(missing());
      result.put("observed_value", observed);
      result.put("element_count", elements);
      result.put("missing_count", missing);
      result.put("missing_percent", elements == 0 ? null : 100.0 * missing / elements);
      return new Verdict(success, result);
    }

    private String elements() {
      return Sql.countIf(subject.condition());
    }

    private String missing() {
      return Sql.countIf(Sql.and(subject.condition(), Sql.name(column) + " IS NULL"));
    }
  }
}
