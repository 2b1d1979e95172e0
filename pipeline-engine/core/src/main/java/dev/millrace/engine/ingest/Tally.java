package dev.millrace.engine.ingest;

import dev.millrace.engine.model.Lateness;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What a stream has committed since it started: counts, and the meters that tell them.
///
/// Confined to the stream's thread.
final class Tally {

  private final StreamSetting setting;
  private long bronzeRows;
  private long deadLetters;
  private Lateness lateness = Lateness.NONE;
  private long commits;
  private long lostToRetention;
  private Optional<Instant> lastCommit = Optional.empty();

  Tally(StreamSetting setting) {
    this.setting = setting;
  }

  /// A batch landed.
  ///
  /// @param since when it was handed over
  /// @param kinds names of the batch's kinds
  void landed(MicroBatch batch, Instant since, Kinds kinds) {
    Instant now = setting.clock().instant();
    bronzeRows += batch.events().rows();
    deadLetters += batch.deadLetters().size();
    lateness = lateness.plus(lateness(batch));
    commits++;
    lastCommit = Optional.of(now);
    setting.eventsMeter().increment(batch.events().rows());
    setting.deadLettersMeter().increment(batch.deadLetters().size());
    setting.batchMeter().record(batch.size());
    for (int slot = 0; slot < Kinds.SLOTS; slot++) {
      if (batch.kinds()[slot] > 0) {
        setting.kindMeter().apply(kinds.name(slot)).increment(batch.kinds()[slot]);
      }
    }
    for (int bucket = 0; bucket < Lateness.BUCKETS; bucket++) {
      setting.lateMeters().get(bucket).increment((double) batch.late()[bucket]);
    }
    setting.aheadMeter().increment(batch.ahead());
    Duration took = Duration.between(since, now);
    setting.commitTimer().record(took.isNegative() ? Duration.ZERO : took);
  }

  /// Records were deleted from the topic before they were read.
  void lost(long records) {
    lostToRetention += records;
  }

  static Lateness lateness(MicroBatch batch) {
    return new Lateness(Arrays.stream(batch.late()).boxed().toList());
  }

  long bronzeRows() {
    return bronzeRows;
  }

  long deadLetters() {
    return deadLetters;
  }

  Lateness lateness() {
    return lateness;
  }

  long commits() {
    return commits;
  }

  long lostToRetention() {
    return lostToRetention;
  }

  Optional<Instant> lastCommit() {
    return lastCommit;
  }
}
