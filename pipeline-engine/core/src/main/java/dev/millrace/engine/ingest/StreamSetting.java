package dev.millrace.engine.ingest;

import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.metric.LagGauges;
import dev.millrace.engine.metric.Meters;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.pipeline.Feed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// What a stream is told once.
///
/// @param name `<pipeline>/<feed>`, for threads and logs
/// @param lateMeters one for each bucket of {@link Lateness}
/// @param aheadMeter events that the watermark passes over
/// @param kindMeter of events of a kind
/// @param lag shows how far behind the stream is
/// @param commits hears of Bronze commits
/// @param topicEnds the topic from outside, for the watchdog
/// @param nanos clock that only goes forward, for the watchdog
record StreamSetting(
    String name,
    Feed feed,
    EventListener listener,
    InstantSource clock,
    Counter eventsMeter,
    Counter deadLettersMeter,
    DistributionSummary batchMeter,
    List<Counter> lateMeters,
    Counter aheadMeter,
    Timer commitTimer,
    Function<String, Counter> kindMeter,
    LagGauges lag,
    Troubles troubles,
    CommitListener commits,
    Optional<TopicEnds> topicEnds,
    LongSupplier nanos) {

  static StreamSetting of(
      String pipeline, Feed feed, EventListener listener, Meters meters, InstantSource clock) {
    return of(
        pipeline,
        feed,
        listener,
        meters,
        clock,
        CommitListener.NONE,
        Optional.empty(),
        System::nanoTime);
  }

  static StreamSetting of(
      String pipeline,
      Feed feed,
      EventListener listener,
      Meters meters,
      InstantSource clock,
      CommitListener commits,
      Optional<TopicEnds> topicEnds,
      LongSupplier nanos) {
    return of(
        pipeline, feed, listener, meters, clock, commits, TroubleListener.NONE, topicEnds, nanos);
  }

  static StreamSetting of(
      String pipeline,
      Feed feed,
      EventListener listener,
      Meters meters,
      InstantSource clock,
      CommitListener commits,
      TroubleListener troubles,
      Optional<TopicEnds> topicEnds,
      LongSupplier nanos) {
    String name = pipeline + "/" + feed.name();
    return new StreamSetting(
        name,
        feed,
        listener,
        clock,
        meters.eventsDecoded(pipeline, feed.name()),
        meters.deadLetters(pipeline, feed.name()),
        meters.batch(pipeline, feed.name()),
        IntStream.range(0, Lateness.BUCKETS)
            .mapToObj(bucket -> meters.lateEvents(pipeline, feed.name(), Lateness.label(bucket)))
            .toList(),
        meters.aheadEvents(pipeline, feed.name()),
        meters.commit(pipeline, feed.name()),
        kind -> meters.kindEvents(pipeline, feed.name(), kind),
        meters.lag(pipeline, feed.name()),
        new Troubles(name, pipeline, feed.name(), meters, clock, troubles),
        commits,
        topicEnds,
        nanos);
  }
}
