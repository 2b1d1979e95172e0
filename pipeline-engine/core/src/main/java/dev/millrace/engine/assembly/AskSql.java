package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.care.TableQuery;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.NestedValue;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs a person's queries over the lakes of all pipelines, each in a session of its own. Any
/// thread may call.
///
/// @param own pipeline whose tables need no prefix
/// @param scratch folder for files being written
record AskSql(String own, Map<String, Supplier<Lake>> lakes, SqlEngine engine, Path scratch) {

  /// Name of the query within its session.
  private static final String ASKED = "_asked";

  Answer.Rows rows(Question.Rows asked, Progress progress) {
    long begun = System.nanoTime();
    return ask(
        asked.sql(),
        asked.asOf(),
        progress,
        (session, sql) -> {
          List<Answer.QueryColumn> columns = columns(session);
          List<List<Object>> rows = new ArrayList<>();
          // The outer limit lets the engine stop early; one row more tells whether there are more.
          session.answer(
              "SELECT * FROM (\n%s\n) LIMIT %d".formatted(sql, asked.limit() + 1L),
              _ -> {},
              row -> rows.add(Collections.unmodifiableList(flat(row))));
          boolean more = rows.size() > asked.limit();
          return new Answer.Rows(
              columns,
              Collections.unmodifiableList(more ? rows.subList(0, asked.limit()) : rows),
              more,
              since(begun));
        });
  }

  Answer.Plan plan(Question.Plan asked, Progress progress) {
    return ask(
        asked.sql(),
        asked.asOf(),
        progress,
        (session, sql) -> {
          StringBuilder text = new StringBuilder();
          session.forEachRow(
              "EXPLAIN\n" + sql, row -> text.append(row.getLast()).append(System.lineSeparator()));
          return new Answer.Plan(text.toString().stripTrailing());
        });
  }

  Answer.Written export(Question.Export asked, Progress progress) {
    return ask(
        asked.sql(),
        asked.asOf(),
        progress,
        (session, sql) ->
            ExportFile.write(
                asked.to(),
                file ->
                    switch (asked.form()) {
                      case CSV -> csv(session, sql, file, progress);
                      case PARQUET ->
                          new ParquetFile(engine, scratch)
                              .write(session, sql, session.describe(sql), file, progress);
                    }));
  }

  /// What is done with a query that is known to be a sound SELECT.
  private interface Use<T> {
    T of(SqlSession session, String sql);
  }

  private <T> T ask(String text, Optional<Instant> asOf, Progress progress, Use<T> use) {
    TableQuery tables = new TableQuery(lakes, own, asOf);
    try (SqlSession session = engine.session();
        CancelWatch _ = CancelWatch.over(session, progress, "query")) {
      String sql = single(tables.prepare(text, session));
      // Only what can stand as a view is run, so that looking changes nothing.
      session.query(ASKED, sql);
      progress.report("reading", 0, 0);
      return use.of(session, sql);
    } catch (MillraceException e) {
      throw tables.advised(e);
    }
  }

  private static String single(String sql) {
    String one = sql.strip();
    while (one.endsWith(";")) {
      one = one.substring(0, one.length() - 1).strip();
    }
    if (one.isEmpty()) {
      throw new MillraceException(
          ErrorCode.USAGE, "There is no SQL", "write a SELECT, for example SELECT 1");
    }
    return one;
  }

  private static List<Answer.QueryColumn> columns(SqlSession session) {
    List<Answer.QueryColumn> columns = new ArrayList<>();
    session.forEachRow(
        "DESCRIBE " + ASKED,
        row ->
            columns.add(
                new Answer.QueryColumn(String.valueOf(row.get(0)), String.valueOf(row.get(1)))));
    return columns;
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static long csv(SqlSession session, String sql, Path file, Progress progress)
      throws IOException {
    return CsvFile.write(
        file,
        progress,
        csv -> {
          csv.head(columns(session).stream().map(Answer.QueryColumn::name).toList());
          session.answer(sql, _ -> {}, row -> csv.row(flat(row)));
        });
  }

  /// The row with what is nested as JSON text.
  private static List<Object> flat(List<Object> row) {
    List<Object> flat = new ArrayList<>(row);
    flat.replaceAll(value -> NestedValue.isNested(value) ? NestedValue.json(value) : value);
    return flat;
  }
}
