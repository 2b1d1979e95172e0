package dev.millrace.views.anomalies;

import dev.millrace.engine.history.PeakGrid;
import dev.millrace.engine.history.ReadingHistory.AnomalyPage;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.JudgedAnomalies;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.views.charts.TimelinePicture;
import dev.millrace.views.charts.TimelinePicture.Mark;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Puts the anomalies of a span on lanes. Any thread may call.
public final class TimelinePlan {

  /// Score from which a reading is an anomaly, and one beyond which none is larger.
  private static final double LEAST = 4;

  private static final double MOST = 150;
  private static final int FEW = 200;

  /// From more than so many on, marks hide one another, and piles tell more.
  static final int CROWD = 1_000;

  private static final int SLOTS = 44;

  /// Counts are piled up in about so many columns.
  private static final int COLUMNS = 48;

  private TimelinePlan() {}

  /// What is live, thinned so that a full day stays readable in little room; a crowd in piles.
  ///
  /// @param kinds all kinds, so that a lane without an anomaly is told too
  public static TimelinePicture live(
      LiveSnapshot live, TimelineLanes by, Duration range, List<String> kinds, Clock clock) {
    if (live.newest().isEmpty()) {
      return TimelinePicture.EMPTY;
    }
    Instant newest = live.newest().get();
    long to = Math.floorDiv(newest.toEpochMilli(), 60_000L) * 60_000 + 60_000;
    long from = to - range.toMillis();
    List<String> keys = keys(live, by, kinds);
    long[] counts = counts(live, by, range, keys);
    boolean crowd = Arrays.stream(counts).sum() > CROWD;
    return new TimelinePicture(
        keys.stream().map(by::name).toList(),
        Arrays.stream(counts).boxed().toList(),
        crowd ? List.of() : few(live, by, keys, from, to, clock),
        crowd ? piled(live, by, range, newest).drawn(keys, clock, newest) : List.of(),
        from,
        to);
  }

  private static List<Mark> few(
      LiveSnapshot live, TimelineLanes by, List<String> keys, long from, long to, Clock clock) {
    Instant newest = live.newest().orElseThrow();
    List<AnomalyWords> words =
        live.anomalies().stream().map(a -> new AnomalyWords(a, clock, newest)).toList();
    List<Mark> marks = marks(words, by, keys, from, to);
    return marks.size() <= FEW ? marks : thinned(marks, from, to);
  }

  /// All that are counted; those that are kept stand for the others.
  private static AnomalyPiles piled(
      LiveSnapshot live, TimelineLanes by, Duration range, Instant newest) {
    long slot = JudgedAnomalies.SLOT.toSeconds();
    long perColumn = Math.max(1, range.toSeconds() / slot / COLUMNS);
    AnomalyPiles piles = new AnomalyPiles(by, new PeakGrid(perColumn * slot * 1_000_000));
    Instant begin = AnomalyCount.begin(newest);
    for (AnomalyCount count : live.anomalyCounts()) {
      long[] slots = count.perSlot();
      for (int i = first(slots, range); i < slots.length; i++) {
        if (slots[i] > 0) {
          piles.add(lane(count, by), begin.plusSeconds(i * slot), count.gravity(), slots[i]);
        }
      }
    }
    live.anomalies().forEach(piles::name);
    return piles;
  }

  private static String lane(AnomalyCount count, TimelineLanes by) {
    return by == TimelineLanes.KIND ? count.kind() : count.reason();
  }

  /// Of the slots of a day, the first that a range holds.
  private static int first(long[] slots, Duration range) {
    return (int) Math.max(0, slots.length - range.dividedBy(JudgedAnomalies.SLOT));
  }

