package dev.millrace.engine.ingest;

import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.pipeline.Feed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;

/// What a stream is told once.
///
/// @param name `<pipeline>/<feed>`, for threads and logs
record StreamSetting(
    String name,
    Feed feed,
    EventListener listener,
    InstantSource clock,
    Counter eventsMeter,
    Counter deadLettersMeter,
    Counter lateMeter,
    Timer commitTimer) {

  static StreamSetting of(
      String pipeline, Feed feed, EventListener listener, Meters meters, InstantSource clock) {
    return new StreamSetting(
        pipeline + "/" + feed.name(),
        feed,
        listener,
        clock,
        meters.eventsDecoded(pipeline, feed.name()),
        meters.deadLetters(pipeline, feed.name()),
        meters.lateEvents(pipeline, feed.name()),
        meters.commit(pipeline, feed.name()));
  }
}
