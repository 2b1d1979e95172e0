package dev.millrace.engine.ingest;

import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventListener;
import dev.millrace.engine.model.Lateness;
import dev.millrace.engine.pipeline.Feed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events and dead letters on their way to one commit.
///
/// Filled by the stream's thread, then handed to the commit's thread, then cleared and filled
/// again.
final class MicroBatch {

  private static final int NONE = -1;

  private final EventBatch events;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<Integer, Long> nextOffsets = new HashMap<>();
  private Instant openedAt = Instant.MAX;
  private final long[] late = new long[Lateness.BUCKETS];
  private final KindCounts kinds;
  private long ahead;
  private long oldest = Long.MAX_VALUE;
  private long bytes;
  private long deadLetterBytes;
  private int told;
  private int readLast = NONE;
  private long nextOfLast;

  MicroBatch(Feed feed, Kinds kinds) {
    events = new EventBatch(feed);
    this.kinds = new KindCounts(kinds, events);
  }

  EventBatch events() {
    return events;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  void add(DeadLetter letter) {
    deadLetters.add(letter);
    deadLetterBytes += letter.raw().length;
  }

  /// Bytes of the dead letters' values.
  long deadLetterBytes() {
    return deadLetterBytes;
  }

  /// Per partition in it, the offset after the last record read.
  Map<Integer, Long> nextOffsets() {
    settleLast();
    return nextOffsets;
  }

  /// When the first record came; meaningless while empty.
  Instant openedAt() {
    return openedAt;
  }

  /// Late events by the buckets of {@link Lateness}; read only.
  long[] late() {
    return late;
  }

  /// Bytes of the values read, which bound what the batch holds.
  long bytes() {
    return bytes;
  }

  /// Events and dead letters.
  int size() {
    return events.rows() + deadLetters.size();
  }

  /// Whether no record was read; one that needed no writing counts as read.
  boolean isEmpty() {
    return readLast == NONE && nextOffsets.isEmpty();
  }

  /// Events per slot of {@link Kinds}, as far as they were told; read only.
  long[] kinds() {
    return kinds.counts();
  }

  /// When the oldest record in it was written, in milliseconds since 1970; `Long.MAX_VALUE` while
  /// not known.
  long oldest() {
    return oldest;
  }

  /// @param written when this record or an earlier one of its partition was written, in
  ///   milliseconds; `Long.MAX_VALUE` when not known
  void read(int partition, long nextOffset, int length, Instant now, long written) {
    if (partition != readLast) {
      if (isEmpty()) {
        openedAt = now;
      }
      settleLast();
      readLast = partition;
      oldest = Math.min(oldest, written);
    }
    nextOfLast = nextOffset;
    bytes += length;
  }

  /// Records come in runs of one partition; the map is told once per run.
  private void settleLast() {
    if (readLast != NONE) {
      nextOffsets.put(readLast, nextOfLast);
      readLast = NONE;
    }
  }

  /// An event came so many microseconds behind the watermark.
  void addLate(long behind) {
    late[Lateness.bucket(behind)]++;
  }

  /// An event's time lies ahead of every clock.
  void addAhead() {
    ahead++;
  }

  /// Events whose time lies so far ahead that the watermark passes them over.
  long ahead() {
    return ahead;
  }

  /// Tells of the rows that came since the last telling.
  void tell(EventListener listener, long arrival) {
    int rows = events.rows();
    if (rows > told) {
      kinds.add(told, rows, arrival / 1_000);
      listener.arrived(events.columns(), told, rows, arrival);
      told = rows;
    }
  }

  void clear() {
    events.clear();
    deadLetters.clear();
    deadLetterBytes = 0;
    nextOffsets.clear();
    kinds.clear();
    oldest = Long.MAX_VALUE;
    readLast = NONE;
    Arrays.fill(late, 0);
    ahead = 0;
    bytes = 0;
    told = 0;
  }
}
