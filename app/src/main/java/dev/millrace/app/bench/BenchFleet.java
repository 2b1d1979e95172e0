package dev.millrace.app.bench;

import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.simulator.BatchTimes;
import dev.millrace.simulator.FleetCounts;
import dev.millrace.simulator.FleetSettings;
import dev.millrace.simulator.Simulators;
import dev.millrace.simulator.TruthLog;
import dev.millrace.simulator.sink.EventSink;
import java.time.Instant;

/// The events every bench runs on: the building's sensors, 100 events a second from 2026 on, always
/// the same, and made longer where a bench wants that.
final class BenchFleet {

  static final String PIPELINE = "building-sensors";

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SEED = 1;

  private final Pipeline pipeline;
  private final FleetSettings settings;
  private final int eventBytes;

  /// Of events as the simulator makes them.
  BenchFleet(Home home) {
    this(home, 0);
  }

  /// @param eventBytes length of an event, give or take what events differ by; shorter ones than
  ///   the simulator makes there are not
  BenchFleet(Home home, int eventBytes) {
    this.eventBytes = eventBytes;
    Pipelines catalogue = new Pipelines(home);
    pipeline = catalogue.find(PIPELINE);
    settings = Simulators.settings(pipeline, catalogue.listed(PIPELINE).folder());
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Feed feed() {
    return pipeline.feed(settings.feed()).orElseThrow();
  }

  FleetCounts send(long events, EventSink sink, Progress progress) {
    return Simulators.batch(
        pipeline,
        settings,
        SEED,
        events,
        new BatchTimes.From(FROM, settings.rate()),
        new LongerEvents(sink, eventBytes, feed().roles().place().orElseThrow()),
        TruthLog.none(),
        progress);
  }
}
