package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.model.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether the different values of a column are those named.
final class DistinctExpectations implements Family {

  private static final String IN = "expect_column_distinct_values_to_be_in_set";
  private static final String CONTAIN = "expect_column_distinct_values_to_contain_set";
  private static final String EQUAL = "expect_column_distinct_values_to_equal_set";

  /// Different values told at most.
  private static final int TOLD = 1_000;

  @Override
  public Set<String> types() {
    return Set.of(IN, CONTAIN, EQUAL);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    String column = arguments.text("column");
    ColumnType held = subject.type(column);
    List<@Nullable Object> told = arguments.list("value_set");
    Set<String> wanted = new HashSet<>();
    told.stream()
        .filter(Objects::nonNull)
        .forEach(value -> wanted.add(Values.literal(Values.fit(value, held, "value_set"))));
    String among = SetExpectations.among(column, held, told, "value_set");
    return new DistinctCheck(type, subject, column, wanted.size(), among);
  }

  private record DistinctCheck(
      String type, Subject subject, String column, long wanted, String among) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of(outside(), found());
    }

    @Override
    public Verdict judge(Answers answers) {
      boolean noneOutside = answers.count(outside()) == 0;
      boolean allFound = answers.count(found()) == wanted;
      boolean success =
          switch (type) {
            case IN -> noneOutside;
            case CONTAIN -> allFound;
            default -> noneOutside && allFound;
          };
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      if (subject.format() == ResultFormat.BOOLEAN_ONLY) {
        return new Verdict(success, result);
      }
      List<@Nullable Object> values = new ArrayList<>();
      List<Map<String, @Nullable Object>> counts = new ArrayList<>();
      for (Map<String, Object> row :
          answers.rows(
              "SELECT %1$s AS v, count(*) AS n FROM %2$s WHERE %3$s GROUP BY %1$s ORDER BY %1$s LIMIT %4$d"
                  .formatted(
                      Sql.name(column),
                      Sql.name(subject.view()),
                      Sql.and(subject.condition(), Sql.name(column) + " IS NOT NULL"),
                      TOLD))) {
        values.add(row.get("v"));
        Map<String, @Nullable Object> count = new LinkedHashMap<>();
        count.put("value", row.get("v"));
        count.put("count", row.get("n"));
        counts.add(count);
      }
      result.put("observed_value", values);
      result.put("details", Map.of("value_counts", counts));
      return new Verdict(success, result);
    }

    private String outside() {
      return Sql.countIf(
          Sql.and(subject.condition(), Sql.name(column) + " IS NOT NULL AND " + Sql.not(among)));
    }

    private String found() {
      return "count(DISTINCT CASE WHEN "
          + Sql.and(subject.condition(), among)
          + " THEN "
          + Sql.name(column)
          + " END)";
    }
  }
}
