package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.JudgeSuite.Judged;
import dev.millrace.engine.quality.expectation.ResultDetail;
import dev.millrace.engine.transform.BuildTable;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges a table of the lake, or a slice of it, by a suite.
///
/// A suite may use the parameter `<table>_row_count`, for example `bronze_sensor_events_row_count`:
/// for the tables the judged one was built from, the rows they had then; for any other, the rows it
/// has now. A query in a suite may name the other tables as the pipeline's SQL does. Stateless; any
/// thread may validate.
public final class ValidateTable {

  private static final String VIEW = "judged";

  /// What to judge.
  ///
  /// @param suite by which; empty for the pipeline's own of the table
  /// @param detail how much the results tell
  public record Request(
      TableName table, Optional<SuiteSource> suite, Slice slice, ResultDetail detail) {

    /// That tells as much as always.
    public Request(TableName table, Optional<SuiteSource> suite, Slice slice) {
      this(table, suite, slice, ResultDetail.USUAL);
    }

    /// The whole table by its own suite.
    public static Request whole(TableName table) {
      return new Request(table, Optional.empty(), Slice.WHOLE);
    }
  }

  /// The suite of a table.
  ///
  /// @throws MillraceException `USAGE` when the table has none, `DEFINITION` with every fault of it
  public static Suite suite(Pipeline pipeline, TableName table) {
    SuiteSource source = pipeline.suites().get(table);
    if (source == null) {
      throw new MillraceException(
          ErrorCode.USAGE,
          pipeline.name() + " has no suite for " + table,
          "put one in force for it, or name one under quality in the pipeline's definition");
    }
    return ReadSuite.of(source);
  }

  /// What came to a table since a version; the whole table where nothing tells that.
  public static Slice newSince(Lake lake, TableName name, long version) {
    return lake.find(name)
        .flatMap(table -> SliceView.added(table, table.snapshot(), version))
        .map(_ -> Slice.newSince(version))
        .orElse(Slice.WHOLE);
  }

  /// Judges the whole table as it stands, and keeps nothing.
  ///
  /// @throws MillraceException as {@link #validate(Pipeline, Request, Lake, SqlEngine, FailingRows,
  ///   Instant, Progress)}
  public ValidationResult validate(
      Pipeline pipeline,
      TableName table,
      Lake lake,
      SqlEngine engine,
      Instant now,
      Progress progress) {
    return validate(pipeline, Request.whole(table), lake, engine, FailingRows.NONE, now, progress);
  }

