package dev.millrace.engine.quality.expectation;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.transform.OneQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a query of the suite's author finds nothing amiss.
final class QueryExpectations implements Family {

  private static final String UNEXPECTED = "unexpected_rows_expectation";
  private static final String COMPARISON = "expect_query_results_to_match_comparison";

  @Override
  public Set<String> types() {
    return Set.of(UNEXPECTED, COMPARISON);
  }

  @Override
  public Check check(String type, Arguments arguments, Subject subject) {
    if (type.equals(UNEXPECTED)) {
      return new UnexpectedRows(query(arguments.text("unexpected_rows_query"), subject));
    }
    arguments.optionalText("comparison_data_source_name");
    return new Comparison(
        query(arguments.text("base_query"), subject),
        query(arguments.text("comparison_query"), subject),
        arguments.mostly());
  }

  /// The query over the rows that are judged; a semicolon at its end does not count. What is no one
  /// query is refused, since it could change something.
  private static String query(String told, Subject subject) {
    String batch =
        subject.condition().equals("TRUE")
            ? Sql.name(subject.view())
            : "(SELECT * FROM " + Sql.name(subject.view()) + " WHERE " + subject.condition() + ")";
    try {
      return OneQuery.in(told.replace("{batch}", batch));
    } catch (MillraceException e) {
      throw new WrongArgument("the query is refused: " + e.what() + "; " + e.remedy());
    }
  }

  /// Fails when the query gives rows.
  private record UnexpectedRows(String query) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of();
    }

    @Override
    public boolean asksFreely() {
      return true;
    }

    @Override
    public Verdict judge(Answers answers) {
      long count =
          Sql.number(
              answers
                  .rows("SELECT count(*) AS n FROM (\n" + query + "\n) AS unexpected")
                  .getFirst()
                  .get("n"));
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("observed_value", count + (count == 1 ? " unexpected row" : " unexpected rows"));
      result.put("unexpected_count", count);
      List<Map<String, Object>> some =
          count == 0
              ? List.of()
              : answers.rows(
                  "SELECT * FROM (\n"
                      + query
                      + "\n) AS unexpected LIMIT "
                      + ResultDetail.DEFAULT_PARTIAL);
      result.put("details", Map.of("unexpected_rows", some));
      return new Verdict(count == 0, result);
    }
  }

  /// Fails when the two queries do not give the same rows, each as often.
  private record Comparison(String base, String comparison, double mostly) implements Check {

    @Override
    public List<String> aggregates() {
      return List.of();
    }

    @Override
    public boolean asksFreely() {
      return true;
    }

    @Override
    public Verdict judge(Answers answers) {
      long rows = count(answers, base);
      long others = count(answers, comparison);
      String missing = "(%s) EXCEPT ALL (%s)".formatted(comparison, base);
      String surplus = "(%s) EXCEPT ALL (%s)".formatted(base, comparison);
      long lacking = count(answers, missing);
      long tooMany = count(answers, surplus);
      long unexpected = Math.max(lacking, tooMany);
      long most = Math.max(rows, others);
      boolean success = most == 0 || (double) (most - unexpected) / most >= mostly;
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("unexpected_count", unexpected);
      result.put("unexpected_percent", most == 0 ? null : 100.0 * unexpected / most);
      Map<String, @Nullable Object> details = new LinkedHashMap<>();
      details.put("missing_rows", lacking == 0 ? List.of() : some(answers, missing));
      details.put("unexpected_rows", tooMany == 0 ? List.of() : some(answers, surplus));
      details.put("base_row_count", rows);
      details.put("comparison_row_count", others);
      result.put("details", details);
      return new Verdict(success, result);
    }

    private static long count(Answers answers, String query) {
      return Sql.number(
          answers.rows("SELECT count(*) AS n FROM (\n" + query + "\n) AS q").getFirst().get("n"));
    }

    private static List<Map<String, Object>> some(Answers answers, String query) {
      return new ArrayList<>(
          answers.rows(
              "SELECT * FROM (\n" + query + "\n) AS q LIMIT " + ResultDetail.DEFAULT_PARTIAL));
    }
  }
}
