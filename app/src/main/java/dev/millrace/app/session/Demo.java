package dev.millrace.app.session;

import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.FleetCounts;
import dev.millrace.simulator.FleetSettings;
import dev.millrace.simulator.LiveRun;
import dev.millrace.simulator.LiveSimulator;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.sink.KafkaSink;
import java.time.Duration;
import java.time.Instant;

/// The demo's fleet on a session: fills the last 24 hours at full speed, then goes live.
///
/// Its shares of malformed, late and duplicate events are small but not zero, so that dead letters
/// and lateness are there to be seen.
public final class Demo {

  /// How far back the demo fills.
  public static final Duration SPAN = Duration.ofHours(24);

  private static final double MALFORMED = 0.001;
  private static final double LATE = 0.002;
  private static final double DUPLICATES = 0.005;

  private final Home home;
  private final EngineSession session;
  private final Pipeline pipeline;
  private final FleetSettings settings;

  public Demo(Home home, EngineSession session, Pipeline pipeline) {
    this.home = home;
    this.session = session;
    this.pipeline = pipeline;
    this.settings =
        Simulators.settings(pipeline, new Pipelines(home).listed(pipeline.name()).folder())
            .withMalformed(MALFORMED)
            .withLate(LATE)
            .withDuplicates(DUPLICATES);
  }

  /// The feed the fleet sends to.
  public Feed feed() {
    return pipeline.feed(settings.feed()).orElseThrow();
  }

  /// Sends so many events, their times spread evenly from `from` to now, and marks the data as the
  /// demo's. At its return all are acknowledged.
  public FleetCounts fill(long events, Instant from, Instant now, long seed, Progress progress) {
    session.engine().host(pipeline.name()).markDemo();
    String servers = session.services().endpoints().kafka();
    KafkaTopics.ensure(servers, feed());
    try (KafkaSink sink = KafkaSink.open(servers, feed().kafka().topic());
        TruthLog truth = TruthLog.append(home.truth(pipeline.name()))) {
      return Simulators.batch(
          pipeline,
          settings,
          seed,
          events,
          new BatchTimes.Spread(from, now),
          sink,
          truth,
          progress);
    }
  }

  /// The fleet, standing still until it is started; the caller closes it.
  public LiveSimulator live(long seed) {
    String servers = session.services().endpoints().kafka();
    KafkaTopics.ensure(servers, feed());
    return Simulators.live(
        pipeline,
        settings,
        seed,
        LiveRun.FOREVER,
        KafkaSink.open(servers, feed().kafka().topic()),
        TruthLog.append(home.truth(pipeline.name())));
  }
}
