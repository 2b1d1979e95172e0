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

  /// More slots than this many kinds fill in a day are not kept.
  private static final int SLOTS = 24 * 12 * 32;

  /// More counts than four reasons and gravities of as many kinds fill are not kept.
  private static final int BINS = 4 * SLOTS;

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

  private record Series(String kind, String reason, Gravity gravity) implements Comparable<Series> {

    private static final Comparator<Series> ORDER =
        Comparator.comparing(Series::kind)
            .thenComparing(Series::reason)
            .thenComparing(Series::gravity);

    @Override
    public int compareTo(Series other) {
      return ORDER.compare(this, other);
    }
  }

  private record Bin(long number, Series series) implements Comparable<Bin> {

    /// Before all of a slot.
    static Bin first(long number) {
      return new Bin(number, new Series("", "", Gravity.NOTICE));
    }

    @Override
    public int compareTo(Bin other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : series.compareTo(other.series);
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
            new Bin(
                JudgedAnomalies.slot(anomaly.time()),
                new Series(anomaly.kind(), anomaly.reason(), Gravity.of(anomaly))),
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
        (a, b) -> Gravity.ORDER.compare(a, b) >= 0 ? a : b);
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
    counts.subMap(Bin.first(first), Bin.first(last + 1)).clear();
    for (JudgedAnomalies.Count count : judged.counts()) {
      Bin bin =
          new Bin(
              JudgedAnomalies.slot(count.slot()),
              new Series(count.kind(), count.reason(), count.gravity()));
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

  /// Counts per kind, reason and gravity of the day before `now`.
  List<AnomalyCount> counts(Instant now) {
    long first = JudgedAnomalies.slot(AnomalyCount.begin(now));
    counts.headMap(Bin.first(first)).clear();
    TreeMap<Series, long[]> courses = new TreeMap<>();
    counts.forEach(
        (bin, count) -> {
          long slot = bin.number() - first;
          if (slot < AnomalyCount.SLOTS) {
            courses.computeIfAbsent(bin.series(), _ -> new long[AnomalyCount.SLOTS])[(int) slot] +=
                count[0];
          }
        });
    List<AnomalyCount> all = new ArrayList<>();
    courses.forEach(
        (series, slots) ->
            all.add(new AnomalyCount(series.kind(), series.reason(), series.gravity(), slots)));
    return all;
  }
}
