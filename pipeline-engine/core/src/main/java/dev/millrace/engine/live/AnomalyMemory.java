package dev.millrace.engine.live;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Anomalies of the last 24 hours of event time in bounded memory: all of them counted; the newest
/// ones, and of each kind and five minutes the most striking one, kept whole.
///
/// Not thread-safe; its owner's lock guards it.
final class AnomalyMemory {

  private static final int NEWEST = LiveSnapshot.NEWEST_ANOMALIES;
  private static final int HOURS = 24;
  private static final Duration SLOT = Duration.ofMinutes(5);

  /// More slots than this many kinds fill in a day are not kept.
  private static final int SLOTS = 24 * 12 * 32;

  private static final Comparator<Anomaly> STRIKING =
      Comparator.comparingInt((Anomaly a) -> a.reason().contains("RANGE") ? 1 : 0)
          .thenComparingDouble(a -> Double.isNaN(a.score()) ? 0 : Math.abs(a.score()));

  private final Deque<Anomaly> newest = new ArrayDeque<>();
  private final TreeMap<Slot, Anomaly> striking = new TreeMap<>();
  private final TreeMap<Hour, long[]> counts = new TreeMap<>();

  private record Slot(long number, String kind) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : kind.compareTo(other.kind);
    }
  }

  private record Hour(long number, String kind, String reason) implements Comparable<Hour> {
    @Override
    public int compareTo(Hour other) {
      int byNumber = Long.compare(number, other.number);
      int byKind = byNumber != 0 ? byNumber : kind.compareTo(other.kind);
      return byKind != 0 ? byKind : reason.compareTo(other.reason);
    }
  }

  private record Series(String kind, String reason) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : reason.compareTo(other.reason);
    }
  }

  void add(Anomaly anomaly) {
    newest.addFirst(anomaly);
    if (newest.size() > NEWEST) {
      newest.removeLast();
    }
    long second = anomaly.time().getEpochSecond();
    striking.merge(
        new Slot(Math.floorDiv(second, SLOT.toSeconds()), anomaly.kind()),
        anomaly,
        (a, b) -> STRIKING.compare(a, b) >= 0 ? a : b);
    if (striking.size() > SLOTS) {
      striking.pollFirstEntry();
    }
    counts
        .computeIfAbsent(
            new Hour(Math.floorDiv(second, 3600), anomaly.kind(), anomaly.reason()),
            _ -> new long[1])[0]++;
  }

  /// Those kept, newest first.
  List<Anomaly> kept(Instant now) {
    Instant oldest = now.minus(Duration.ofHours(HOURS));
    striking
        .headMap(new Slot(Math.floorDiv(oldest.getEpochSecond(), SLOT.toSeconds()), ""))
        .clear();
    Set<Anomaly> all = new LinkedHashSet<>(newest);
    all.addAll(striking.values());
    return all.stream()
        .filter(a -> a.time().isAfter(oldest))
        .sorted(Comparator.comparing(Anomaly::time).reversed())
        .toList();
  }

  /// Counts per kind and reason of the hour `now` lies in and the 23 before.
  List<AnomalyCount> counts(Instant now) {
    long last = Math.floorDiv(now.getEpochSecond(), 3600);
    long first = last - HOURS + 1;
    counts.headMap(new Hour(first, "", "")).clear();
    TreeMap<Series, long[]> perHour = new TreeMap<>();
    counts.forEach(
        (hour, count) -> {
          if (hour.number() <= last) {
            perHour
                    .computeIfAbsent(new Series(hour.kind(), hour.reason()), _ -> new long[HOURS])[
                    (int) (hour.number() - first)] =
                count[0];
          }
        });
    List<AnomalyCount> all = new ArrayList<>();
    perHour.forEach(
        (series, hours) -> all.add(new AnomalyCount(series.kind(), series.reason(), hours)));
    return all;
  }
}
