package dev.millrace.engine.quality;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The tables that a pipeline has. Stateless; any thread may ask.
public final class KnownTables {

  private KnownTables() {}

  /// Those that its definition makes, in order.
  public static Set<TableName> defined(Pipeline pipeline) {
    Set<TableName> tables = new TreeSet<>();
    pipeline.feeds().stream().map(Feed::bronze).forEach(tables::add);
    pipeline.tables().stream().map(DerivedTable::name).forEach(tables::add);
    return tables;
  }

  /// Refuses a table that is neither defined nor in the lake.
  ///
  /// @throws MillraceException `USAGE`, with the tables that there are
  public static void require(Pipeline pipeline, TableName table, Lake lake) {
    if (!defined(pipeline).contains(table) && lake.find(table).isEmpty()) {
      throw unknown(pipeline, table);
    }
  }

  static MillraceException unknown(Pipeline pipeline, TableName table) {
    return new MillraceException(
        ErrorCode.USAGE,
        pipeline.name() + " has no table " + table,
        "name one of "
            + defined(pipeline).stream()
                .map(TableName::toString)
                .collect(Collectors.joining(", ")));
  }
}
