package dev.millrace.views.anomalies;

import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.views.Preferences;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// By what the anomalies on show are chosen. FX thread only.
public final class AnomalyFilters {

  private final Filter kinds;
  private final Filter places;
  private final Filter reasons;
  private final Filter gravities;

  AnomalyFilters(Preferences preferences) {
    kinds = new Filter(preferences, "anomalies.kinds");
    places = new Filter(preferences, "anomalies.places");
    reasons = new Filter(preferences, "anomalies.reasons");
    gravities =
        new Filter(
            preferences,
            "anomalies.gravities",
            Comparator.comparing((String name) -> Gravity.valueOf(name)).reversed());
    gravities.offer(Arrays.stream(Gravity.values()).map(Gravity::name).collect(Collectors.toSet()));
  }

  private List<Filter> all() {
    return List.of(kinds, places, reasons, gravities);
  }

  void onChange(Runnable told) {
    all().forEach(filter -> filter.chosen().addListener((_, _, _) -> told.run()));
  }

  /// Offers what occurs.
  void offer(LiveSnapshot live) {
    Set<String> everyKind = new HashSet<>();
    Set<String> everyPlace = new HashSet<>();
    live.latest()
        .forEach(
            latest -> {
              everyKind.add(latest.kind());
              everyPlace.add(TimelineLanes.level(latest.place()));
            });
    everyPlace.remove("");
    kinds.offer(everyKind);
    places.offer(everyPlace);
    Set<String> everyReason = new HashSet<>(Set.of("RANGE", "ZSCORE", "RANGE+ZSCORE"));
    live.anomalyCounts().stream().map(AnomalyCount::reason).forEach(everyReason::add);
    reasons.offer(everyReason);
  }

  AnomalyQuery query(Instant from, Instant to, TimelineLanes by, int most) {
    return new AnomalyQuery(
        from,
        to,
        kinds.chosen().get(),
        places.chosen().get(),
        reasons.chosen().get(),
        gravities.chosen().get().stream().map(Gravity::valueOf).collect(Collectors.toSet()),
        by.grouping(),
        most);
  }

  /// Keys of the lanes that are shown even when nothing is on them.
  List<String> lanes(TimelineLanes by) {
    Filter filter =
        switch (by) {
          case KIND -> kinds;
          case REASON -> reasons;
          case PLACE -> places;
        };
    return List.copyOf(
        new TreeSet<>(filter.isOn() ? filter.chosen().get() : filter.offered().get()));
  }

  /// Chooses a place, or one of its levels, and nothing else.
  void only(String place) {
    kinds.clear();
    reasons.clear();
    gravities.clear();
    places.offer(Set.of(place));
    places.set(Set.of(place));
  }

  void clear() {
    all().forEach(Filter::clear);
  }

  boolean isOn() {
    return all().stream().anyMatch(Filter::isOn);
  }

  public Filter kinds() {
    return kinds;
  }

  public Filter places() {
    return places;
  }

  public Filter reasons() {
    return reasons;
  }

  public Filter gravities() {
    return gravities;
  }
}
