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
  private long bytes;
  private int told;
  private int readLast = NONE;
  private long nextOfLast;

  MicroBatch(Feed feed) {
    events = new EventBatch(feed);
  }

  EventBatch events() {
    return events;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
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

  void read(int partition, long nextOffset, int length, Instant now) {
    if (partition != readLast) {
      if (isEmpty()) {
        openedAt = now;
      }
      settleLast();
      readLast = partition;
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

  /// Tells of the rows that came since the last telling.
  void tell(EventListener listener, long arrival) {
    int rows = events.rows();
    if (rows > told) {
      listener.arrived(events.columns(), told, rows, arrival);
      told = rows;
    }
  }

  void clear() {
    events.clear();
    deadLetters.clear();
    nextOffsets.clear();
    readLast = NONE;
    Arrays.fill(late, 0);
    bytes = 0;
    told = 0;
  }
}
