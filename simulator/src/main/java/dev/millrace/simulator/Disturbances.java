package dev.millrace.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The zones of a fleet and what happens to them by chance, by schedule or by hand. The fleet's
/// thread changes them; any thread may look.
final class Disturbances {

  private static final double MICROS_A_DAY = Sensor.micros(Duration.ofDays(1));

  private final Map<String, ZoneEvent> events = new LinkedHashMap<>();
  private final Map<String, SplittableRandom> randoms = new LinkedHashMap<>();
  private final Map<String, Zone> zones = new LinkedHashMap<>();
  private final List<String> places;
  private final LongSupplier episodes;

  /// @param episodes numbers for the next episode
  Disturbances(FleetSettings settings, SplittableRandom root, LongSupplier episodes) {
    this.episodes = episodes;
    this.places = settings.places();
    for (ZoneEvent event : settings.zoneEvents()) {
      events.put(event.name(), event);
      randoms.put(event.name(), root.split());
      for (String place : event.zones()) {
        zones.computeIfAbsent(name(place, event.kind()), _ -> new Zone(place, event.kind()));
      }
    }
  }

  private static String name(String place, String kind) {
    return kind + '\n' + place;
  }

  /// The zone of a sensor; null when nothing can happen to it.
  @Nullable Zone zone(String place, String kind) {
    return zones.get(name(place, kind));
  }

  List<ZoneEvent> events() {
    return List.copyOf(events.values());
  }

  Optional<ZoneEvent> event(String name) {
    return Optional.ofNullable(events.get(name));
  }

  List<String> places() {
    return places;
  }

  List<Zone> disturbed(long micros) {
    List<Zone> disturbed = new ArrayList<>();
    for (Zone zone : zones.values()) {
      if (zone.isDisturbed(micros)) {
        disturbed.add(zone);
      }
    }
    return disturbed;
  }

  /// Plans the first of each event that begins by chance.
  void plan(long start, Agenda agenda) {
    for (ZoneEvent event : events.values()) {
      if (event.perDay() > 0) {
        planNext(event, start, agenda);
      }
    }
  }

  /// Times between two are exponentially distributed, so that they come at random.
  private void planNext(ZoneEvent event, long after, Agenda agenda) {
    SplittableRandom random = random(event);
    double wait = -StrictMath.log(1 - random.nextDouble()) / event.perDay() * MICROS_A_DAY;
    long at = after + 1 + (long) wait;
    agenda.add(
        at,
        () -> {
          String place = event.zones().get(random.nextInt(event.zones().size()));
          if (!zoneOf(event, place).isDisturbed(at)) {
            begin(event, place, at, Optional.empty());
          }
          planNext(event, at, agenda);
        });
  }

  /// Begins in place of what disturbs the zone meanwhile.
  ///
  /// @param length empty: drawn
  void begin(ZoneEvent event, String place, long at, Optional<Duration> length) {
    SplittableRandom random = random(event);
    long shortest = Sensor.micros(event.shortest());
    long span = Sensor.micros(event.longest()) - shortest;
    long drawn = shortest + (long) (span * random.nextDouble());
    double height = event.low() + (event.high() - event.low()) * random.nextDouble();
    zoneOf(event, place)
        .disturb(
            new Zone.Disturbance(
                event.name(),
                episodes.getAsLong(),
                at,
                at + length.map(Sensor::micros).orElse(drawn),
                height,
                Sensor.micros(event.rise())));
  }

  /// Ends what disturbs the place.
  void calm(String place) {
    for (Zone zone : zones.values()) {
      if (zone.place.equals(place)) {
        zone.disturb(null);
      }
    }
  }

  private SplittableRandom random(ZoneEvent event) {
    SplittableRandom random = randoms.get(event.name());
    if (random == null) {
      throw new IllegalStateException("No zone event " + event.name());
    }
    return random;
  }

  private Zone zoneOf(ZoneEvent event, String place) {
    Zone zone = zones.get(name(place, event.kind()));
    if (zone == null) {
      throw new IllegalStateException(event.name() + " does not happen in " + place);
    }
    return zone;
  }
}
