package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.OneQuery;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells what of an expectation the engine itself would refuse, before any row is judged: patterns
/// that it does not know, and queries that it cannot run or that read what a suite may not. Tables
/// stand empty for it. Any thread may try.
///
/// @param table that the suite is for
public record TrySuite(Pipeline pipeline, TableName table, Lake lake, SqlEngine engine)
    implements SuiteTrial {

  private static final String VIEW = "judged";

  @Override
  public Optional<String> fault(Map<String, @Nullable Object> kwargs) {
    List<String> patterns = new ArrayList<>();
    List<String> queries = new ArrayList<>();
    kwargs.forEach(
        (name, value) -> {
          if (name.startsWith("regex") && value != null) {
            (value instanceof List<?> several ? several : List.of(value))
                .forEach(one -> patterns.add(String.valueOf(one)));
          } else if (name.endsWith("_query") && value instanceof String text) {
            queries.add(text);
          }
        });
    try {
      tryPatterns(patterns);
      tryQueries(queries);
      return Optional.empty();
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.SQL) {
        throw e;
      }
      return Optional.of(SuiteQueries.refusal(e));
    }
  }

  private void tryPatterns(List<String> patterns) {
    if (patterns.isEmpty()) {
      return;
    }
    try (SqlSession session = engine.session()) {
      for (String pattern : patterns) {
        var _ = session.rows("SELECT regexp_like('', '" + pattern.replace("'", "''") + "') AS m");
      }
    }
  }

  private void tryQueries(List<String> queries) {
    try (SuiteQueries session =
        new SuiteQueries(engine, Progress.NONE, "try a query", this::emptyTables)) {
      for (String query : queries) {
        String sql = OneQuery.in(query.replace("{batch}", VIEW));
        if (namesUnmade(sql)) {
          continue;
        }
        var _ = session.get().rows("SELECT count(*) AS n FROM (\n" + sql + "\n) AS tried");
      }
    }
  }

  private void emptyTables(SqlSession session) {
    lake.find(table).ifPresent(judged -> session.view(VIEW, judged.schema(), List.of()));
    for (TableName name : lake.tables()) {
      Optional<Schema> schema = lake.find(name).map(LakeTable::schema);
      schema.ifPresent(columns -> session.view(BuildTable.viewName(name), columns, List.of()));
    }
  }

  /// Whether a query names a table that no step has made yet: that is no fault, and nothing can
  /// tell what it would do there.
  private boolean namesUnmade(String sql) {
    return KnownTables.defined(pipeline).stream()
        .filter(name -> lake.find(name).isEmpty())
        .map(name -> name.equals(table) ? VIEW : BuildTable.viewName(name))
        .anyMatch(
            view ->
                Pattern.compile("\\b" + Pattern.quote(view) + "\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(sql)
                    .find());
  }
}
