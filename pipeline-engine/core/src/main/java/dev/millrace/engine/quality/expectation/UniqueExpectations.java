package dev.millrace.engine.quality.expectation;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether values, or combinations of values, stand only once.
final class UniqueExpectations implements Family {

  private static final String COLUMN = "expect_column_values_to_be_unique";

  @Override
  public Set<String> types() {
    return Set.of(COLUMN, "expect_compound_columns_to_be_unique");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    if (type.equals(COLUMN)) {
      String column = arguments.text("column");
      subject.column(column);
      return new DuplicateCheck(
          new RowCheck(
              subject,
              RowCheck.Telling.VALUE,
              List.of(column),
              Sql.name(column) + " IS NULL",
              "FALSE",
              arguments.mostly()));
    }
    List<String> columns = MissingRows.columns(arguments, subject);
    return new DuplicateCheck(
        new RowCheck(
            subject,
            RowCheck.Telling.RECORD,
            columns,
            MissingRows.ofSeveral(arguments, columns),
            "FALSE",
            arguments.mostly()));
  }

  /// Needs a grouping of its own; every row of a group of several is unexpected.
  private record DuplicateCheck(RowCheck rows) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of(rows.elements(), rows.missingRows());
    }

    @Override
    public Verdict judge(Answers answers) {
      String names = Sql.names(rows.columns());
      String view = Sql.name(rows.subject().view());
      Object duplicated =
          answers
              .rows(
                  """
                  SELECT CAST(coalesce(sum(copies), 0) AS bigint) AS n
                  FROM (SELECT count(*) AS copies FROM %s WHERE %s GROUP BY %s) AS groups
                  WHERE copies > 1
                  """
                      .formatted(view, rows.counted(), names))
              .getFirst()
              .get("n");
      return RowCheck.verdict(
          rows,
          answers.count(rows.elements()),
          answers.count(rows.missingRows()),
          duplicated instanceof Number number ? number.longValue() : 0,
          limit ->
              answers.rows(
                  """
                  SELECT %1$s FROM (SELECT *, %2$s AS _millrace_failing FROM %3$s) AS marked
                  WHERE _millrace_failing ORDER BY %4$s LIMIT %5$d
                  """
                      .formatted(
                          rows.told(),
                          failing(),
                          view,
                          rows.subject().order().orElse(names),
                          limit)));
    }

    @Override
    public Optional<String> failing(Answers answers) {
      return Optional.of(failing());
    }

    private String failing() {
      return "(%1$s AND count(CASE WHEN %1$s THEN 1 END) OVER (PARTITION BY %2$s) > 1)"
          .formatted(rows.counted(), Sql.names(rows.columns()));
    }
  }
}
