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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Anomalies of the last 24 hours of event time in bounded memory: all of them counted; the newest
/// ones, of each kind and five minutes the most striking one, and those no table has judged yet
/// kept whole.
///
/// Not thread-safe; its owner's lock guards it.
final class AnomalyMemory {

  private static final int NEWEST = LiveSnapshot.NEWEST_ANOMALIES;
  private static final long SLOTS_PER_HOUR = 3_600 / JudgedAnomalies.SLOT.toSeconds();

  /// More slots than this many kinds fill in a day are not kept.
  private static final int SLOTS = 24 * 12 * 32;

  /// More counts than three reasons of as many kinds fill are not kept.
  private static final int BINS = 3 * SLOTS;

  private static final Comparator<Anomaly> STRIKING =
      Comparator.comparingInt((Anomaly a) -> a.reason().contains("RANGE") ? 1 : 0)
          .thenComparingDouble(a -> Double.isNaN(a.score()) ? 0 : Math.abs(a.score()));

  private final Deque<Anomaly> newest = new ArrayDeque<>();
  private final Deque<Anomaly> unjudged = new ArrayDeque<>();
  private Optional<Instant> judgedUntil = Optional.empty();
  private final TreeMap<Slot, Anomaly> striking = new TreeMap<>();
  private final TreeMap<Bin, long[]> counts = new TreeMap<>();

  private record Slot(long number, String kind) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : kind.compareTo(other.kind);
    }
  }

  private record Bin(long number, String kind, String reason) implements Comparable<Bin> {
    @Override
    public int compareTo(Bin other) {
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
    unjudged.addLast(anomaly);
    if (unjudged.size() > LiveSnapshot.MOST_UNJUDGED) {
      unjudged.removeFirst();
    }
    addStriking(anomaly);
    count(anomaly);
    if (counts.size() > BINS) {
      counts.pollFirstEntry();
    }
  }

  private void count(Anomaly anomaly) {
    counts
        .computeIfAbsent(
            new Bin(JudgedAnomalies.slot(anomaly.time()), anomaly.kind(), anomaly.reason()),
            _ -> new long[1])[0]++;
  }

  /// Those no table has judged, in the order they came; the caller's own.
  List<Anomaly> unjudged() {
    return new ArrayList<>(unjudged);
  }

  /// Newest event that a table has judged.
  Optional<Instant> judgedUntil() {
    return judgedUntil;
  }

  private void addStriking(Anomaly anomaly) {
    striking.merge(
        new Slot(JudgedAnomalies.slot(anomaly.time()), anomaly.kind()),
        anomaly,
        (a, b) -> STRIKING.compare(a, b) >= 0 ? a : b);
    if (striking.size() > SLOTS) {
      striking.pollFirstEntry();
    }
  }

  /// Takes a table's word for the span it judged. What was added of later events stays.
  void take(JudgedAnomalies judged) {
    judgedUntil = Optional.of(judged.until());
    unjudged.removeIf(a -> !a.time().isAfter(judged.until()));
    long first = JudgedAnomalies.slot(judged.from());
    long last = JudgedAnomalies.slot(judged.until());
    striking
        .subMap(new Slot(first, ""), new Slot(last + 1, ""))
        .values()
        .removeIf(a -> !a.time().isAfter(judged.until()));
    judged.striking().forEach(this::addStriking);
    counts.subMap(new Bin(first, "", ""), new Bin(last + 1, "", "")).clear();
    for (JudgedAnomalies.Count count : judged.counts()) {
      Bin bin = new Bin(JudgedAnomalies.slot(count.slot()), count.kind(), count.reason());
      counts.computeIfAbsent(bin, _ -> new long[1])[0] += count.count();
    }
    unjudged.stream().filter(a -> JudgedAnomalies.slot(a.time()) == last).forEach(this::count);

    List<Anomaly> rest =
        newest.stream()
            .filter(a -> a.time().isAfter(judged.until()) || a.time().isBefore(judged.from()))
            .toList();
    newest.clear();
    Stream.concat(rest.stream(), judged.newest().stream())
        .sorted(Comparator.comparing(Anomaly::time).reversed())
        .limit(NEWEST)
        .forEach(newest::addLast);
  }

  /// Those kept, newest first.
  List<Anomaly> kept(Instant now) {
    Instant oldest = now.minus(Duration.ofHours(AnomalyCount.HOURS));
    striking.headMap(new Slot(JudgedAnomalies.slot(oldest), "")).clear();
    while (!unjudged.isEmpty() && unjudged.getFirst().time().isBefore(oldest)) {
      unjudged.removeFirst();
    }
    Set<Anomaly> all = new LinkedHashSet<>(newest);
    all.addAll(striking.values());
    return all.stream()
        .filter(a -> a.time().isAfter(oldest))
        .sorted(Comparator.comparing(Anomaly::time).reversed())
        .toList();
  }

  /// Counts per kind and reason of the day before `now`.
  List<AnomalyCount> counts(Instant now) {
    long first = JudgedAnomalies.slot(AnomalyCount.begin(now));
    counts.headMap(new Bin(first, "", "")).clear();
    TreeMap<Series, long[]> courses = new TreeMap<>();
    counts.forEach(
        (bin, count) -> {
          long hour = (bin.number() - first) / SLOTS_PER_HOUR;
          if (hour < AnomalyCount.HOURS) {
            courses
                    .computeIfAbsent(
                        new Series(bin.kind(), bin.reason()), _ -> new long[AnomalyCount.HOURS])[
                    (int) hour] +=
                count[0];
          }
        });
    List<AnomalyCount> all = new ArrayList<>();
    courses.forEach(
        (series, hours) -> all.add(new AnomalyCount(series.kind(), series.reason(), hours)));
    return all;
  }
}
