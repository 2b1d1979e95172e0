package dev.millrace.engine.assembly;

import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.metric.Gauges;
import dev.millrace.engine.metric.MeterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Puts a snapshot of the engine into the gauges. For one thread at a time.
final class EngineGauges {

  private final Gauges gauges;

  EngineGauges(Gauges gauges) {
    this.gauges = gauges;
  }

  void show(EngineSnapshot snapshot) {
    Gauges.Values values = new Gauges.Values();
    for (ServiceStatus service : snapshot.services()) {
      values.set(MeterName.SERVICE_UP, service.up() ? 1 : 0, service.name());
    }
    for (PipelineStatus pipeline : snapshot.pipelines()) {
      String name = pipeline.definition().name();
      pipeline.streams().forEach(stream -> stream(values, name, stream, snapshot.at()));
      pipeline.tables().forEach(table -> table(values, name, table, snapshot.at()));
      pipeline.loads().forEach(load -> load(values, name, load, snapshot.at()));
      live(values, name, pipeline.live());
    }
    gauges.show(values);
  }

  private static void stream(
      Gauges.Values values, String pipeline, StreamStatus stream, Instant now) {
    String feed = stream.feed();
    boolean runs = stream.state() == StreamState.RUNNING;
    values.set(MeterName.STREAM_RUNNING, runs ? 1 : 0, pipeline, feed);
    values.set(MeterName.STREAM_OPEN, stream.openBatch(), pipeline, feed);
    values.set(MeterName.TOPIC_LAG, stream.lag(), pipeline, feed);
    stream
        .watermark()
        .ifPresent(
            at -> values.set(MeterName.STREAM_WATERMARK_DELAY, seconds(at, now), pipeline, feed));
    stream
        .lastCommit()
        .ifPresent(at -> values.set(MeterName.STREAM_COMMIT_AGE, seconds(at, now), pipeline, feed));
  }

  private static void table(Gauges.Values values, String pipeline, TableStatus table, Instant now) {
    String name = table.table().toString();
    values.set(MeterName.TABLE_ROWS, table.rows(), pipeline, name);
    values.set(MeterName.TABLE_SIZE, table.bytes(), pipeline, name);
    values.set(MeterName.TABLE_FILES, table.files(), pipeline, name);
    values.set(MeterName.TABLE_VERSION, table.version(), pipeline, name);
    values.set(MeterName.TABLE_AGE, seconds(table.committedAt(), now), pipeline, name);
    table
        .quality()
        .ifPresent(
            score -> {
              values.set(MeterName.QUALITY_SCORE, score.percent() / 100, pipeline, name);
              values.set(MeterName.QUALITY_AGE, seconds(score.validatedAt(), now), pipeline, name);
            });
  }

  private static void load(Gauges.Values values, String pipeline, LoadStatus load, Instant now) {
    values.set(MeterName.WAREHOUSE_ROWS, load.rows(), pipeline, load.target());
    load.loadedAt()
        .ifPresent(
            at -> values.set(MeterName.WAREHOUSE_AGE, seconds(at, now), pipeline, load.target()));
  }

  private static void live(Gauges.Values values, String pipeline, LiveSnapshot live) {
    values.set(MeterName.LIVE_LATENCY_P99, live.latencyP99Millis() / 1_000, pipeline);
    Map<String, double[]> kinds = new TreeMap<>();
    for (int i = 0; i < live.conditions().size(); i++) {
      double[] sums = kinds.computeIfAbsent(live.latest().get(i).kind(), _ -> new double[3]);
      sums[0]++;
      sums[1] += live.conditions().get(i).health();
    }
    live.anomalyCounts()
        .forEach(
            counted ->
                kinds.computeIfAbsent(counted.kind(), _ -> new double[3])[2] += counted.total());
    kinds.forEach(
        (kind, sums) -> {
          values.set(MeterName.LIVE_ENTITIES, sums[0], pipeline, kind);
          values.set(MeterName.LIVE_ANOMALIES, sums[2], pipeline, kind);
          if (sums[0] > 0) {
            values.set(MeterName.LIVE_HEALTH, sums[1] / sums[0], pipeline, kind);
          }
        });
  }

  private static double seconds(Instant since, Instant now) {
    return Math.max(0, Duration.between(since, now).toMillis() / 1e3);
  }
}
