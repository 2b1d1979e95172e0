package dev.millrace.engine.care;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.transform.OneQuery;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// SQL that a person writes, asked of the tables: it changes nothing, and reads no other file.
///
/// Only what can stand as a view is run, in an engine that reaches nothing but the lakes' files. A
/// text that is no such query is refused with `USAGE`. Any thread may call.
public final class AskTables {

  private final TableQuery tables;
  private final Supplier<SqlEngine> confined;

  /// @param confined opens an engine that reaches the lakes' files only; closed after each question
  public AskTables(TableQuery tables, Supplier<SqlEngine> confined) {
    this.tables = tables;
    this.confined = confined;
  }

  /// The rows of one query, values as {@link SqlSession#rows} has them.
  public List<Map<String, Object>> rows(String sql) {
    String query = OneQuery.in(sql);
    try (SqlEngine engine = confined.get();
        SqlSession session = engine.session()) {
      String text = tables.prepare(query, session);
      session.query("answer", text);
      return session.rows(text);
    } catch (MillraceException e) {
      throw e.what().contains("disabled by configuration") ? outside(e) : e;
    }
  }

  private static MillraceException outside(MillraceException cause) {
    return new MillraceException(
        ErrorCode.USAGE,
        "The SQL reads something that is none of the lake's tables: " + cause.what(),
        "'millrace table ls' lists the tables; bring other data in through a feed",
        cause);
  }
}
