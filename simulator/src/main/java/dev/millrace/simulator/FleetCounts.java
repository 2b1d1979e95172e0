package dev.millrace.simulator;

import java.util.EnumMap;
import java.util.Map;

/// What a fleet sent and what it did to it, counted exactly.
///
/// @param sent events handed to the sink, malformed, late and duplicate ones included
/// @param truth events by what was done to them; withheld ones (dropout, offline) were not sent
public record FleetCounts(long sent, Map<TruthKind, Long> truth) {

  public FleetCounts {
    Map<TruthKind, Long> copy = new EnumMap<>(TruthKind.class);
    for (TruthKind kind : TruthKind.values()) {
      copy.put(kind, truth.getOrDefault(kind, 0L));
    }
    truth = Map.copyOf(copy);
  }

  public long of(TruthKind kind) {
    return truth.getOrDefault(kind, 0L);
  }

  /// Readings sent with a value that is not the true one, by a fault of their sensor.
  public long anomalies() {
    return of(TruthKind.SPIKE) + of(TruthKind.STUCK) + of(TruthKind.DRIFT);
  }

  /// Readings moved by a zone event; one that a fault met as well counts as both.
  public long zoneEvents() {
    return of(TruthKind.ZONE_EVENT);
  }

  /// Readings that were not sent.
  public long withheld() {
    return of(TruthKind.DROPOUT) + of(TruthKind.OFFLINE);
  }

  public long malformed() {
    return of(TruthKind.MALFORMED);
  }

  public long late() {
    return of(TruthKind.LATE);
  }

  public long duplicates() {
    return of(TruthKind.DUPLICATE);
  }
}
