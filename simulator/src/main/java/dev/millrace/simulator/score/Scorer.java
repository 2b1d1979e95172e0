package dev.millrace.simulator.score;

import dev.millrace.simulator.TruthKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes a table's readings in any order, each once, and compares their flags with the truth. For
/// one thread.
public final class Scorer {

  private final Truth truth;
  private final Set<String> sensors;
  private final EnumMap<TruthKind, long[]> byKind = new EnumMap<>(TruthKind.class);
  private final Map<String, long[]> byReason = new TreeMap<>();
  private long right;
  private long missed;
  private long falseAlarms;
  private long sound;
  private long notJudged;

  /// @param truth used up by the readings
  /// @param fleet names of the fleet's sensors; with those of the truth, the ones that are judged
  public Scorer(Truth truth, List<String> fleet) {
    this.truth = truth;
    this.sensors = new HashSet<>(fleet);
    sensors.addAll(truth.sensors());
    for (TruthKind kind : TruthKind.values()) {
      byKind.put(kind, new long[2]);
    }
  }

  /// @param micros event time; outside the truth's window the reading is left out
  /// @param reason why it is flagged; null for none given
  public void reading(String sensor, long micros, boolean flagged, @Nullable String reason) {
    if (!truth.window().holds(micros)) {
      return;
    }
    if (!sensors.contains(sensor)) {
      notJudged++;
      return;
    }
    List<Truth.Label> labels = truth.take(sensor, micros);
    EnumMap<TruthKind, Boolean> met = new EnumMap<>(TruthKind.class);
    boolean anomalous = false;
    for (Truth.Label label : labels) {
      anomalous |= label.kind().isAnomaly();
      met.put(label.kind(), true);
      if (label.episode() != null) {
        label.episode().meet(micros, flagged);
      }
    }
    for (TruthKind kind : met.keySet()) {
      long[] counts = of(kind);
      counts[0]++;
      counts[1] += flagged ? 1 : 0;
    }
    count(anomalous, flagged);
    if (flagged) {
      long[] counts =
          byReason.computeIfAbsent(reason == null ? "none given" : reason, _ -> new long[2]);
      counts[0]++;
      counts[1] += anomalous ? 1 : 0;
    }
  }

  private void count(boolean anomalous, boolean flagged) {
    if (anomalous && flagged) {
      right++;
    } else if (anomalous) {
      missed++;
    } else if (flagged) {
      falseAlarms++;
    } else {
      sound++;
    }
  }

  /// What the readings so far come to.
  public Score score() {
    List<Score.OfKind> kinds = new ArrayList<>();
    List<Score.Withheld> withheld = new ArrayList<>();
    List<Score.Other> others = new ArrayList<>();
    for (TruthKind kind : TruthKind.values()) {
      if (truth.lines(kind) == 0) {
        continue;
      }
      if (kind.isAnomaly()) {
        kinds.add(ofKind(kind));
      } else if (kind.isWithheld()) {
        withheld.add(new Score.Withheld(kind, truth.lines(kind), episodes(kind).size()));
      } else {
        others.add(new Score.Other(kind, truth.lines(kind), of(kind)[0]));
      }
    }
    List<Score.OfReason> reasons = new ArrayList<>();
    byReason.forEach((reason, c) -> reasons.add(new Score.OfReason(reason, c[0], c[1])));
    return new Score(
        new Score.Counts(right, missed, falseAlarms, sound),
        kinds,
        reasons,
        withheld,
        others,
        notJudged);
  }

  private Score.OfKind ofKind(TruthKind kind) {
    long seen = of(kind)[0];
    long flagged = of(kind)[1];
    List<Episode> there = episodes(kind).stream().filter(e -> e.seen > 0).toList();
    long[] delays =
        there.stream()
            .filter(e -> e.firstFlag != Episode.NEVER)
            .mapToLong(e -> e.firstFlag - e.onset)
            .sorted()
            .toArray();
    return new Score.OfKind(
        kind,
        new Score.Counts(flagged, seen - flagged, falseAlarms, sound),
        truth.lines(kind) - seen,
        there.size(),
        delays.length,
        episodes(kind).size() - there.size(),
        delays(delays));
  }

  private List<Episode> episodes(TruthKind kind) {
    return truth.episodes().stream().filter(e -> e.kind == kind).toList();
  }

  private long[] of(TruthKind kind) {
    long[] counts = byKind.get(kind);
    if (counts == null) {
      throw new IllegalStateException("No counts of " + kind);
    }
    return counts;
  }

  /// Percentiles by nearest rank.
  private static Optional<Score.Delays> delays(long[] sorted) {
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(
            new Score.Delays(
                rank(sorted, 0.5),
                rank(sorted, 0.9),
                micros(Arrays.stream(sorted).max().orElse(0))));
  }

  private static Duration rank(long[] sorted, double share) {
    return micros(sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(Math.multiplyExact(micros, 1000L));
  }
}
