package dev.millrace.engine.ingest;

import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Trouble;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keeps a stream from going on, now; each kind at most once.
///
/// An episode is told twice in the log, when it begins and when it ends, and counted once. Any
/// thread may call.
final class Troubles {

  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  private record Meter(AtomicInteger lasting, Counter episodes) {}

  private final String stream;
  private final InstantSource clock;
  private final TroubleListener listener;
  private final Map<Trouble.Kind, Meter> meters = new EnumMap<>(Trouble.Kind.class);
  private final Map<Trouble.Kind, Trouble> lasting = new EnumMap<>(Trouble.Kind.class);

  /// @param stream `<pipeline>/<feed>`, for the log
  Troubles(
      String stream,
      String pipeline,
      String feed,
      Meters meters,
      InstantSource clock,
      TroubleListener listener) {
    this.stream = stream;
    this.clock = clock;
    this.listener = listener;
    for (Trouble.Kind kind : Trouble.Kind.values()) {
      this.meters.put(
          kind,
          new Meter(
              meters.trouble(pipeline, feed, kind.label()),
              meters.troubles(pipeline, feed, kind.label())));
    }
  }

  void begin(Trouble.Kind kind, String what, String remedy) {
    begin(kind, what, remedy, null);
  }

  /// One that lasts already gets the new words and keeps its time.
  synchronized void begin(
      Trouble.Kind kind, String what, String remedy, @Nullable Throwable cause) {
    Trouble before = lasting.get(kind);
    if (before != null) {
      lasting.put(kind, new Trouble(kind, before.since(), what, remedy));
      return;
    }
    Trouble begun = new Trouble(kind, clock.instant(), what, remedy);
    lasting.put(kind, begun);
    listener.began(begun);
    Meter meter = meter(kind);
    meter.lasting().set(1);
    meter.episodes().increment();
    LOG.warn("{}: {}. To do: {}", stream, what, remedy, cause);
  }

  synchronized void end(Trouble.Kind kind) {
    Trouble ended = lasting.remove(kind);
    if (ended != null) {
      meter(kind).lasting().set(0);
      listener.ended(ended);
      LOG.info("{}: {} since {} is over", stream, kind.label(), ended.since());
    }
  }

  /// The stream has come to its end, and so has all that kept it from going on.
  synchronized void endAll() {
    lasting.clear();
    meters.values().forEach(meter -> meter.lasting().set(0));
  }

  /// In the order of their kinds.
  synchronized List<Trouble> now() {
    return List.copyOf(lasting.values());
  }

  synchronized Optional<Trouble> now(Trouble.Kind kind) {
    return Optional.ofNullable(lasting.get(kind));
  }

  private Meter meter(Trouble.Kind kind) {
    Meter meter = meters.get(kind);
    if (meter == null) {
      throw new IllegalStateException("no meter of " + kind);
    }
    return meter;
  }
}
