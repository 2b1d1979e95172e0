package dev.millrace.engine.warehouse;

import java.util.List;

/// Takes the rows of a query, one after another, on the thread that asked.
public interface RowReader {

  /// Told once, before the first row.
  void columns(List<QueryColumn> columns);

  /// @param values by column: String, Boolean, Integer, Long, Double, BigDecimal, Instant,
  ///   LocalDate, byte[] or null; other types as text
  void row(List<Object> values);

  /// A column of a query.
  ///
  /// @param type in standard SQL's words, for example `TIMESTAMP WITH TIME ZONE`
  record QueryColumn(String name, String type) {}
}
