package dev.millrace.engine.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Every meter of the engine, named and described once.
///
/// Any thread may record.
public final class Meters {

  private final MeterRegistry registry;
  private final Map<List<String>, LagGauges> lags = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Events decoded into Bronze.
  public Counter eventsDecoded(String pipeline, String feed) {
    return counter("millrace.stream.events", "Events decoded into Bronze", pipeline, feed);
  }

  /// Events kept as dead letters.
  public Counter deadLetters(String pipeline, String feed) {
    return counter("millrace.stream.dead.letters", "Events kept as dead letters", pipeline, feed);
  }

  /// Events later than the watermark; they are kept.
  ///
  /// @param behind upper bound of how late they were, for example `5 min`, or `more`
  public Counter lateEvents(String pipeline, String feed, String behind) {
    return Counter.builder("millrace.stream.late")
        .description("Events behind the watermark, by how much at most")
        .tag("pipeline", pipeline)
        .tag("feed", feed)
        .tag("behind", behind)
        .register(registry);
  }

  /// Events decoded into Bronze by kind; callers bound how many kinds they tell.
  public Counter kindEvents(String pipeline, String feed, String kind) {
    return Counter.builder("millrace.stream.kind.events")
        .description("Events decoded into Bronze, by kind")
        .tag("pipeline", pipeline)
        .tag("feed", feed)
        .tag("kind", kind)
        .register(registry);
  }

  /// How far the feed's stream is behind, in events and in seconds.
  public LagGauges lag(String pipeline, String feed) {
    return lags.computeIfAbsent(List.of(pipeline, feed), _ -> lagGauges(pipeline, feed));
  }

  private LagGauges lagGauges(String pipeline, String feed) {
    LagGauges lag = new LagGauges();
    Gauge.builder("millrace.stream.lag.events", lag, LagGauges::events)
        .description("Events in the partitions read here that are not yet committed")
        .tag("pipeline", pipeline)
        .tag("feed", feed)
        .strongReference(true)
        .register(registry);
    Gauge.builder("millrace.stream.lag.seconds", lag, LagGauges::seconds)
        .description("Age of the oldest record read here that is not yet committed")
        .baseUnit("seconds")
        .tag("pipeline", pipeline)
        .tag("feed", feed)
        .strongReference(true)
        .register(registry);
    return lag;
  }

  /// Time of one Bronze commit, files included.
  public Timer commit(String pipeline, String feed) {
    return Timer.builder("millrace.stream.commit")
        .description("Time of one Bronze commit, files included")
        .tag("pipeline", pipeline)
        .tag("feed", feed)
        .register(registry);
  }

  /// Time of one step of a flow.
  public Timer step(String pipeline, String step) {
    return Timer.builder("millrace.flow.step")
        .description("Time of one step of a flow")
        .tag("pipeline", pipeline)
        .tag("step", step)
        .register(registry);
  }

  private Counter counter(String name, String what, String pipeline, String feed) {
    return Counter.builder(name)
        .description(what)
        .tag("pipeline", pipeline)
        .tag("feed", feed)
        .register(registry);
  }
}
