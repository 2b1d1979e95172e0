package dev.millrace.engine.ingest;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/// How far event time has come: the newest time of the partition that is furthest behind, less the
/// feed's allowance.
///
/// The partition furthest behind counts, for a backlog is read partition by partition. A partition
/// that has been read to its end and brought nothing for ten seconds holds nobody back. It never
/// goes back.
///
/// An event is late by its own partition alone: when it lies further behind the newest time that
/// stands before it in the partition than the allowance. So the same records are late whichever way
/// the partitions of a backlog are read. Confined to one thread.
final class Watermark {

  static final Duration IDLE = Duration.ofSeconds(10);

  private static final long NONE = Long.MIN_VALUE;

  private final long allowance;
  private long[] newest = {};
  private long[] lastHeard = {};
  private boolean[] holding = {};
  private boolean[] assigned = {};
  private int holder = -1;
  private long current = NONE;

  Watermark(Duration allowance) {
    this.allowance = allowance.toNanos() / 1_000;
  }

  void assign(int partition, long nowMillis) {
    if (partition >= newest.length) {
      int old = newest.length;
      newest = Arrays.copyOf(newest, partition + 1);
      Arrays.fill(newest, old, newest.length, NONE);
      lastHeard = Arrays.copyOf(lastHeard, partition + 1);
      holding = Arrays.copyOf(holding, partition + 1);
      assigned = Arrays.copyOf(assigned, partition + 1);
    }
    assigned[partition] = true;
    holding[partition] = true;
    newest[partition] = NONE;
    lastHeard[partition] = nowMillis;
    findHolder();
  }

  void unassign(int partition) {
    assigned[partition] = false;
    holding[partition] = false;
    findHolder();
  }

  /// By how many microseconds the event is late; 0 or less when it is not.
  long behind(int partition, long eventTime) {
    long before = newest[partition];
    return before == NONE ? 0 : before - allowance - eventTime;
  }

  /// An event of this time came, in microseconds.
  void saw(int partition, long eventTime) {
    if (!holding[partition]) {
      holding[partition] = true;
      newest[partition] = Math.max(newest[partition], eventTime);
      findHolder();
    } else if (eventTime > newest[partition]) {
      newest[partition] = eventTime;
      if (partition == holder) {
        findHolder();
      }
    }
  }

  /// Events of this partition came just now.
  void heard(int partition, long nowMillis) {
    lastHeard[partition] = nowMillis;
  }

  /// This partition has been read to its end.
  void atEnd(int partition, long nowMillis) {
    if (holding[partition] && Math.abs(nowMillis - lastHeard[partition]) >= IDLE.toMillis()) {
      holding[partition] = false;
      findHolder();
    }
  }

  /// In microseconds; empty until every partition that counts has brought an event.
  OptionalLong current() {
    return current == NONE ? OptionalLong.empty() : OptionalLong.of(current);
  }

  private void findHolder() {
    int furthestBehind = -1;
    for (int p = 0; p < newest.length; p++) {
      if (assigned[p] && holding[p] && (furthestBehind < 0 || newest[p] < newest[furthestBehind])) {
        furthestBehind = p;
      }
    }
    holder = furthestBehind;
    if (holder >= 0 && newest[holder] != NONE) {
      current = Math.max(current, newest[holder] - allowance);
    }
  }
}
