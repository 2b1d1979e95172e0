package dev.millrace.engine.ingest;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Partitions of one topic, read in order of their offsets.
///
/// Which partitions are read may change while it runs, when workers share the topic. A source keeps
/// no place of its own: whoever reads it seeks to where the tables stand on every assignment.
///
/// One thread calls, except for {@link #wakeup()}. A method that fails for good throws a {@link
/// dev.millrace.engine.error.MillraceException}; what passes by itself, such as a broker that is
/// away for a while, shows as a poll that brings nothing.
public interface EventSource extends AutoCloseable {

  /// Takes the records of a poll, in order within each partition.
  @FunctionalInterface
  interface RecordSink {

    /// The records that come next are of this partition, the first of them written at this time; a
    /// source may say so once before each partition's.
    ///
    /// @param millis since 1970; negative when not known
    default void written(int partition, long millis) {}

    /// @param value array that holds the value; shared, gone after the call
    void accept(int partition, long offset, byte[] value, int start, int length);
  }

  /// Hears which partitions are read. Called within {@link #poll} only, by its thread.
  interface Listener {

    /// These partitions are read from now on; the listener must seek each of them before it
    /// returns.
    void assigned(Set<Integer> partitions);

    /// These partitions go to another worker after the call: the last moment to commit.
    void revoked(Set<Integer> partitions);

    /// These partitions have gone to another worker already.
    void lost(Set<Integer> partitions);

    /// The worker takes part in the group, with or without partitions.
    default void joined() {}

    /// Records `from` (included) to `to` (excluded) are no longer there; the source goes on at
    /// `to`.
    void skipped(int partition, long from, long to);
  }

  /// Offsets a partition holds.
  ///
  /// @param beginning of the oldest record that is kept
  /// @param end of the next record to be written
  record OffsetRange(long beginning, long end) {}

  /// Begins to take part; called once, before all others.
  void open(Listener listener);

  /// Hands what there is to the sink, at most {@link #pollLimit()} records; waits for the first of
  /// them up to the timeout. Must be called every few seconds even while paused, to stay a member.
  ///
  /// @return number of records handed over
  int poll(Duration timeout, RecordSink sink);

  /// Most records one poll brings.
  int pollLimit();

  /// Makes the next poll read this assigned partition from the offset on.
  void seek(int partition, long offset);

  /// Makes the next poll read this assigned partition from its oldest record on.
  void seekToBeginning(int partition);

  /// Offset of the next record a poll will hand over, past any that are never handed over; empty
  /// where that is not known without waiting.
  OptionalLong position(int partition);

  /// End of an assigned partition as far as it is known without waiting.
  OptionalLong knownEnd(int partition);

  /// What every partition of the topic holds, assigned or not. Asks the broker and waits.
  ///
  /// @return empty when there was no answer in time
  Map<Integer, OffsetRange> offsets();

  /// Polls bring nothing until {@link #resume()}.
  void pause();

  void resume();

  /// Tells the broker how far the tables are, for its lag displays. Nothing is ever read back from
  /// it.
  void acknowledge(Map<Integer, Long> nextOffsets);

  /// Makes a poll that waits, or the next one, return. Any thread may call.
  void wakeup();

  /// Leaves. Without a call to {@link Listener#revoked}.
  @Override
  void close();
}