  /// Judges, and keeps the rows that fail: those of the newest version, whole or new. Of a slice
  /// without rows nothing is judged, and the result has no results.
  ///
  /// @param now becomes `validatedAt`
  /// @throws MillraceException `USAGE` when the pipeline has no such table, it has no suite, or the
  ///   slice cannot be taken, `DEFINITION` with every fault of the suite, `LAKE` when the table was
  ///   not built yet, or `CANCELLED`
  public ValidationResult validate(
      Pipeline pipeline,
      Request request,
      Lake lake,
      SqlEngine engine,
      FailingRows rows,
      Instant now,
      Progress progress) {
    TableName name = request.table();
    KnownTables.require(pipeline, name, lake);
    Suite suite =
        request.suite().map(ReadSuite::of).orElseGet(() -> suite(pipeline, name)).judgeable();
    LakeTable table =
        lake.find(name)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ErrorCode.LAKE,
                        "There is no " + name + " to judge yet",
                        "run the step that makes it first"));
    var _ = request.detail().requireIndexIn(table.schema(), name.toString());
    LakeSnapshot snapshot =
        request.slice().version().map(table::snapshotAt).orElseGet(table::snapshot);
    Map<TableName, Long> counts = rows(lake, snapshot);
    counts.put(name, snapshot.rows());
    Map<String, Long> byName = new LinkedHashMap<>();
    Map<String, @Nullable Object> parameters = new TreeMap<>(suite.suiteParameters());
    counts.forEach(
        (other, count) -> {
          byName.put(other.toString(), count);
          byName.put(BuildTable.viewName(other), count);
          parameters.put(BuildTable.viewName(other) + "_row_count", count);
        });
    // Rows are released as the table is now, and nobody judged them so before.
    FailingRows known = snapshot.version() == table.snapshot().version() ? rows : FailingRows.NONE;
    String what = "check " + name;
    progress.report(what, 0, suite.expectations().size());
    try (SqlSession session = engine.session();
        SuiteQueries queries =
            new SuiteQueries(
                engine,
                progress,
                what,
                apart -> {
                  new SliceView(pipeline, table, snapshot, request.slice())
                      .make(apart, VIEW, known.released(apart, table));
                  otherTables(apart, suite, lake);
                });
        CancelWatch _ = CancelWatch.over(session, progress, what)) {
      SliceView sliced = new SliceView(pipeline, table, snapshot, request.slice());
      Optional<FailingRows.Released> released = known.released(session, table);
      SliceView.Taken taken = sliced.make(session, VIEW, released);
      JudgedData.Table data =
          new JudgedData.Table(name, snapshot.version(), request.slice(), taken.judged());
      if (request.slice().narrows() && taken.judged() == 0) {
        return new ValidationResult(
            pipeline.name(), data, suite.name(), now, parameters, List.of(), taken.released(), 0);
      }
      List<String> key = sliced.key();
      List<Judged> all =
          new JudgeSuite(
                  session,
                  VIEW,
                  sliced.schema(),
                  byName,
                  detail(request.detail(), key),
                  key.isEmpty() ? Optional.empty() : Optional.of(sliced.order()),
                  queries)
              .judgeRows(suite.expectations(), parameters);
      progress.report(what, all.size(), all.size());
      long kept =
          request.slice().version().isPresent()
              ? 0
              : rows.keep(
                  session,
                  VIEW,
                  table,
                  new FailingRows.Failures(
                      suite.name(),
                      snapshot.version(),
                      now,
                      request.slice().isWhole(),
                      failing(all)));
      return new ValidationResult(
          pipeline.name(),
          data,
          suite.name(),
          now,
          parameters,
          all.stream().map(Judged::result).toList(),
          taken.released(),
          kept);
    }
  }

  private static ResultDetail detail(ResultDetail wanted, List<String> key) {
    return wanted.indexColumns().isEmpty() ? wanted.indexedBy(key) : wanted;
  }

  private static List<FailingRows.Failing> failing(List<Judged> all) {
    List<FailingRows.Failing> failing = new ArrayList<>();
    List<String> reasons = Names.reasons(all.stream().map(one -> one.result().config()).toList());
    for (int i = 0; i < all.size(); i++) {
      String reason = reasons.get(i);
      Judged one = all.get(i);
      one.failingRows()
          .ifPresent(
              predicate ->
                  failing.add(
                      new FailingRows.Failing(
                          reason, one.result().config().consequence(), predicate)));
    }
    return failing;
  }

  /// Tables that a query of the suite names stand as views beside the judged one.
  private static void otherTables(SqlSession session, Suite suite, Lake lake) {
    List<String> queries = new ArrayList<>();
    for (ExpectationConfig expectation : suite.expectations()) {
      expectation
          .kwargs()
          .forEach(
              (key, value) -> {
                if (key.endsWith("_query") && value instanceof String text) {
                  queries.add(text);
                }
              });
    }
    for (TableName name : queries.isEmpty() ? List.<TableName>of() : lake.tables()) {
      String view = BuildTable.viewName(name);
      if (queries.stream().anyMatch(query -> query.contains(view))) {
        LakeTable table = lake.find(name).orElseThrow();
        List<LakeFile> files = table.snapshot().files();
        Schema schema = table.schema();
        session.view(view, schema, files);
      }
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