  /// The anomalies one by one; where there are more than {@link #CROWD}, in piles.
  ///
  /// @param pages of the same span, or spans as long
  /// @param keys lanes that are shown even when nothing is on them
  public static TimelinePicture all(
      List<AnomalyPage> pages,
      TimelineLanes by,
      List<String> keys,
      Instant from,
      Instant to,
      Clock clock) {
    List<Anomaly> each = pages.stream().flatMap(page -> page.anomalies().stream()).toList();
    Optional<AnomalyPiles> piles = piles(pages, by, PeakGrid.of(from, to));
    Map<String, Long> counts = new HashMap<>();
    List<AnomalyWords> words = new ArrayList<>();
    if (piles.isPresent()) {
      counts.putAll(piles.get().counts());
    } else {
      for (Anomaly anomaly : each) {
        counts.merge(by.key(anomaly), 1L, Long::sum);
        words.add(new AnomalyWords(anomaly, clock, to));
      }
    }
    TreeSet<String> lanes = new TreeSet<>(Names.NATURAL);
    lanes.addAll(keys);
    lanes.addAll(counts.keySet());
    List<String> order = List.copyOf(lanes);
    return new TimelinePicture(
        order.stream().map(by::name).toList(),
        order.stream().map(lane -> counts.getOrDefault(lane, 0L)).toList(),
        marks(words, by, order, from.toEpochMilli(), to.toEpochMilli()),
        piles.map(p -> p.drawn(order, clock, to)).orElse(List.of()),
        from.toEpochMilli(),
        to.toEpochMilli());
  }

  /// Piles of all, where they are too many to be told apart; otherwise none.
  private static Optional<AnomalyPiles> piles(
      List<AnomalyPage> pages, TimelineLanes by, PeakGrid grid) {
    if (pages.stream().mapToLong(AnomalyPage::total).sum() <= CROWD) {
      return Optional.empty();
    }
    AnomalyPiles piles = new AnomalyPiles(by, grid);
    for (AnomalyPage page : pages) {
      if (page.peaks().isEmpty()) {
        page.anomalies().forEach(piles::add);
      } else {
        page.peaks().forEach(piles::add);
      }
    }
    return Optional.of(piles);
  }

  private static List<Mark> marks(
      List<AnomalyWords> anomalies, TimelineLanes by, List<String> keys, long from, long to) {
    Map<String, Integer> lanes = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      lanes.put(keys.get(i), i);
    }
    List<Mark> marks = new ArrayList<>();
    for (AnomalyWords words : anomalies) {
      Anomaly anomaly = words.anomaly();
      long time = anomaly.time().toEpochMilli();
      Integer lane = lanes.get(by.key(anomaly));
      if (time >= from && time <= to && lane != null) {
        marks.add(
            new Mark(lane, time, weight(anomaly), AnomalyWords.tone(Gravity.of(anomaly)), words));
      }
    }
    marks.sort(Comparator.comparingDouble(Mark::weight));
    return marks;
  }

  /// The heaviest mark of each lane and slot, lightest first.
  private static List<Mark> thinned(List<Mark> marks, long from, long to) {
    Map<List<Integer>, Mark> heaviest = new LinkedHashMap<>();
    for (Mark mark : marks) {
      int slot = (int) ((double) (mark.time() - from) / (to - from) * SLOTS);
      heaviest.merge(List.of(mark.lane(), slot), mark, (a, b) -> a.weight() >= b.weight() ? a : b);
    }
    return heaviest.values().stream().sorted(Comparator.comparingDouble(Mark::weight)).toList();
  }

  /// Of all anomalies, the five minutes that the range holds.
  private static long[] counts(
      LiveSnapshot live, TimelineLanes by, Duration range, List<String> keys) {
    long[] counts = new long[keys.size()];
    for (AnomalyCount count : live.anomalyCounts()) {
      int lane = keys.indexOf(lane(count, by));
      if (lane >= 0) {
        long[] slots = count.perSlot();
        for (int i = first(slots, range); i < slots.length; i++) {
          counts[lane] += slots[i];
        }
      }
    }
    return counts;
  }

  private static List<String> keys(LiveSnapshot live, TimelineLanes by, List<String> kinds) {
    if (by == TimelineLanes.KIND) {
      return kinds;
    }
    TreeSet<String> reasons = new TreeSet<>(List.of("RANGE", "ZSCORE", "RANGE+ZSCORE"));
    live.anomalyCounts().forEach(count -> reasons.add(count.reason()));
    return List.copyOf(reasons);
  }

  /// Grows with the logarithm of the score: scores of a quiet sensor reach the hundreds.
  static double weight(Anomaly anomaly) {
    double score = Math.abs(anomaly.score());
    if (Double.isNaN(score)) {
      return 0.6;
    }
    return Math.clamp(Math.log(score / LEAST) / Math.log(MOST / LEAST), 0.08, 1);
  }
}
