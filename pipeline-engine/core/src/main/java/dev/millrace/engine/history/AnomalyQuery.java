package dev.millrace.engine.history;

import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import java.time.Instant;
import java.util.Set;

/// Which anomalies of a span are wanted; an empty set is all.
///
/// @param from first event time
/// @param to last event time
/// @param places places, or levels above them: `floor-1` is all of that floor
/// @param reasons as {@link dev.millrace.engine.live.LiveSnapshot.Anomaly} has them
/// @param grouping what the peaks of a crowd are told by
/// @param most at most this many, the newest
public record AnomalyQuery(
    Instant from,
    Instant to,
    Set<String> kinds,
    Set<String> places,
    Set<String> reasons,
    Set<Gravity> gravities,
    Grouping grouping,
    int most) {

  /// What anomalies can be told apart by.
  public enum Grouping {
    KIND,
    REASON,
    /// The greatest level of a place.
    LEVEL;

    /// What group one is of.
    public String of(Anomaly anomaly) {
      return switch (this) {
        case KIND -> anomaly.kind();
        case REASON -> anomaly.reason();
        case LEVEL -> anomaly.place().split("/", 2)[0];
      };
    }

    /// The same as an expression on the columns of a reading.
    String sql() {
      return switch (this) {
        case KIND -> "kind";
        case REASON -> "reason";
        case LEVEL -> "split_part(place, '/', 1)";
      };
    }
  }

  public AnomalyQuery {
    kinds = Set.copyOf(kinds);
    places = Set.copyOf(places);
    reasons = Set.copyOf(reasons);
    gravities = Set.copyOf(gravities);
  }

  /// All of a span, by kind.
  public static AnomalyQuery all(Instant from, Instant to, int most) {
    return new AnomalyQuery(from, to, Set.of(), Set.of(), Set.of(), Set.of(), Grouping.KIND, most);
  }

  /// Whether one is wanted.
  public boolean wants(Anomaly anomaly) {
    return !anomaly.time().isBefore(from)
        && !anomaly.time().isAfter(to)
        && (kinds.isEmpty() || kinds.contains(anomaly.kind()))
        && (reasons.isEmpty() || reasons.contains(anomaly.reason()))
        && (gravities.isEmpty() || gravities.contains(Gravity.of(anomaly)))
        && within(anomaly.place());
  }

  /// The same of another span.
  public AnomalyQuery during(Instant begin, Instant end) {
    return new AnomalyQuery(begin, end, kinds, places, reasons, gravities, grouping, most);
  }

  /// Whether a place is wanted.
  public boolean within(String place) {
    return places.isEmpty()
        || places.stream().anyMatch(p -> place.equals(p) || place.startsWith(p + "/"));
  }
}
