package dev.millrace.engine.warehouse;

import dev.millrace.engine.model.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a load did.
///
/// @param tables in the order of the definition, those without news included
public record LoadOutcome(List<TableLoad> tables) {

  public LoadOutcome {
    tables = List.copyOf(tables);
  }

  /// Whether any table had news.
  public boolean changed() {
    return tables.stream().anyMatch(TableLoad::changed);
  }

  /// Rows brought to the warehouse by this load.
  public long written() {
    return tables.stream().mapToLong(TableLoad::written).sum();
  }

  /// Rows each table holds now, by target, in the order of the definition.
  public Map<String, Long> rows() {
    Map<String, Long> rows = new LinkedHashMap<>();
    tables.forEach(table -> rows.put(table.target(), table.rows()));
    return rows;
  }

  /// One table of a load.
  ///
  /// @param changed whether the lake had news for it; without, nothing of it was touched
  /// @param written rows inserted, or merged
  /// @param deleted rows deleted before that
  /// @param rows rows the table holds now
  /// @param sourceVersion version of the lake table it holds now
  public record TableLoad(
      String target,
      TableName from,
      boolean changed,
      long written,
      long deleted,
      long rows,
      long sourceVersion) {}
}
