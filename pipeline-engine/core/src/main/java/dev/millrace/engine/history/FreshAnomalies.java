package dev.millrace.engine.history;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.history.ReadingHistory.AnomalyPage;
import dev.millrace.engine.history.ReadingHistory.AnomalyPeak;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells of anomalies that no table holds as {@link FindAnomalies} tells of those one does.
final class FreshAnomalies {

  private static final Comparator<Anomaly> NEWEST_FIRST =
      Comparator.comparing(Anomaly::time).reversed().thenComparing(Anomaly::entity);

  private record Slot(long begin, String group) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int byTime = Long.compare(begin, other.begin);
      return byTime != 0 ? byTime : group.compareTo(other.group);
    }
  }

  private FreshAnomalies() {}

  /// @param anomalies in any order
  static AnomalyPage page(List<Anomaly> anomalies, AnomalyQuery query) {
    List<Anomaly> wanted = anomalies.stream().filter(query::wants).toList();
    return new AnomalyPage(
        wanted.stream().sorted(NEWEST_FIRST).limit(query.most()).toList(),
        wanted.size(),
        wanted.size() > query.most() ? peaks(wanted, query) : List.of(),
        Optional.empty());
  }

  /// Those of a course, in the order of time; of more than `most` the gravest of each slot.
  ///
  /// @param from begin of the first slot, in microseconds
  /// @param slot its length in microseconds
  static List<Anomaly> ofCourse(Collection<Anomaly> all, long from, long slot, int most) {
    Collection<Anomaly> told = all;
    if (all.size() > most) {
      Map<Long, Anomaly> gravest = new TreeMap<>();
      for (Anomaly anomaly : all) {
        gravest.merge(
            Math.floorDiv(Micros.of(anomaly.time()) - from, slot),
            anomaly,
            (a, b) -> Gravity.ORDER.compare(a, b) >= 0 ? a : b);
      }
      told = gravest.values();
    }
    return told.stream().sorted(Comparator.comparing(Anomaly::time)).toList();
  }

  private static List<AnomalyPeak> peaks(Collection<Anomaly> wanted, AnomalyQuery query) {
    PeakGrid grid = PeakGrid.of(query.from(), query.to());
    Map<Slot, List<Anomaly>> slots = new TreeMap<>();
    for (Anomaly anomaly : wanted) {
      slots
          .computeIfAbsent(
              new Slot(Micros.of(grid.begin(anomaly.time())), query.grouping().of(anomaly)),
              _ -> new ArrayList<>())
          .add(anomaly);
    }
    List<AnomalyPeak> peaks = new ArrayList<>();
    slots.forEach(
        (slot, all) -> {
          Map<Gravity, Long> counts = new EnumMap<>(Gravity.class);
          all.forEach(anomaly -> counts.merge(Gravity.of(anomaly), 1L, Long::sum));
          Instant begin = Micros.instant(slot.begin());
          peaks.add(
              new AnomalyPeak(
                  slot.group(),
                  begin,
                  grid.end(begin),
                  counts,
                  all.stream().max(Gravity.ORDER).orElseThrow()));
        });
    return peaks;
  }
}
