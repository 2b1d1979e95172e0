package dev.millrace.engine.quality;

import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges a CSV, JSON or Parquet file by a suite. Its rows stand in the order of the file, and an
/// unexpected one is told by its place, from 0, where no index columns are asked for. Stateless;
/// any thread may validate.
public final class ValidateFile {

  private static final String VIEW = "judged";
  private static final String DECIMAL_COMMA = "^[-+]?[0-9. ]*[0-9](,[0-9]+)?$";

  /// Of a file without rows nothing is judged, and the result has no results.
  ///
  /// @param detail how much the results tell
  /// @param engine keeps the order of what it reads
  /// @param now becomes `validatedAt`
  /// @throws dev.millrace.engine.error.MillraceException `FILE` when it cannot be read, `USAGE`
  ///   when the suite has no expectation, `CANCELLED`
  public ValidationResult validate(
      Path file,
      Suite suite,
      ResultDetail detail,
      SqlEngine engine,
      Instant now,
      Progress progress) {
    Suite judged = suite.judgeable();
    try (SqlSession session = engine.session();
        SuiteQueries queries =
            new SuiteQueries(
                engine, progress, "check " + file, apart -> apart.viewOfFile(VIEW, file));
        CancelWatch _ = CancelWatch.over(session, progress, "check " + file)) {
      Schema schema = session.viewOfFile(VIEW, file);
      JudgedData.File data = new JudgedData.File(file.toString(), rows(session));
      if (data.rows() == 0) {
        return result(data, suite, now, List.of());
      }
      List<ExpectationResult> results =
          new JudgeSuite(
                  session,
                  VIEW,
                  schema,
                  Map.of(),
                  detail.requireIndexIn(schema, file.toString()).numberedBy(SqlSession.ROW_NUMBER),
                  Optional.of(SqlSession.ROW_NUMBER),
                  queries)
              .judge(judged.expectations(), judged.suiteParameters());
      return result(
          data, suite, now, results.stream().map(one -> withHint(session, schema, one)).toList());
    }
  }

  private static long rows(SqlSession session) {
    return session.rows("SELECT count(*) AS n FROM " + VIEW).getFirst().get("n") instanceof Number n
        ? n.longValue()
        : 0;
  }

  private static ValidationResult result(
      JudgedData data, Suite suite, Instant now, List<ExpectationResult> results) {
    return new ValidationResult(
        "", data, suite.name(), now, suite.suiteParameters(), results, 0, 0);
  }

  /// A column of numbers with a comma for the point is one of texts: what asks for numbers says so.
  private static ExpectationResult withHint(
      SqlSession session, Schema schema, ExpectationResult result) {
    if (result.error().isEmpty()
        || !(result.config().kwargs().get("column") instanceof String column)
        || schema.column(column).filter(c -> c.type() == ColumnType.STRING).isEmpty()) {
      return result;
    }
    Map<String, Object> counts =
        session
            .rows(
                "SELECT count(%1$s) AS n, count(CASE WHEN regexp_like(%1$s, '%2$s') THEN 1 END) AS m FROM %3$s"
                    .formatted(session.quoted(column), DECIMAL_COMMA, VIEW))
            .getFirst();
    return counts.get("n") instanceof Number n && n.longValue() > 0 && n.equals(counts.get("m"))
        ? ExpectationResult.failed(
            result.config(),
            result.error().get()
                + ": its numbers have a comma where a point is read; write 2.5 and not 2,5")
        : result;
  }
}
