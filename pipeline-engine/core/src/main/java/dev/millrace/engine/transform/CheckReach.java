package dev.millrace.engine.transform;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Checks that the columns a table's reach names are there and of the right type.
public final class CheckReach {

  private static final Set<ColumnType> TIMESTAMP = Set.of(ColumnType.TIMESTAMP);
  private static final Set<ColumnType> START = Set.of(ColumnType.TIMESTAMP, ColumnType.DATE);

  private CheckReach() {}

  /// What is wrong, each as a sentence that goes on from the table's name; empty when all is right.
  ///
  /// @param source schema of a source
  /// @param output what the table's SQL gives
  public static List<String> faults(
      DerivedTable table, Function<TableName, Schema> source, Schema output) {
    List<String> faults = new ArrayList<>();
    switch (table.reach()) {
      case Reach.Whole() -> {}
      case Reach.Lookback lookback -> {
        TableName from = table.from().getFirst();
        Schema read = source.apply(from);
        require(faults, "lookback", from + " has", read, lookback.time(), TIMESTAMP);
        require(faults, "lookback", "its SQL gives", output, lookback.time(), TIMESTAMP);
        Set<ColumnType> any = Set.of(ColumnType.values());
        require(faults, "lookback", from + " has", read, lookback.entity(), any);
        require(faults, "lookback", "its SQL gives", output, lookback.entity(), any);
      }
      case Reach.Window window -> {
        TableName from = table.from().getFirst();
        require(faults, "window", from + " has", source.apply(from), window.time(), TIMESTAMP);
        require(faults, "window", "its SQL gives", output, window.start(), START);
      }
    }
    return faults;
  }

  /// @throws MillraceException `DEFINITION` with everything that is wrong
  static void of(DerivedTable table, Sources sources, Schema output) {
    List<String> faults =
        faults(
            table,
            name ->
                sources.tables().stream()
                    .filter(source -> source.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .table()
                    .schema(),
            output);
    if (!faults.isEmpty()) {
      throw new MillraceException(
          ErrorCode.DEFINITION,
          table.name() + " " + String.join("; ", faults),
          "name other columns in pipeline.yaml, or leave lookback and window out");
    }
  }

  private static void require(
      List<String> faults,
      String key,
      String where,
      Schema schema,
      String column,
      Set<ColumnType> types) {
    String told =
        schema
            .column(column)
            .map(Column::type)
            .map(type -> types.contains(type) ? "" : " as " + type.sqlName())
            .orElse(" no such column");
    if (!told.isEmpty()) {
      faults.add("names " + column + " in its " + key + ", which " + where + told);
    }
  }
}
