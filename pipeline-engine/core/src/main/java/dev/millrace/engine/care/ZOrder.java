package dev.millrace.engine.care;

import dev.millrace.engine.model.Schema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An order of rows in which near values of several columns lie near each other.
///
/// Each column's values are cut into ranges of about equal numbers of rows; the bits of the ranges'
/// numbers are taken in turn, the highest first, and rows are sorted by the number they make (G. M.
/// Morton, "A Computer Oriented Geodetic Data Base and a New Technique in File Sequencing", IBM,
/// 1966; by ranges rather than values as Delta Lake's OPTIMIZE ZORDER BY does it). So a file's
/// bounds are narrow in all of the columns, and a filter on any of them skips most files.
final class ZOrder {

  /// More columns than these would each be served too badly.
  static final int MOST_COLUMNS = 4;

  private static final int BITS = 10;
  private static final int RANGES = 1 << BITS;

  private ZOrder() {}

  /// The rows of a view in that order.
  ///
  /// @param columns at least one, at most {@link #MOST_COLUMNS}
  static String query(String view, Schema schema, List<String> columns) {
    String ranges =
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    "CAST(floor((rank() OVER (ORDER BY %s ASC NULLS FIRST) - 1) * %d.0 / count(*) OVER ()) AS BIGINT) AS _z%d"
                        .formatted(Sql.name(columns.get(i)), RANGES, i))
            .collect(Collectors.joining(", "));
    String key =
        IntStream.range(0, BITS)
            .boxed()
            .flatMap(
                bit ->
                    IntStream.range(0, columns.size())
                        .mapToObj(
                            i ->
                                "(((_z%d >> %d) & 1) << %d)"
                                    .formatted(
                                        i, bit, bit * columns.size() + columns.size() - 1 - i)))
            .collect(Collectors.joining(" + "));
    return "SELECT %s FROM (SELECT *, %s FROM %s) AS ranged ORDER BY %s"
        .formatted(Sql.columns(schema), ranges, view, key);
  }
}
