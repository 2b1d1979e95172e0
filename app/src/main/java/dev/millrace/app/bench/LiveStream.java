package dev.millrace.app.bench;

import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.event.LongVector;
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
import java.util.concurrent.locks.LockSupport;

/// The product's stream worker with its commits and its live state, whose snapshot this thread
/// reads 60 times a second as the window does.
final class LiveStream {

  private static final long PULSE = 1_000_000_000L / 60;

  private final String servers;
  private final Home home;
  private final BenchFleet fleet;
  private final LiveClock clock;

  LiveStream(String servers, Home home, BenchFleet fleet, LiveClock clock) {
    this.servers = servers;
    this.home = home;
    this.fleet = fleet;
    this.clock = clock;
  }

  LiveSample run() {
    Feed feed = fleet.feed();
    InstantSource time = InstantSource.system();
    LiveState live = new LiveState(feed, fleet.pipeline().ranges(), time);
    Stamps stamps = new Stamps(live, feed.schema().indexOf(feed.roles().time()));
    KafkaSetting kafka = KafkaSetting.of(servers, BenchFleet.PIPELINE, feed);
    try (StreamWorker worker =
        new StreamWorker(
            BenchFleet.PIPELINE,
            feed,
            () -> new KafkaEventSource(kafka, feed),
            new DeltaLake(home.lake(BenchFleet.PIPELINE), "Millrace bench", time),
            new ParquetFiles(),
            stamps,
            new Meters(new SimpleMeterRegistry()),
            time)) {
      worker.start();
      long seen = 0;
      long next = System.nanoTime();
      while (clock.goesOn()) {
        long in = live.snapshot().events();
        long now = LiveClock.now();
        for (; seen < in; seen++) {
          clock.saw(stamps.of(seen), now);
        }
        StreamProgress progress = worker.progress();
        if (progress.state().ended()) {
          throw new IllegalStateException("the worker ended: " + progress.message());
        }
        next = Math.max(next + PULSE, System.nanoTime());
        LockSupport.parkNanos(next - System.nanoTime());
      }
      return clock.sample();
    }
  }

  /// The stamps of the newest four million events, in the order they came; the stream's thread
  /// writes them before the snapshot that holds the events is published.
  private static final class Stamps implements EventListener {

    private static final int KEPT = 1 << 22;

    private final LiveState live;
    private final int column;
    private final long[] stamps = new long[KEPT];
    private long count;

    Stamps(LiveState live, int column) {
      this.live = live;
      this.column = column;
    }

    long of(long event) {
      return stamps[(int) (event & (KEPT - 1))];
    }

    @Override
    public void arrived(ColumnBatch batch, int from, int to, long arrival) {
      LongVector times = batch.longs(column);
      for (int row = from; row < to; row++) {
        stamps[(int) (count++ & (KEPT - 1))] = times.at(row);
      }
      live.arrived(batch, from, to, arrival);
    }

    @Override
    public void quiet() {
      live.quiet();
    }
  }
}
