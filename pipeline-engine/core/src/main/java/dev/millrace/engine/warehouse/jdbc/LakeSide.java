package dev.millrace.engine.warehouse.jdbc;

import static dev.millrace.engine.warehouse.jdbc.SqlNames.quoted;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.transform.CancelWatch;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.warehouse.jdbc.Dialect.Words;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A version of a lake table, asked by the embedded engine. Rows are as a warehouse takes them in:
/// the character NUL, which none holds, is U+FFFD. For one thread.
final class LakeSide implements AutoCloseable {

  /// The embedded engine's words.
  static final Words WORDS =
      new Words() {
        @Override
        public String days(String date) {
          return "(" + date + " - DATE '1970-01-01')";
        }

        @Override
        public String micros(String timestamp) {
          return "epoch_us(" + timestamp + ")";
        }

        @Override
        public String hex(String bytes) {
          return "lower(hex(" + bytes + "))";
        }

        @Override
        public String digest(String text) {
          return "CAST('0x' || substr(md5(" + text + "), 1, 15) AS BIGINT)";
        }
      };

  private static final String FILES = "load_files";
  static final String ROWS = "load_rows";

  private final SqlSession session;
  private final CancelWatch watch;

  LakeSide(SqlEngine engine, String what, Schema schema, List<LakeFile> files, Progress progress) {
    session = engine.session();
    watch = CancelWatch.over(session, progress, what);
    try {
      session.view(FILES, schema, files);
      session.query(
          ROWS,
          "SELECT %s FROM %s"
              .formatted(
                  schema.columns().stream().map(LakeSide::taken).collect(Collectors.joining(", ")),
                  FILES));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static String taken(Column column) {
    String name = quoted(column.name());
    return column.type() == ColumnType.STRING
        ? "replace(%1$s, chr(0), chr(65533)) AS %1$s".formatted(name)
        : name;
  }

  /// Hands over each row of a query; the list is used again.
  void forEachRow(String sql, Consumer<List<Object>> row) {
    session.forEachRow(sql, row);
  }

  @Override
  public void close() {
    watch.close();
    session.close();
  }
}
