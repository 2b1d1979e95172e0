package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.warehouse.RowReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs a person's SELECT. For one run.
///
/// Three things keep it from changing anything: it is one statement, the database agrees that it
/// can stand within a SELECT, and its transaction is read-only.
final class RunQuery {

  private static final int FETCHED = 10_000;
  private static final String BEFORE = "EXPLAIN SELECT * FROM (\n";
  private static final String AFTER = "\n) AS asked";
  private static final Pattern POSITION = Pattern.compile("\\s*Position: (\\d+)");
  private static final Pattern NO_TABLE =
      Pattern.compile("relation \"(?:[^\"]*\\.)?([^\".]+)\" does not exist");
  private static final String CANCELLED_BY_USER = "57014";

  private final Connection connection;
  private final List<String> tables;
  private final Progress progress;

  /// @param connection in a read-only transaction, the pipeline's schema first in its search path
  /// @param tables the pipeline's tables, of which a mistyped name may mean one
  RunQuery(Connection connection, Collection<String> tables, Progress progress) {
    this.connection = connection;
    this.tables = List.copyOf(tables);
    this.progress = progress;
  }

  /// @param limit at most this many rows; 0 for all
  void rows(String sql, int limit, RowReader reader) throws SQLException {
    String one = judged(sql);
    try (Statement statement = connection.createStatement();
        CancelStatement _ = CancelStatement.over(statement, progress)) {
      statement.setEscapeProcessing(false);
      statement.setFetchSize(FETCHED);
      statement.setMaxRows(limit);
      try (ResultSet rows = statement.executeQuery(one)) {
        SqlValues values = new SqlValues(rows);
        int width = values.columns().size();
        reader.columns(values.columns());
        while (rows.next()) {
          List<@Nullable Object> row = new ArrayList<>(width);
          for (int i = 0; i < width; i++) {
            row.add(values.value(i));
          }
          reader.row(Collections.unmodifiableList(row));
          if (progress.cancelled()) {
            throw cancelled();
          }
        }
      }
    } catch (SQLException e) {
      throw explained(e, one, 0);
    }
  }

  /// How the database would run it, a line a row.
  List<String> plan(String sql) throws SQLException {
    String one = judged(sql);
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery("EXPLAIN " + one)) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  private String judged(String sql) throws SQLException {
    String one = SingleStatement.of(sql);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      boolean _ = statement.execute(BEFORE + one + AFTER);
      return one;
    } catch (SQLException e) {
      throw explained(e, one, BEFORE.length());
    }
  }

  /// @param offset signs before the query in what was sent
  private SQLException explained(SQLException cause, String sql, int offset) {
    if (CANCELLED_BY_USER.equals(cause.getSQLState()) && progress.cancelled()) {
      throw cancelled();
    }
    String state = String.valueOf(cause.getSQLState());
    boolean ofTheQuery = state.startsWith("42") || state.startsWith("22") || state.startsWith("0A");
    if (!ofTheQuery && !"25006".equals(state)) {
      return cause;
    }
    String text = String.valueOf(cause.getMessage());
    Matcher position = POSITION.matcher(text);
    String where = "";
    if (position.find()) {
      int place = Integer.parseInt(position.group(1)) - 1 - offset;
      if (place >= 0 && place <= sql.length()) {
        long line = 1 + sql.substring(0, place).chars().filter(c -> c == '\n').count();
        where = ", line " + line + ": " + excerpt(sql, place);
      }
    }
    throw new MillraceException(
        ErrorCode.SQL,
        position.replaceAll("").strip().replaceAll("\\s*\\n\\s*", " ") + where,
        remedy(text),
        cause);
  }

  private String remedy(String text) {
    Matcher unknown = NO_TABLE.matcher(text);
    return (unknown.find() ? Nearest.to(unknown.group(1), tables) : Optional.<String>empty())
        .map(near -> "did you mean " + near + "? nothing was changed")
        .orElse("mend the SQL: one SELECT over the warehouse's tables; nothing was changed");
  }

  private static String excerpt(String sql, int place) {
    int from = sql.lastIndexOf('\n', Math.max(0, place - 1)) + 1;
    int to = sql.indexOf('\n', place);
    return sql.substring(Math.min(from, place), to < 0 ? sql.length() : to).strip();
  }

  private static MillraceException cancelled() {
    return new MillraceException(
        ErrorCode.CANCELLED, "The query was cancelled", "run it again at any time");
  }
}
