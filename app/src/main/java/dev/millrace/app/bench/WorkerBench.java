package dev.millrace.app.bench;

import dev.millrace.engine.ingest.StreamProgress;
import dev.millrace.engine.ingest.StreamWorker;
import dev.millrace.engine.ingest.kafka.KafkaEventSource;
import dev.millrace.engine.ingest.kafka.KafkaSetting;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.live.LiveState;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/// Brings a whole topic into Bronze with the worker of the product, live state and metrics
/// included.
final class WorkerBench {

  private static final String COMMIT = "commit Delta";
  private static final String LOOP = "stream loop";

  private final String servers;
  private final Home home;
  private final BenchFleet fleet;

  WorkerBench(String servers, Home home, BenchFleet fleet) {
    this.servers = servers;
    this.home = home;
    this.fleet = fleet;
  }

  Sample run(long events) {
    Feed feed = fleet.feed();
    PartTimes times = PartTimes.sinceStart();
    long wall = System.nanoTime();
    InstantSource clock = InstantSource.system();
    LiveState live = new LiveState(feed, fleet.pipeline().ranges(), clock);
    KafkaSetting kafka = KafkaSetting.of(servers, BenchFleet.PIPELINE, feed);
    StreamWorker worker =
        new StreamWorker(
            BenchFleet.PIPELINE,
            feed,
            () -> new TimedParts.Source(new KafkaEventSource(kafka, feed), times),
            new DeltaLake(home.lake(BenchFleet.PIPELINE), "Millrace bench", clock),
            TimedParts.files(new ParquetFiles(), times),
            TimedParts.listener(live, times),
            new Meters(new SimpleMeterRegistry()),
            clock);
    try (worker) {
      worker.start();
      worker.catchUp().join();
      double seconds = (System.nanoTime() - wall) / 1e9;
      StreamProgress progress = worker.progress();
      if (progress.bronzeRows() != events) {
        throw new IllegalStateException(
            "the worker brought %d of %d events".formatted(progress.bronzeRows(), events));
      }
      long stream = CpuTimes.ofJavaThreads("stream ");
      long commit = CpuTimes.ofJavaThreads("commit ");
      times.add(
          LOOP,
          stream
              - times.of(TimedParts.CONSUME)
              - times.of(TimedParts.DECODE)
              - times.of(TimedParts.LIVE));
      times.add(COMMIT, commit - times.of(TimedParts.WRITE));
      return times.sample(
          Measure.WORKER,
          progress.bronzeRows(),
          seconds,
          TimedParts.CONSUME,
          TimedParts.DECODE,
          TimedParts.LIVE,
          LOOP,
          TimedParts.WRITE,
          COMMIT);
    }
  }
}
