package dev.millrace.engine.quality.expectation;

import java.util.Set;

/// Whether a column's values lie less than so many standard deviations from its mean.
final class ZScoreExpectations implements Family {

  @Override
  public Set<String> types() {
    return Set.of("expect_column_value_z_scores_to_be_less_than");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    if (!Values.numeric(subject.type(column))) {
      throw new WrongArgument(
          "Cannot complete Z-score calculations on a non-numerical column: "
              + column
              + " holds "
              + subject.type(column).sqlName());
    }
    double threshold = arguments.number("threshold").doubleValue();
    boolean doubleSided = arguments.flag("double_sided", true);
    String value = subject.within(Sql.name(column));
    String score =
        "(%1$s - avg(%2$s) OVER ()) / nullif(stddev_samp(%2$s) OVER (), 0)"
            .formatted(Sql.name(column), value);
    String below =
        doubleSided
            ? "abs(%s) < CAST('%s' AS double)".formatted(score, Math.abs(threshold))
            : "(%s) < CAST('%s' AS double)".formatted(score, threshold);
    return RowCheck.ofColumn(subject, column, Sql.not(below), RowCheck.Reach.WINDOW, arguments);
  }
}
