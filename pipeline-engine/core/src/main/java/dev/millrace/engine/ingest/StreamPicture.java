package dev.millrace.engine.ingest;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.ingest.StreamProgress.PartitionProgress;
import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Draws a stream as it stands: what is committed, what is open, and what is still to be read.
///
/// Confined to the stream's thread.
final class StreamPicture {

  private final StreamSetting setting;
  private final Intake intake;
  private final Tally tally;

  StreamPicture(StreamSetting setting, Intake intake, Tally tally) {
    this.setting = setting;
    this.intake = intake;
    this.tally = tally;
  }

  /// @param flying the batch that is being committed, if one is
  /// @param unread events of the assigned partitions that were not read yet
  StreamProgress of(
      StreamState state,
      @Nullable MicroBatch flying,
      List<PartitionProgress> partitions,
      long unread) {
    Instant now = setting.clock().instant();
    MicroBatch open = intake.open();
    int held = open.size() + (flying == null ? 0 : flying.size());
    Lateness late = tally.lateness().plus(Tally.lateness(open));
    if (flying != null) {
      late = late.plus(Tally.lateness(flying));
    }
    OptionalLong watermark = intake.watermark().current();
    FeedFlow flow = flow(now, flying, partitions, unread);
    setting.lag().is(partitions.stream().mapToLong(p -> p.end() - p.committed()).sum(), flow.lag());
    return new StreamProgress(
        state,
        tally.bronzeRows() + tally.deadLetters() + held,
        tally.bronzeRows(),
        tally.deadLetters(),
        late.total(),
        late,
        intake.unknownFields(),
        tally.lostToRetention(),
        intake.eventsPerSecond(now),
        held,
        tally.commits(),
        watermark.isPresent()
            ? Optional.of(Micros.instant(watermark.getAsLong()))
            : Optional.empty(),
        tally.lastCommit(),
        partitions,
        "",
        "",
        flow,
        List.of());
  }

  private FeedFlow flow(
      Instant now, @Nullable MicroBatch flying, List<PartitionProgress> partitions, long unread) {
    Map<String, Long> unknown = intake.unknownFieldNames();
    return new FeedFlow(
        lag(now, flying, partitions),
        intake.kinds().perSecond(now.toEpochMilli()),
        unknown,
        intake.unknownFields() - unknown.values().stream().mapToLong(Long::longValue).sum(),
        pending(flying, unread));
  }

  private Pending pending(@Nullable MicroBatch flying, long unread) {
    MicroBatch open = intake.open();
    return new Pending(
        unread,
        open.size() + (flying == null ? 0 : flying.size()),
        open.deadLetters().size() + (flying == null ? 0 : flying.deadLetters().size()),
        flying == null && !open.isEmpty()
            ? Optional.of(open.openedAt().plus(setting.feed().trigger()))
            : Optional.empty());
  }

  /// Age of the oldest record not yet committed, as far as records are in hand.
  private Optional<Duration> lag(
      Instant now, @Nullable MicroBatch flying, List<PartitionProgress> partitions) {
    long oldest =
        Math.min(intake.open().oldest(), flying == null ? Long.MAX_VALUE : flying.oldest());
    if (oldest < Long.MAX_VALUE) {
      return Optional.of(Duration.ofMillis(Math.max(0, now.toEpochMilli() - oldest)));
    }
    return partitions.stream().allMatch(p -> p.committed() >= p.end())
        ? Optional.of(Duration.ZERO)
        : Optional.empty();
  }
}
