package dev.millrace.app.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows of the incremental bench, with their ratios to the smallest standing table and to a
/// rebuild.
public final class IncrementalReport {

  private final Map<Long, Size> sizes = new LinkedHashMap<>();
  private final List<IncrementalBench.Row> rows;

  private record Size(IncrementalBench.Row rebuild, List<IncrementalBench.Row> runs) {

    double wall() {
      return median(
          runs.stream().mapToDouble(IncrementalBench.Row::wallSeconds).sorted().toArray());
    }

    double cpu() {
      return median(runs.stream().mapToDouble(IncrementalBench.Row::cpuSeconds).sorted().toArray());
    }

    private static double median(double[] sorted) {
      return sorted[sorted.length / 2];
    }
  }

  /// @param all of each size first the rebuild, then its runs
  public IncrementalReport(List<IncrementalBench.Row> all) {
    rows = List.copyOf(all);
    for (IncrementalBench.Row row : all) {
      if (row.run().equals("rebuild")) {
        sizes.put(row.standing(), new Size(row, new ArrayList<>()));
      } else {
        Size size = sizes.get(row.standing());
        if (size == null) {
          throw new IllegalArgumentException("a run before its rebuild");
        }
        size.runs().add(row);
      }
    }
  }

  /// Per standing size the median run.
  public List<Map<String, Object>> sizes() {
    List<Map<String, Object>> told = new ArrayList<>();
    Size first = sizes.values().iterator().next();
    for (Size size : sizes.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("standing", size.rebuild().standing());
      row.put("wall_s", rounded(size.wall()));
      row.put("cpu_s", rounded(size.cpu()));
      row.put("wall_to_smallest", rounded(size.wall() / first.wall()));
      row.put("cpu_to_smallest", rounded(size.cpu() / first.cpu()));
      row.put("rebuild_wall_s", rounded(size.rebuild().wallSeconds()));
      row.put("rebuild_cpu_s", rounded(size.rebuild().cpuSeconds()));
      row.put("cpu_to_rebuild", rounded(size.cpu() / size.rebuild().cpuSeconds()));
      told.add(row);
    }
    return told;
  }

  public List<Map<String, Object>> runs() {
    List<Map<String, Object>> told = new ArrayList<>();
    for (IncrementalBench.Row run : rows) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("standing", run.standing());
      row.put("run", run.run());
      row.put("wall_s", rounded(run.wallSeconds()));
      row.put("cpu_s", rounded(run.cpuSeconds()));
      row.put("rows_read", run.rowsRead());
      row.put("mb_read", Math.round(run.bytesRead() / 1e6));
      row.put("rows_written", run.rowsWritten());
      row.putAll(run.parts());
      told.add(row);
    }
    return told;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
