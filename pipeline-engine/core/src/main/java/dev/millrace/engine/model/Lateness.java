package dev.millrace.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How late the late events were, in fixed buckets.
///
/// @param counts events per bucket: one for each of {@link #BOUNDS}, behind the watermark by so
///   much at most and by more than the bound before, and a last one for those behind it by more
public record Lateness(List<Long> counts) {

  /// Upper bounds of the buckets but the last, rising.
  public static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24));

  /// Number of buckets.
  public static final int BUCKETS = BOUNDS.size() + 1;

  private static final long[] BOUND_MICROS =
      BOUNDS.stream().mapToLong(bound -> bound.toMillis() * 1_000).toArray();
  private static final List<String> LABELS =
      List.of("1 min", "5 min", "15 min", "1 h", "6 h", "24 h", "more");

  /// No late events.
  public static final Lateness NONE = new Lateness(Collections.nCopies(BUCKETS, 0L));

  public Lateness {
    counts = List.copyOf(counts);
    if (counts.size() != BUCKETS) {
      throw new IllegalArgumentException("lateness has " + BUCKETS + " buckets");
    }
  }

  /// Bucket of an event so many microseconds behind the watermark.
  public static int bucket(long micros) {
    int bucket = 0;
    while (bucket < BOUND_MICROS.length && micros > BOUND_MICROS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /// For people and meters: `1 min` is at most a minute late, `more` is over the last bound.
  public static String label(int bucket) {
    return LABELS.get(bucket);
  }

  public Lateness plus(Lateness other) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      sums.add(counts.get(i) + other.counts.get(i));
    }
    return new Lateness(sums);
  }

  public long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
