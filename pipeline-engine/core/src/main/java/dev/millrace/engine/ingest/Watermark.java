package dev.millrace.engine.ingest;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/// Event time below which an event is late: the newest time of the partition that is furthest
/// behind, less the feed's allowance.
///
/// The partition furthest behind counts, for a backlog is read partition by partition, and by the
/// foremost one most of the others would look late. A partition that has been read to its end and
/// brought nothing for ten seconds holds nobody back. It never goes back. Confined to one thread.
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

  boolean isLate(long eventTime) {
    return eventTime < current;
  }

  /// By how many microseconds a late event is behind.
  long behind(long eventTime) {
    return current - eventTime;
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
