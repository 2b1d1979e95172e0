package dev.millrace.app.fire;

import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.FleetSettings;
import dev.millrace.simulator.LiveRun;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.sink.KafkaSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// One pipeline under fire: its fleet, its topic, its lake.
///
/// Commits are small and frequent, so that a fault finds one under way. Events are malformed, late
/// and doubled in parts; the fleet's clock stands shortly after midnight, so that late events make
/// batches of two days.
final class Line {

  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:01Z");
  private static final double RATE = 4_000;

  private final Home home;
  private final Pipeline pipeline;
  private final FleetSettings fleet;
  private final SplittableRandom random;

  private Line(Home home, Pipeline pipeline, FleetSettings fleet, SplittableRandom random) {
    this.home = home;
    this.pipeline = pipeline;
    this.fleet = fleet;
    this.random = random;
  }

  static Line lay(Home home, String name, String servers, SplittableRandom random)
      throws IOException {
    Path folder = Files.createDirectories(home.pipelines().resolve(name));
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: %1$s
        version: 0.1.0
        feeds:
          readings:
            kafka: { topic: %1$s-readings, partitions: 3, key: sensor_id }
            schema:
              sensor_id: string not null
              sensor_type: string not null
              value: double
              unit: string
              event_time: timestamp not null
            roles: { entity: sensor_id, kind: sensor_type, value: value, unit: unit, time: event_time }
            watermark: 10m
            trigger: 1s
            batch: 2000
        """
            .formatted(name));
    Files.writeString(
        folder.resolve("simulator.yaml"),
        """
        rate: 1000
        malformed: 0.02
        late: 0.05
        late-by: [15m, 60m]
        duplicates: 0.02
        signals:
          temperature: { sensors: 60, unit: "C", base: 21.5, noise: 0.2, decimals: 2 }
        """);
    Pipeline pipeline = PipelineReader.read(folder);
    FleetSettings fleet = Simulators.settings(pipeline, PipelineFolder.of(folder));
    KafkaTopics.ensure(servers, pipeline.feeds().getFirst());
    return new Line(home, pipeline, fleet, random.split());
  }

  String name() {
    return pipeline.name();
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Feed feed() {
    return pipeline.feeds().getFirst();
  }

  String topic() {
    return feed().kafka().topic();
  }

  String group() {
    return "millrace-" + name() + "-" + feed().name();
  }

  Path lake() {
    return home.lake(name());
  }

  /// Sends so many events at once.
  void send(String servers, long events) {
    try (KafkaSink sink = sink(servers)) {
      var _ =
          Simulators.batch(
              pipeline,
              fleet,
              random.nextLong(),
              events,
              new BatchTimes.From(MIDNIGHT, fleet.rate()),
              sink,
              TruthLog.none(),
              Progress.NONE);
    }
  }

  private KafkaSink sink(String servers) {
    return KafkaSink.open(servers, topic(), Map.of("delivery.timeout.ms", 300_000));
  }

  /// Sends on and on, until closed; then all that was sent stands in the topic.
  Traffic traffic(String servers) {
    LiveSimulator live =
        Simulators.live(
            pipeline,
            fleet.withRate(RATE),
            random.nextLong(),
            LiveRun.FOREVER,
            sink(servers),
            TruthLog.none());
    live.start();
    return () -> {
      live.close();
      live.failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
    };
  }

  /// Events on their way.
  interface Traffic extends AutoCloseable {
    @Override
    void close();
  }
}
