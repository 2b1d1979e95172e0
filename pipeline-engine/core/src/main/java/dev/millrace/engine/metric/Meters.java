package dev.millrace.engine.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/// Every meter of the engine, named and described once.
///
/// Any thread may record.
public final class Meters {

  /// Bounds of the timers' histograms.
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(2)
  };

  private final MeterRegistry registry;
  private final Map<List<String>, AtomicInteger> troubles = new ConcurrentHashMap<>();
  private final Map<List<String>, LagGauges> lags = new ConcurrentHashMap<>();

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Events decoded into Bronze.
  public Counter eventsDecoded(String pipeline, String feed) {
    return counter(MeterName.STREAM_EVENTS, pipeline, feed);
  }

  /// Events kept as dead letters.
  public Counter deadLetters(String pipeline, String feed) {
    return counter(MeterName.STREAM_DEAD_LETTERS, pipeline, feed);
  }

  /// Events later than the watermark; they are kept.
  ///
  /// @param behind upper bound of how late they were, for example `5 min`, or `more`
  public Counter lateEvents(String pipeline, String feed, String behind) {
    return counter(MeterName.STREAM_LATE, pipeline, feed, behind);
  }

  /// Events whose time lies more than five minutes ahead of their arrival; they are kept, and the
  /// watermark passes them over.
  public Counter aheadEvents(String pipeline, String feed) {
    return counter(MeterName.STREAM_AHEAD, pipeline, feed);
  }

  /// Events decoded into Bronze by kind; callers bound how many kinds they tell.
  public Counter kindEvents(String pipeline, String feed, String kind) {
    return counter(MeterName.STREAM_KIND_EVENTS, pipeline, feed, kind);
  }

  /// How far the feed's stream is behind, in events and in seconds.
  public LagGauges lag(String pipeline, String feed) {
    return lags.computeIfAbsent(List.of(pipeline, feed), _ -> lagGauges(pipeline, feed));
  }

  private LagGauges lagGauges(String pipeline, String feed) {
    LagGauges lag = new LagGauges();
    gauge(MeterName.STREAM_LAG_EVENTS, lag, LagGauges::events, pipeline, feed);
    gauge(MeterName.STREAM_LAG_SECONDS, lag, LagGauges::seconds, pipeline, feed);
    return lag;
  }

  /// Time of one Bronze commit, files included.
  public Timer commit(String pipeline, String feed) {
    return timer(MeterName.STREAM_COMMIT, pipeline, feed);
  }

  /// Time of one checkpoint of a table's log.
  public Timer checkpoint(String pipeline, String table) {
    return timer(MeterName.LAKE_CHECKPOINT, pipeline, table);
  }

  /// Whether something keeps the stream from going on: 1 while it lasts, else 0. One value a stream
  /// and kind, whoever asks.
  public AtomicInteger trouble(String pipeline, String feed, String kind) {
    return troubles.computeIfAbsent(
        List.of(pipeline, feed, kind),
        _ -> {
          AtomicInteger lasting = new AtomicInteger();
          gauge(MeterName.STREAM_TROUBLE, lasting, AtomicInteger::get, pipeline, feed, kind);
          return lasting;
        });
  }

  /// How often something kept the stream from going on.
  public Counter troubles(String pipeline, String feed, String kind) {
    return counter(MeterName.STREAM_TROUBLES, pipeline, feed, kind);
  }

  /// Time of one step of a flow.
  public Timer step(String pipeline, String step) {
    return timer(MeterName.FLOW_STEP, pipeline, step);
  }

  /// Events of one commit, dead letters included.
  public DistributionSummary batch(String pipeline, String feed) {
    MeterName meter = MeterName.STREAM_BATCH;
    return DistributionSummary.builder(meter.id())
        .description(meter.description())
        .baseUnit(meter.unit())
        .tags(Gauges.tags(meter, pipeline, feed))
        .register(registry);
  }

  /// Rows brought to the warehouse.
  public Counter loaded(String pipeline) {
    return counter(MeterName.WAREHOUSE_LOADED, pipeline);
  }

  /// Runs of a flow that ended.
  ///
  /// @param outcome in lower case, for example `succeeded`
  public Counter flowRuns(String pipeline, String flow, String outcome) {
    return counter(MeterName.FLOW_RUNS, pipeline, flow, outcome);
  }

  /// A counter that something else keeps, and that only grows.
  public <T> void counted(MeterName meter, T state, ToDoubleFunction<T> count, String... labels) {
    FunctionCounter.Builder<T> builder =
        FunctionCounter.builder(meter.id(), state, count)
            .description(meter.description())
            .tags(Gauges.tags(meter, labels));
    if (!meter.unit().isEmpty()) {
      builder.baseUnit(meter.unit());
    }
    builder.register(registry);
  }

  /// A gauge that reads something else; whoever registers it keeps the state alive.
  public <T> void gauge(MeterName meter, T state, ToDoubleFunction<T> value, String... labels) {
    Gauge.Builder<T> builder =
        Gauge.builder(meter.id(), state, value)
            .description(meter.description())
            .tags(Gauges.tags(meter, labels))
            .strongReference(true);
    if (!meter.unit().isEmpty()) {
      builder.baseUnit(meter.unit());
    }
    builder.register(registry);
  }

  /// Gauges of a look at the whole engine; one set for a registry.
  public Gauges gauges() {
    return new Gauges(registry);
  }

  private Timer timer(MeterName meter, String... labels) {
    return Timer.builder(meter.id())
        .description(meter.description())
        .serviceLevelObjectives(BOUNDS)
        .tags(Gauges.tags(meter, labels))
        .register(registry);
  }

  private Counter counter(MeterName meter, String... labels) {
    Counter.Builder builder =
        Counter.builder(meter.id())
            .description(meter.description())
            .tags(Gauges.tags(meter, labels));
    if (!meter.unit().isEmpty()) {
      builder.baseUnit(meter.unit());
    }
    return builder.register(registry);
  }
}
