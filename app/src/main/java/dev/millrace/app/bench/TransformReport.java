package dev.millrace.app.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows of the transform bench: per table both ways and their ratio.
public final class TransformReport {

  private TransformReport() {}

  /// @param all per table one row of each way, the baseline's first
  public static List<Map<String, Object>> rows(List<TransformBench.Row> all) {
    Map<String, List<TransformBench.Row>> tables = new LinkedHashMap<>();
    for (TransformBench.Row row : all) {
      tables.computeIfAbsent(row.table(), _ -> new ArrayList<>()).add(row);
      tables.computeIfAbsent("all", _ -> new ArrayList<>()).add(row);
    }
    List<TransformBench.Row> sum = tables.remove("all");
    if (sum != null) {
      tables.put("all", sum);
    }
    List<Map<String, Object>> told = new ArrayList<>();
    tables.forEach(
        (table, rows) -> {
          String baseline = rows.getFirst().way();
          double bareWall = 0;
          double bareCpu = 0;
          double wall = 0;
          double cpu = 0;
          for (TransformBench.Row row : rows) {
            if (row.way().equals(baseline)) {
              bareWall += row.wallSeconds();
              bareCpu += row.cpuSeconds();
            } else {
              wall += row.wallSeconds();
              cpu += row.cpuSeconds();
            }
          }
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("table", table);
          row.put("bare_wall_s", rounded(bareWall));
          row.put("bare_cpu_s", rounded(bareCpu));
          row.put("wall_s", rounded(wall));
          row.put("cpu_s", rounded(cpu));
          row.put("cpu_to_bare", rounded(cpu / bareCpu));
          told.add(row);
        });
    return told;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
