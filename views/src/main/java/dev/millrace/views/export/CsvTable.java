package dev.millrace.views.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Rows as RFC 4180 writes them. Any thread may call, one at a time.
public final class CsvTable {

  private final List<List<String>> rows = new ArrayList<>();

  public CsvTable(String... columns) {
    rows.add(List.of(columns));
  }

  /// @param values texts and numbers; null and NaN are empty
  public void add(Object... values) {
    List<String> row = new ArrayList<>(values.length);
    for (Object value : values) {
      row.add(value == null || value.equals(Double.NaN) ? "" : value.toString());
    }
    rows.add(row);
  }

  public String text() {
    return rows.stream()
        .map(row -> row.stream().map(CsvTable::field).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String field(String value) {
    return value.matches("(?s).*[\",\\r\\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
