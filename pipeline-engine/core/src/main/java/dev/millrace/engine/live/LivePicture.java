package dev.millrace.engine.live;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.PlaceHealth;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.engine.live.LiveSnapshot.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes snapshots, and makes anew only what changed or is old: entities without a new reading once
/// a second, series once a second, anomalies ten times a second.
///
/// Its owner's lock guards it.
final class LivePicture {

  private static final long BETWEEN_SERIES = Duration.ofSeconds(1).toNanos();
  private static final long BETWEEN_ANOMALIES = Duration.ofMillis(100).toNanos();
  private static final long MINUTE = 60_000_000L;

  private List<Entity> sorted = List.of();
  private List<Series> series = List.of();
  private List<Anomaly> anomalies = List.of();
  private List<AnomalyCount> anomalyCounts = List.of();
  private boolean made;
  private boolean anomaliesStand;
  private long seriesMade;
  private long anomaliesMade;
  private int zonesThen;

  /// Makes the anomalies anew the next time.
  void forgetAnomalies() {
    anomaliesStand = false;
  }

  /// @param newest event time in microseconds
  /// @param nanos of the clock that only goes on
  LiveSnapshot make(
      Collection<Entity> entities,
      Collection<ZoneState> zoneStates,
      AnomalyMemory memory,
      RecentSeconds recent,
      long newest,
      long events,
      long nanos) {
    if (sorted.size() != entities.size()) {
      sorted = entities.stream().sorted(Comparator.comparing(e -> e.name)).toList();
    }
    boolean anew = !made || nanos - seriesMade >= BETWEEN_SERIES || zonesThen != zoneStates.size();
    zoneStates.forEach(ZoneState::beginPicture);
    List<Latest> latest = new ArrayList<>(sorted.size());
    List<Condition> conditions = new ArrayList<>(sorted.size());
    for (Entity e : sorted) {
      if (e.heard()) {
        Condition condition = e.condition(newest, anew);
        latest.add(e.latest());
        conditions.add(condition);
        if (e.zone != null) {
          e.zone.join(condition.health());
        }
      }
    }
    long lastStep = SlidingWindows.step(newest);
    List<Zone> zones = new ArrayList<>(zoneStates.size());
    Map<String, double[]> byPlace = new TreeMap<>();
    for (ZoneState zone : zoneStates) {
      if (zone.entities() > 0) {
        zones.add(zone.zone(lastStep));
        double[] sums = byPlace.computeIfAbsent(zone.place, _ -> new double[2]);
        sums[0] += zone.entities();
        sums[1] += zone.healthSum();
      }
    }
    List<PlaceHealth> places = new ArrayList<>(byPlace.size());
    byPlace.forEach(
        (place, sums) -> places.add(new PlaceHealth(place, (int) sums[0], sums[1] / sums[0])));
    Instant now = Micros.instant(newest);
    if (!anomaliesStand || nanos - anomaliesMade >= BETWEEN_ANOMALIES) {
      anomaliesStand = true;
      anomaliesMade = nanos;
      anomalies = memory.kept(now);
      anomalyCounts = memory.counts(now);
    }
    if (anew) {
      seriesMade = nanos;
      zonesThen = zoneStates.size();
      series =
          zoneStates.stream()
              .map(zone -> zone.minutes.series(Math.floorDiv(newest, MINUTE)))
              .filter(s -> s.minutes().length > 0)
              .toList();
    }
    made = true;
    return new LiveSnapshot(
        Optional.of(now),
        latest,
        series,
        anomalies,
        anomalyCounts,
        recent.perSecond(),
        recent.p99Millis(),
        conditions,
        zones,
        places,
        events);
  }
}
