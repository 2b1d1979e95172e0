package dev.millrace.app.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Samples of the ingest bench as rows, with their ratios to the baselines.
public final class IngestReport {

  private final Map<Measure, Sample> samples = new EnumMap<>(Measure.class);

  /// @param all one of each measure
  public IngestReport(List<Sample> all) {
    all.forEach(sample -> samples.put(sample.measure(), sample));
  }

  /// Per measure its speed; ratios are of events per CPU-second.
  public List<Map<String, Object>> speeds() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : samples.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("measure", sample.measure().title());
      row.put("events", sample.events());
      row.put("wall_s", rounded(sample.wallSeconds(), 100));
      row.put("cpu_s", rounded(sample.cpuSeconds(), 100));
      row.put("events_per_wall_s", Math.round(sample.perWallSecond()));
      row.put("events_per_cpu_s", Math.round(sample.perCpuSecond()));
      row.put("to_consumer", ratio(sample, Measure.CONSUME));
      row.put("to_decode", ratio(sample, Measure.DECODE));
      rows.add(row);
    }
    return rows;
  }

  /// What the CPU of each measure went to, in seconds and as a share of its process.
  public List<Map<String, Object>> parts() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : samples.values()) {
      sample
          .cpuByPart()
          .forEach(
              (part, seconds) -> {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("measure", sample.measure().title());
                row.put("part", part);
                row.put("cpu_s", rounded(seconds, 100));
                row.put("share", rounded(seconds / sample.cpuSeconds(), 1_000));
                row.put("ns_per_event", Math.round(seconds * 1e9 / sample.events()));
                rows.add(row);
              });
    }
    return rows;
  }

  private double ratio(Sample sample, Measure baseline) {
    Sample base = samples.get(baseline);
    return base == null ? 0 : rounded(sample.perCpuSecond() / base.perCpuSecond(), 1_000);
  }

  private static double rounded(double value, int steps) {
    return (double) Math.round(value * steps) / steps;
  }
}
