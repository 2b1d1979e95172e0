package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a column's most frequent value is among those named.
final class MostCommonExpectations implements Family {

  @Override
  public Set<String> types() {
    return Set.of("expect_column_most_common_value_to_be_in_set");
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    ColumnType held = subject.type(column);
    List<Comparable<?>> wanted = new ArrayList<>();
    arguments.list("value_set").stream()
        .filter(Objects::nonNull)
        .forEach(value -> wanted.add(Values.fit(value, held, "value_set")));
    return new MostCommonCheck(subject, column, wanted, arguments.flag("ties_okay", false));
  }

  /// Needs a grouping of its own.
  private record MostCommonCheck(
      Subject subject, String column, List<Comparable<?>> wanted, boolean tiesOkay)
      implements Check {

    @Override
    public List<String> aggregates() {
      return List.of();
    }

    @Override
    public Verdict judge(Answers answers) {
      List<@Nullable Object> found = new ArrayList<>();
      for (Map<String, Object> row :
          answers.rows(
              """
              WITH counted AS (SELECT %1$s AS v, count(*) AS n FROM %2$s WHERE %3$s GROUP BY %1$s)
              SELECT v FROM counted WHERE n = (SELECT max(n) FROM counted) ORDER BY v LIMIT 1000
              """
                  .formatted(
                      Sql.name(column),
                      Sql.name(subject.view()),
                      Sql.and(subject.condition(), Sql.name(column) + " IS NOT NULL")))) {
        found.add(row.get("v"));
      }
      long common =
          found.stream()
              .filter(Objects::nonNull)
              .filter(v -> wanted.stream().anyMatch(w -> Values.compare(v, w) == 0))
              .count();
      boolean success = tiesOkay ? common > 0 : found.size() == 1 && common == 1;
      return Verdict.observed(success, found);
    }
  }
}
