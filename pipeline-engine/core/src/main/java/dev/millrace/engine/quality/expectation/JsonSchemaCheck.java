package dev.millrace.engine.quality.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Judges JSON texts by a schema. SQL cannot, so each different text is read once here.
///
/// @param rows the column's rows, of which the predicate means nothing
record JsonSchemaCheck(RowCheck rows, JsonSchema schema) implements Check {

  /// Different failing texts that are looked for in the rows again.
  private static final int TOLD = 1_000;

  @Override
  public List<String> aggregates() {
    return List.of(rows.elements(), rows.missingRows());
  }

  /// Failing texts, and how many rows have one.
  private record Bad(List<String> some, long rows) {}

  @Override
  public Verdict judge(Answers answers) {
    Bad bad = bad(answers);
    return RowCheck.verdict(
        rows,
        answers.count(rows.elements()),
        answers.count(rows.missingRows()),
        bad.rows(),
        limit ->
            answers.rows(
                "SELECT %s FROM %s WHERE %s LIMIT %d"
                    .formatted(rows.told(), Sql.name(rows.subject().view()), among(bad), limit)));
  }

  @Override
  public Optional<String> failing(Answers answers) {
    return Optional.of(among(bad(answers)));
  }

  private String among(Bad bad) {
    String literals = bad.some().stream().map(Sql::text).collect(Collectors.joining(", "));
    String column = Sql.name(rows.columns().getFirst());
    return literals.isEmpty()
        ? "FALSE"
        : "(%s AND coalesce(%s IN (%s), FALSE))".formatted(rows.counted(), column, literals);
  }

  private Bad bad(Answers answers) {
    List<String> some = new ArrayList<>();
    long[] count = {0};
    answers.forEachRow(
        "SELECT %1$s, count(*) FROM %2$s WHERE %3$s GROUP BY %1$s"
            .formatted(
                Sql.name(rows.columns().getFirst()),
                Sql.name(rows.subject().view()),
                rows.counted()),
        row -> {
          String text = String.valueOf(row.getFirst());
          if (!schema.admits(text)) {
            count[0] += Sql.number(row.get(1));
            if (some.size() < TOLD) {
              some.add(text);
            }
          }
        });
    return new Bad(some, count[0]);
  }
}
