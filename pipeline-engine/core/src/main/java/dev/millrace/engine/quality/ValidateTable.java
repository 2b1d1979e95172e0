package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.expectation.ResultFormat;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges a table of the lake, as it stands now, by the pipeline's suite for it.
///
/// A suite may use the parameter `<table>_row_count`, for example `bronze_sensor_events_row_count`:
/// for the tables the judged one was built from, the rows they had then; for any other, the rows it
/// has now. Stateless; any thread may validate.
public final class ValidateTable {

  private static final String VIEW = "judged";

  /// @param now becomes `validatedAt`
  /// @throws MillraceException `USAGE` when the table has no suite, `DEFINITION` with every fault
  ///   of the suite, `LAKE` when the table does not exist, or `CANCELLED`
  public ValidationResult validate(
      Pipeline pipeline,
      TableName table,
      Lake lake,
      SqlEngine engine,
      Instant now,
      Progress progress) {
    SuiteSource source = pipeline.suites().get(table);
    if (source == null) {
      throw new MillraceException(
          ErrorCode.USAGE,
          pipeline.name() + " has no suite for " + table,
          "name one under quality in its definition");
    }
    Suite suite = ReadSuite.of(source);
    LakeTable judged =
        lake.find(table)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.LAKE,
                        "There is no " + table + " to judge yet",
                        "run the step that makes it first"));
    LakeSnapshot snapshot = judged.snapshot();
    Map<TableName, Long> rows = rows(lake, snapshot);
    rows.put(table, snapshot.rows());
    Map<String, Long> byName = new LinkedHashMap<>();
    Map<String, @Nullable Object> parameters = new TreeMap<>(suite.suiteParameters());
    rows.forEach(
        (name, count) -> {
          byName.put(name.toString(), count);
          byName.put(BuildTable.viewName(name), count);
          parameters.put(BuildTable.viewName(name) + "_row_count", count);
        });
    progress.report("check " + table, 0, suite.expectations().size());
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, "check " + table)) {
      session.view(VIEW, judged.schema(), snapshot.files());
      List<ExpectationResult> results =
          new JudgeSuite(session, VIEW, judged.schema(), byName, ResultFormat.BASIC)
              .judge(suite.expectations(), parameters);
      progress.report("check " + table, results.size(), results.size());
      return new ValidationResult(
          pipeline.name(), table, suite.name(), snapshot.version(), now, parameters, results);
    }
  }

  private static Map<TableName, Long> rows(Lake lake, LakeSnapshot snapshot) {
    Map<TableName, Long> rows = new TreeMap<>();
    for (TableName name : lake.tables()) {
      lake.find(name).ifPresent(t -> rows.put(name, t.snapshot().rows()));
    }
    rows.putAll(BuildTable.sourceRows(snapshot));
    return rows;
  }
}
