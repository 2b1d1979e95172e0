package dev.millrace.engine.quality.profile;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.quality.profile.Profile.ColumnProfile;
import dev.millrace.engine.quality.profile.Profile.Frequent;
import dev.millrace.engine.transform.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Looks at every column of a view: all figures in one scan, then the frequent values of the
/// columns that have few, and the shape of texts that have many.
///
/// For one thread, that of the session.
public final class ProfileData {

  /// Different values up to which a column is taken for one of a fixed set.
  static final int FEW = 25;

  private final SqlSession session;
  private final String view;

  public ProfileData(SqlSession session, String view) {
    this.session = session;
    this.view = view;
  }

  /// @param data name of the table or file, for people
  /// @param schema columns of the view to look at
  /// @param key columns that name a row, where they are known
  /// @throws MillraceException `USAGE` when there is no row
  public Profile profile(String data, Schema schema, List<String> key) {
    Map<String, Object> scan = session.rows(aggregates(schema)).getFirst();
    long rows = number(scan.get("rows"));
    if (rows == 0) {
      throw new MillraceException(
          ErrorCode.USAGE,
          data + " has no rows to learn from; nothing is proposed",
          "give a file, table or slice with rows");
    }
    List<ColumnProfile> columns = new ArrayList<>();
    Propose propose = new Propose(rows);
    propose.table(schema, key);
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.columns().get(i);
      ColumnProfile seen = column(column, scan, i, rows);
      columns.add(seen);
      propose.column(seen, shape(seen));
    }
    return new Profile(data, rows, columns, propose.proposals());
  }

  private String aggregates(Schema schema) {
    StringBuilder sql = new StringBuilder("SELECT count(*) AS rows");
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.columns().get(i);
      String name = quoted(column.name());
      add(sql, "count(" + name + ")", "c", i);
      if (column.type() == ColumnType.BINARY) {
        continue;
      }
      add(sql, "approx_count_distinct(" + name + ")", "d", i);
      add(sql, "min(" + name + ")", "lo", i);
      add(sql, "max(" + name + ")", "hi", i);
      switch (column.type()) {
        case INT, BIGINT, DOUBLE -> {
          add(sql, "avg(" + name + ")", "avg", i);
          add(sql, quantile(0.005, name), "q0", i);
          add(sql, quantile(0.5, name), "q1", i);
          add(sql, quantile(0.995, name), "q2", i);
        }
        case STRING -> {
          add(sql, "min(length(" + name + "))", "s", i);
          add(sql, "max(length(" + name + "))", "l", i);
        }
        case BOOLEAN, TIMESTAMP, DATE, BINARY -> {}
      }
    }
    return sql.append(" FROM ").append(quoted(view)).toString();
  }

  /// Approximate, so that no column need be sorted or held.
  private static String quantile(double share, String name) {
    return "approx_quantile(" + name + ", " + share + ")";
  }

  private static void add(StringBuilder sql, String expression, String what, int column) {
    sql.append(", ").append(expression).append(" AS ").append(what).append(column);
  }

  private ColumnProfile column(Column column, Map<String, Object> scan, int i, long rows) {
    long distinct = number(scan.get("d" + i));
    long present = number(scan.get("c" + i));
    List<Frequent> frequent = List.of();
    if (column.type() != ColumnType.BINARY && distinct <= 2 * FEW && present > 0) {
      frequent = frequent(column.name());
      if (frequent.size() <= FEW) {
        distinct = frequent.size();
      }
    } else if (present > 0 && distinct > present * 0.95 && column.type() != ColumnType.BINARY) {
      distinct =
          number(
              session
                  .rows(
                      "SELECT count(DISTINCT %s) AS n FROM %s"
                          .formatted(quoted(column.name()), quoted(view)))
                  .getFirst()
                  .get("n"));
    }
    return new ColumnProfile(
        column.name(),
        column.type(),
        rows - present,
        distinct,
        text(scan.get("lo" + i)),
        text(scan.get("hi" + i)),
        real(scan.get("avg" + i)),
        real(scan.get("q0" + i)),
        real(scan.get("q1" + i)),
        real(scan.get("q2" + i)),
        whole(scan.get("s" + i)),
        whole(scan.get("l" + i)),
        frequent.size() <= FEW ? frequent : frequent.subList(0, FEW));
  }

  private List<Frequent> frequent(String column) {
    List<Frequent> frequent = new ArrayList<>();
    session.forEachRow(
        "SELECT %1$s, count(*) FROM %2$s WHERE %1$s IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %3$d"
            .formatted(quoted(column), quoted(view), FEW + 1),
        row -> frequent.add(new Frequent(row.getFirst(), number(row.get(1)))));
    return frequent;
  }

  /// The one shape that all of a column's many texts have, a run of digits written `9`; empty when
  /// there are several.
  private Optional<String> shape(ColumnProfile column) {
    if (column.type() != ColumnType.STRING
        || column.distinct() <= FEW
        || column.longest().orElse(Long.MAX_VALUE) > 200) {
      return Optional.empty();
    }
    List<Map<String, Object>> shapes =
        session.rows(
            "SELECT regexp_replace(%1$s, '[0-9]+', '9', 'g') AS shape, count(*) AS n FROM %2$s WHERE %1$s IS NOT NULL GROUP BY 1 LIMIT 2"
                .formatted(quoted(column.name()), quoted(view)));
    return shapes.size() == 1
        ? Optional.of(String.valueOf(shapes.getFirst().get("shape")))
        : Optional.empty();
  }

  private static Optional<String> text(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static OptionalDouble real(@Nullable Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue())
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  private static OptionalLong whole(@Nullable Object value) {
    return value instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
