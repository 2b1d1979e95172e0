package dev.millrace.engine.ingest;

import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.metric.LagGauges;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.pipeline.Feed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// What a stream is told once.
///
/// @param name `<pipeline>/<feed>`, for threads and logs
/// @param lateMeters one for each bucket of {@link Lateness}
/// @param kindMeter of events of a kind
/// @param lag shows how far behind the stream is
record StreamSetting(
    String name,
    Feed feed,
    EventListener listener,
    InstantSource clock,
    Counter eventsMeter,
    Counter deadLettersMeter,
    List<Counter> lateMeters,
    Timer commitTimer,
    Function<String, Counter> kindMeter,
    LagGauges lag) {

  static StreamSetting of(
      String pipeline, Feed feed, EventListener listener, Meters meters, InstantSource clock) {
    return new StreamSetting(
        pipeline + "/" + feed.name(),
        feed,
        listener,
        clock,
        meters.eventsDecoded(pipeline, feed.name()),
        meters.deadLetters(pipeline, feed.name()),
        IntStream.range(0, Lateness.BUCKETS)
            .mapToObj(bucket -> meters.lateEvents(pipeline, feed.name(), Lateness.label(bucket)))
            .toList(),
        meters.commit(pipeline, feed.name()),
        kind -> meters.kindEvents(pipeline, feed.name(), kind),
        meters.lag(pipeline, feed.name()));
  }
}
