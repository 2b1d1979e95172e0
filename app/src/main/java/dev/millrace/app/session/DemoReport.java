package dev.millrace.app.session;

import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PartitionStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.assembly.LocalEngine;
import dev.millrace.engine.assembly.PipelineHost;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.SqlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What a run of the demo brought where: totals of the home's tables, and the seconds of each step.
///
/// `produced` counts every event ever sent to the feed's topic, so that it is `bronze` plus
/// `dead_letters` after every run with the same home. For one thread.
public final class DemoReport {

  private final Pipeline pipeline;
  private final Map<String, Object> object = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final long startNanos = System.nanoTime();

  public DemoReport(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// Does a step and keeps its time.
  public <T> T time(String step, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    seconds.put(step, seconds(System.nanoTime() - start));
    return result;
  }

  /// Reads what arrived where.
  public void fill(LocalEngine engine) {
    PipelineHost host = engine.host(pipeline.name());
    PipelineStatus status = engine.refreshed().pipeline(pipeline.name()).orElseThrow();
    StreamStatus stream = status.streams().getFirst();
    Map<TableName, Long> rows = new TreeMap<>();
    status.tables().forEach(t -> rows.put(t.table(), t.rows()));
    DerivedTable silver =
        pipeline.tables().stream()
            .filter(t -> t.name().layer() == Layer.SILVER)
            .findFirst()
            .orElseThrow();
    TableName bronze = silver.from().getFirst();

    object.put("produced", stream.partitions().stream().mapToLong(PartitionStatus::end).sum());
    object.put("bronze", rows.getOrDefault(bronze, 0L));
    object.put("dead_letters", total(rows, Layer.DEAD_LETTERS));
    object.put("late", stream.late());
    object.put("duplicates", duplicates(host, bronze, silver.key()));
    object.put("silver", rows.getOrDefault(silver.name(), 0L));
    object.put(
        "anomalies", count(host, silver.name(), "SELECT count(*) AS n FROM t WHERE is_anomaly"));
    Map<String, Long> gold = new LinkedHashMap<>();
    rows.forEach(
        (table, count) -> {
          if (table.layer() == Layer.GOLD) {
            gold.put(table.toString(), count);
          }
        });
    object.put("gold", gold);
    Map<String, Double> quality = new LinkedHashMap<>();
    for (TableStatus table : status.tables()) {
      table.quality().ifPresent(q -> quality.put(table.table().toString(), q.percent()));
    }
    object.put("quality", quality);
    Map<String, Long> loaded = new LinkedHashMap<>();
    for (LoadStatus load : status.loads()) {
      loaded.put(load.target(), load.rows());
    }
    object.put("loaded", loaded);
    steps(status.runs().getFirst());
  }

  /// One JSON object's worth.
  public Map<String, Object> object() {
    Map<String, Object> whole = new LinkedHashMap<>(object);
    Map<String, Double> times = new LinkedHashMap<>(seconds);
    times.put("total", seconds(System.nanoTime() - startNanos));
    whole.put("seconds", times);
    return whole;
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    object()
        .forEach(
            (key, value) -> {
              if (value instanceof Map<?, ?> parts) {
                lines.add(key);
                parts.forEach((part, v) -> lines.add("  %-36s %s".formatted(part, figure(v))));
              } else {
                lines.add("%-38s %s".formatted(key, figure(value)));
              }
            });
    return lines;
  }

  private void steps(FlowRun run) {
    for (FlowRun.StepRun step : run.steps()) {
      if (step.startedAt().isPresent() && step.finishedAt().isPresent()) {
        seconds.put(
            step.step(),
            seconds(Duration.between(step.startedAt().get(), step.finishedAt().get()).toNanos()));
      }
    }
  }

  private static long total(Map<TableName, Long> rows, Layer layer) {
    return rows.entrySet().stream()
        .filter(e -> e.getKey().layer() == layer)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Events whose key came more than once, less one each.
  private static long duplicates(PipelineHost host, TableName table, List<String> key) {
    String columns = String.join(", ", key);
    return count(
        host,
        table,
        "SELECT coalesce(sum(n - 1), 0)::BIGINT AS n FROM (SELECT count(*) AS n FROM t GROUP BY "
            + columns
            + ")");
  }

  /// The figure `n` of a query over the table, which stands as `t`.
  private static long count(PipelineHost host, TableName table, String sql) {
    LakeTable lakeTable = host.lake().find(table).orElseThrow();
    try (SqlSession session = host.sql().session()) {
      session.view("t", lakeTable.schema(), lakeTable.snapshot().files());
      Object n = session.rows(sql).getFirst().get("n");
      if (!(n instanceof Number figure)) {
        throw new IllegalStateException("No figure n from " + sql);
      }
      return figure.longValue();
    }
  }

  private static String figure(Object value) {
    return switch (value) {
      case Long whole -> "%,d".formatted(whole);
      case Double number -> "%,.2f".formatted(number);
      default -> value.toString();
    };
  }

  private static double seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos) / 1e3;
  }
}
