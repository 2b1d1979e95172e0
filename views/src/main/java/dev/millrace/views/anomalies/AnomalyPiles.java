package dev.millrace.views.anomalies;

import dev.millrace.engine.history.PeakGrid;
import dev.millrace.engine.history.ReadingHistory.AnomalyPeak;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.charts.TimelinePicture.Mark;
import dev.millrace.views.charts.TimelinePicture.Pile;
import dev.millrace.views.charts.TimelinePicture.Share;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The anomalies of a crowd, by lane and slot of time: those that are known, and those that are
/// only counted. Not for threads to share.
final class AnomalyPiles {

  /// Foot first: what is gravest stands on the lane's line, where it is seen best.
  private static final List<Gravity> ORDER =
      List.of(Gravity.CRITICAL, Gravity.WARNING, Gravity.NOTICE);

  private final TimelineLanes by;
  private final Map<Slot, Heap> heaps = new LinkedHashMap<>();
  private final PeakGrid grid;

  private record Slot(String lane, Instant from) {}

  private static final class Heap {
    private final Map<Gravity, Long> counts = new EnumMap<>(Gravity.class);
    private @Nullable Anomaly gravest;
  }

  AnomalyPiles(TimelineLanes by, PeakGrid grid) {
    this.by = by;
    this.grid = grid;
  }

  /// @param peak of the same grid
  void add(AnomalyPeak peak) {
    Heap heap = heap(by.key(peak.gravest()), peak.from());
    stand(heap, peak.gravest());
    peak.counts().forEach((gravity, count) -> heap.counts.merge(gravity, count, Long::sum));
  }

  void add(Anomaly anomaly) {
    Heap heap = heap(by.key(anomaly), grid.begin(anomaly.time()));
    stand(heap, anomaly);
    heap.counts.merge(Gravity.of(anomaly), 1L, Long::sum);
  }

  /// Adds some of which nothing more is known.
  void add(String lane, Instant time, Gravity gravity, long count) {
    heap(lane, grid.begin(time)).counts.merge(gravity, count, Long::sum);
  }

  /// Names one of those that are counted already.
  void name(Anomaly anomaly) {
    Heap heap = heaps.get(new Slot(by.key(anomaly), grid.begin(anomaly.time())));
    if (heap != null) {
      stand(heap, anomaly);
    }
  }

  private Heap heap(String lane, Instant begin) {
    return heaps.computeIfAbsent(new Slot(lane, begin), _ -> new Heap());
  }

  private static void stand(Heap heap, Anomaly anomaly) {
    if (heap.gravest == null || Gravity.ORDER.compare(anomaly, heap.gravest) > 0) {
      heap.gravest = anomaly;
    }
  }

  /// How many there are on each lane.
  Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    heaps.forEach((slot, heap) -> counts.merge(slot.lane(), count(heap), Long::sum));
    return counts;
  }

  /// @param lanes from top to bottom; what is on none of them is left out
  List<Pile> drawn(List<String> lanes, Clock clock, Instant now) {
    List<Pile> piles = new ArrayList<>();
    heaps.forEach(
        (slot, heap) -> {
          int lane = lanes.indexOf(slot.lane());
          if (lane >= 0) {
            piles.add(pile(lane, slot.from(), heap, clock, now));
          }
        });
    return piles;
  }

  private Pile pile(int lane, Instant from, Heap heap, Clock clock, Instant now) {
    Anomaly gravest = heap.gravest;
    return new Pile(
        gravest == null
            ? counted(lane, from, heap, clock, now)
            : new Mark(
                lane,
                gravest.time().toEpochMilli(),
                TimelinePlan.weight(gravest),
                AnomalyWords.tone(Gravity.of(gravest)),
                AnomalyWords.of(gravest, count(heap), grid.length(), clock, now)),
        from.toEpochMilli(),
        grid.end(from).toEpochMilli(),
        ORDER.stream()
            .map(g -> new Share(AnomalyWords.tone(g), heap.counts.getOrDefault(g, 0L)))
            .filter(share -> share.count() > 0)
            .toList());
  }

  private Mark counted(int lane, Instant from, Heap heap, Clock clock, Instant now) {
    Gravity gravity = Collections.max(heap.counts.keySet());
    String words =
        Figures.counted(count(heap), "anomaly")
            + "\n"
            + clock.minute(from, now)
            + " to "
            + clock.minute(grid.end(from), now);
    return new Mark(lane, from.toEpochMilli(), 0, AnomalyWords.tone(gravity), () -> words);
  }

  private static long count(Heap heap) {
    return heap.counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
