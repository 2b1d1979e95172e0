package dev.millrace.engine.ingest;

import dev.millrace.engine.model.FeedFlow;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.model.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Immutable picture of a stream worker. Counts are since it started; what was read, given up and
/// read again counts once.
///
/// @param events events read, dead letters included
/// @param bronzeRows rows committed to Bronze
/// @param deadLetters dead letters committed
/// @param late events further behind the newest time before them in their partition than the feed's
///   watermark allows; they are kept
/// @param lateness by how much
/// @param unknownFields fields of no column met
/// @param lostToRetention records the topic no longer had when their turn came
/// @param eventsPerSecond over the last seconds
/// @param openBatch events read and not yet committed
/// @param commits Bronze commits
/// @param watermark event time that all partitions have come to, less the feed's allowance
/// @param lastCommit when the last of them landed
/// @param partitions those assigned, by number
/// @param message what keeps it from going on, or why it failed; empty when all is well
/// @param remedy what a person can do about the message; empty with it
/// @param flow lag in time, rates by kind, fields of no column
/// @param troubles all that keeps it from going on; the message is of the first
public record StreamProgress(
    StreamState state,
    long events,
    long bronzeRows,
    long deadLetters,
    long late,
    Lateness lateness,
    long unknownFields,
    long lostToRetention,
    double eventsPerSecond,
    long openBatch,
    long commits,
    Optional<Instant> watermark,
    Optional<Instant> lastCommit,
    List<PartitionProgress> partitions,
    String message,
    String remedy,
    FeedFlow flow,
    List<Trouble> troubles) {

  public StreamProgress {
    troubles = List.copyOf(troubles);
    partitions = List.copyOf(partitions);
  }

  /// The same with what keeps it from going on now; a failure's words stay.
  StreamProgress with(List<Trouble> now) {
    boolean own = state == StreamState.FAILED;
    Optional<Trouble> first = now.stream().findFirst();
    return new StreamProgress(
        state,
        events,
        bronzeRows,
        deadLetters,
        late,
        lateness,
        unknownFields,
        lostToRetention,
        eventsPerSecond,
        openBatch,
        commits,
        watermark,
        lastCommit,
        partitions,
        own ? message : first.map(Trouble::what).orElse(""),
        own ? remedy : first.map(Trouble::remedy).orElse(""),
        flow,
        now);
  }

  /// @param committed offset of the next event to commit to Bronze
  /// @param end offset the next event produced will have, as far as known
  public record PartitionProgress(int partition, long committed, long end) {}
}
