package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.expectation.Answers;
import dev.millrace.engine.quality.expectation.Check;
import dev.millrace.engine.quality.expectation.Expectations;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.quality.expectation.Subject;
import dev.millrace.engine.quality.expectation.Verdict;
import dev.millrace.engine.quality.expectation.WrongArgument;
import dev.millrace.engine.transform.SqlSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Judges a view by a suite: the aggregates of all expectations in one scan, then only what a scan
/// cannot tell, such as duplicates, and examples of what failed.
///
/// An expectation that cannot be judged becomes an error result and spoils no other. For one
/// thread, that of the session.
public final class JudgeSuite {

  private final SqlSession session;
  private final String view;
  private final Schema schema;
  private final Map<String, Long> otherTables;
  private final ResultDetail detail;
  private final Optional<String> order;
  private final Supplier<SqlSession> queries;

  /// @param schema of the view, without columns that no expectation should see
  /// @param otherTables rows of other tables, by the names a suite may use
  /// @param order SQL expressions the rows stand in the order of; empty when they have none
  /// @param queries session in which SQL of the suite's author runs, asked for when there is some
  public JudgeSuite(
      SqlSession session,
      String view,
      Schema schema,
      Map<String, Long> otherTables,
      ResultDetail detail,
      Optional<String> order,
      Supplier<SqlSession> queries) {
    this.session = session;
    this.view = view;
    this.schema = schema;
    this.otherTables = Map.copyOf(otherTables);
    this.detail = detail;
    this.order = order;
    this.queries = queries;
  }

  /// Of a suite whose author is trusted with the session.
  public JudgeSuite(
      SqlSession session,
      String view,
      Schema schema,
      Map<String, Long> otherTables,
      ResultDetail detail,
      Optional<String> order) {
    this(session, view, schema, otherTables, detail, order, () -> session);
  }

  /// Of rows without an order.
  public JudgeSuite(
      SqlSession session,
      String view,
      Schema schema,
      Map<String, Long> otherTables,
      ResultFormat format) {
    this(session, view, schema, otherTables, ResultDetail.of(format), Optional.empty());
  }

  /// A result, and SQL that says of a row of the view whether it fails; empty when the expectation
  /// is met, could not be judged, or is about no rows.
  public record Judged(ExpectationResult result, Optional<String> failingRows) {}

  /// One result per expectation, in the suite's order.
  ///
  /// @param parameters values for `$PARAMETER`
  /// @throws MillraceException `CANCELLED`
  public List<ExpectationResult> judge(
      List<ExpectationConfig> expectations, Map<String, @Nullable Object> parameters) {
    return judgeRows(expectations, parameters).stream().map(Judged::result).toList();
  }

  /// The same, with what tells the failing rows.
  public List<Judged> judgeRows(
      List<ExpectationConfig> expectations, Map<String, @Nullable Object> parameters) {
    Subject subject = new Subject(view, schema, "TRUE", otherTables, detail, order);
    SuiteParameters values = new SuiteParameters(parameters);
    List<Prepared> prepared = new ArrayList<>();
    for (ExpectationConfig config : expectations) {
      prepared.add(prepare(config, values, subject));
    }
    Map<String, @Nullable Object> scan = scanTogether(prepared);
    List<Judged> results = new ArrayList<>();
    for (Prepared one : prepared) {
      results.add(result(one, scan));
    }
    return results;
  }

  /// An expectation and its check, or why there is none.
  private record Prepared(
      ExpectationConfig config, Optional<Check> check, Optional<String> error) {}

  private static Prepared prepare(
      ExpectationConfig config, SuiteParameters values, Subject subject) {
    try {
      Map<String, @Nullable Object> kwargs = values.putInto(config.kwargs());
      ExpectationConfig filled = config.withKwargs(kwargs);
      return new Prepared(
          filled,
          Optional.of(Expectations.check(config.type(), kwargs, subject)),
          Optional.empty());
    } catch (WrongArgument e) {
      return new Prepared(config, Optional.empty(), Optional.of(e.reason()));
    }
  }

  private Map<String, @Nullable Object> scanTogether(List<Prepared> prepared) {
    Set<String> aggregates = new LinkedHashSet<>();
    prepared.forEach(p -> p.check().ifPresent(check -> aggregates.addAll(check.aggregates())));
    try {
      return scan(aggregates);
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.SQL) {
        throw e;
      }
      // One of them cannot be computed; each expectation scans for itself, so that one alone fails.
      return Map.of();
    }
  }

  private Map<String, @Nullable Object> scan(Collection<String> aggregates) {
    if (aggregates.isEmpty()) {
      return Map.of();
    }
    List<String> expressions = List.copyOf(aggregates);
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < expressions.size(); i++) {
      sql.append(i == 0 ? "" : ",\n").append(expressions.get(i)).append(" AS m").append(i);
    }
    sql.append("\nFROM \"").append(view.replace("\"", "\"\"")).append('"');
    Map<String, Object> row = session.rows(sql.toString()).getFirst();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < expressions.size(); i++) {
      values.put(expressions.get(i), row.get("m" + i));
    }
    return values;
  }

  private Judged result(Prepared prepared, Map<String, @Nullable Object> shared) {
    ExpectationConfig config = prepared.config();
    if (prepared.check().isEmpty()) {
      return failed(config, prepared.error().orElse("it cannot be judged"));
    }
    Check check = prepared.check().get();
    try {
      Map<String, @Nullable Object> scan =
          shared.keySet().containsAll(check.aggregates()) ? shared : scan(check.aggregates());
      Answers answers = answers(scan, check.asksFreely() ? queries.get() : session);
      Verdict verdict = check.judge(answers);
      return new Judged(
          new ExpectationResult(verdict.success(), config, verdict.result(), Optional.empty()),
          verdict.success() ? Optional.empty() : check.failing(answers));
    } catch (WrongArgument e) {
      return failed(config, e.reason());
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.SQL) {
        throw e;
      }
      return failed(config, check.asksFreely() ? SuiteQueries.refusal(e) : e.what());
    }
  }

  private static Judged failed(ExpectationConfig config, String reason) {
    return new Judged(ExpectationResult.failed(config, reason), Optional.empty());
  }

  private static Answers answers(Map<String, @Nullable Object> scan, SqlSession asked) {
    return new Answers() {
      @Override
      public @Nullable Object value(String aggregate) {
        return scan.get(aggregate);
      }

      @Override
      public List<Map<String, Object>> rows(String sql) {
        return asked.rows(sql);
      }

      @Override
      public void forEachRow(String sql, Consumer<List<Object>> row) {
        asked.forEachRow(sql, row);
      }
    };
  }
}
