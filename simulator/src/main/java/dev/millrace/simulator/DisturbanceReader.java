package dev.millrace.simulator;

import dev.millrace.engine.pipeline.yaml.Durations;
import dev.millrace.engine.pipeline.yaml.Nearest;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads the `zone-events` and the `schedule` of a fleet.
///
/// @param sensors names, kind after kind
/// @param hasValue whether the feed has the role value
record DisturbanceReader(
    List<Signal> signals, List<String> places, List<String> sensors, boolean hasValue) {

  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration SHORTEST = Duration.ofMillis(1);

  List<ZoneEvent> zoneEvents(YamlMap map) {
    List<ZoneEvent> events = new ArrayList<>();
    for (YamlMap.Entry entry : map.entries()) {
      entry.value().map().flatMap(body -> zoneEvent(entry, body)).ifPresent(events::add);
    }
    return events;
  }

  private Optional<ZoneEvent> zoneEvent(YamlMap.Entry entry, YamlMap body) {
    body.only("kind", "zones", "shift", "rise", "for", "per-day");
    if (places.isEmpty() || !hasValue) {
      entry
          .value()
          .fault(
              "needs places and a feed with the role value",
              "write `fleet: { places: ... }`, or leave it out");
      return Optional.empty();
    }
    Optional<String> kind =
        body.required("kind", signals.getFirst().kind()).flatMap(v -> v.oneOf(kinds()));
    Optional<double[]> shift =
        body.required("shift", "[4, 9]").flatMap(v -> ColumnSourceReader.ends(v, "[4, 9]"));
    Optional<Duration[]> length = body.required("for", "[15m, 40m]").flatMap(this::length);
    Optional<Duration> rise =
        body.optional("rise")
            .map(v -> v.duration(Duration.ZERO, LONGEST))
            .orElse(Optional.of(Duration.ZERO));
    double perDay =
        body.optional("per-day")
            .flatMap(v -> v.number(0, 100_000, "how many a day, from 0 to 100000"))
            .orElse(0.0);
    if (kind.isEmpty() || shift.isEmpty() || length.isEmpty() || rise.isEmpty()) {
      return Optional.empty();
    }
    if (rise.get().compareTo(length.get()[0]) > 0) {
      body.optional("rise")
          .ifPresent(v -> v.fault("is longer than the event", "write at most `for`"));
      return Optional.empty();
    }
    List<String> withSensors = placesOf(kind.get());
    Optional<List<String>> zones =
        body.optional("zones")
            .map(v -> zones(v, kind.get(), withSensors))
            .orElse(Optional.of(withSensors));
    return zones.map(
        where ->
            new ZoneEvent(
                entry.key(),
                kind.get(),
                where,
                shift.get()[0],
                shift.get()[1],
                rise.get(),
                length.get()[0],
                length.get()[1],
                perDay));
  }

  /// One length, or the shortest and the longest.
  private Optional<Duration[]> length(YamlValue value) {
    List<YamlValue> ends = value.oneOrMany();
    if (ends.isEmpty() || ends.size() > 2) {
      value.fault("has " + ends.size() + " values", "write 20m or [15m, 40m]");
      return Optional.empty();
    }
    Optional<Duration> low = ends.getFirst().duration(SHORTEST, LONGEST);
    Optional<Duration> high = ends.getLast().duration(SHORTEST, LONGEST);
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    if (low.get().compareTo(high.get()) > 0) {
      value.fault("has its longer end first", "write [shorter, longer]");
      return Optional.empty();
    }
    return Optional.of(new Duration[] {low.get(), high.get()});
  }

  private static Optional<List<String>> zones(
      YamlValue value, String kind, List<String> withSensors) {
    List<String> zones = new ArrayList<>();
    boolean sound = true;
    for (YamlValue item : value.oneOrMany()) {
      Optional<String> text = item.text();
      List<String> named =
          text.map(t -> FleetReader.expand(t).limit(FleetReader.MOST_PLACES).toList())
              .orElse(List.of());
      for (String zone : named) {
        if (!withSensors.contains(zone)) {
          item.fault(
              "names " + zone + ", which has no " + kind + " sensor",
              Nearest.remedy(zone, withSensors));
          sound = false;
          break;
        }
        zones.add(zone);
      }
      if (named.isEmpty()) {
        sound = false;
        if (text.isPresent()) {
          item.fault("names no zone", "write for example floor-1/zone-{1..6}");
        }
      }
    }
    return sound && !zones.isEmpty() ? Optional.of(zones) : Optional.empty();
  }

  List<Scheduled> schedule(YamlValue value, List<ZoneEvent> events) {
    List<Scheduled> schedule = new ArrayList<>();
    for (YamlValue item : value.list().orElse(List.of())) {
      item.map().flatMap(body -> scheduled(item, body, events)).ifPresent(schedule::add);
    }
    return schedule;
  }

  private Optional<Scheduled> scheduled(YamlValue item, YamlMap body, List<ZoneEvent> events) {
    body.only("at", "for", "sensor", "zone", "kind", "fault", "event");
    Optional<Scheduled.At> at = body.required("at", "10m").flatMap(DisturbanceReader::at);
    if (body.keys().contains("event") == body.keys().contains("fault")) {
      item.fault("needs either a fault or a zone event", "write `fault: stuck` or `event: NAME`");
      return Optional.empty();
    }
    if (body.keys().contains("event")) {
      return disturb(body, at, events);
    }
    Optional<Duration> length =
        body.required("for", "5m").flatMap(v -> v.duration(SHORTEST, LONGEST));
    Optional<Fault> fault =
        body.required("fault", "stuck")
            .flatMap(v -> v.oneOf(FleetReader.faultNames()))
            .map(word -> Fault.valueOf(word.toUpperCase(Locale.ROOT)));
    if (!hasValue && fault.filter(f -> f != Fault.DROPOUT && f != Fault.OFFLINE).isPresent()) {
      item.fault("needs a feed with the role value", "write `fault: offline` or `dropout`");
      return Optional.empty();
    }
    Optional<List<String>> named = sensors(item, body);
    if (at.isEmpty() || length.isEmpty() || fault.isEmpty() || named.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Scheduled.Break(at.get(), length.get(), named.get(), fault.get()));
  }

  private static Optional<Scheduled> disturb(
      YamlMap body, Optional<Scheduled.At> at, List<ZoneEvent> events) {
    for (String other : List.of("sensor", "kind")) {
      body.optional(other)
          .ifPresent(v -> v.fault("stands with an event, which has its own kind", "leave it out"));
    }
    Optional<Duration> length = body.optional("for").flatMap(v -> v.duration(SHORTEST, LONGEST));
    Optional<ZoneEvent> event =
        body.optional("event")
            .flatMap(v -> v.oneOf(events.stream().map(ZoneEvent::name).toList()))
            .flatMap(name -> events.stream().filter(e -> e.name().equals(name)).findFirst());
    Optional<String> zone =
        body.required("zone", "floor-1/zone-1")
            .flatMap(v -> event.isEmpty() ? v.text() : v.oneOf(event.get().zones()));
    if (at.isEmpty() || event.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Scheduled.Disturb(at.get(), length, event.get().name(), zone.get()));
  }

  private Optional<List<String>> sensors(YamlValue item, YamlMap body) {
    if (body.keys().contains("sensor") == body.keys().contains("zone")) {
      item.fault("needs either a sensor or a zone", "write `sensor: NAME` or `zone: NAME`");
      return Optional.empty();
    }
    if (body.keys().contains("sensor")) {
      body.optional("kind")
          .ifPresent(v -> v.fault("stands with a sensor, which has its own", "leave it out"));
      return body.optional("sensor").flatMap(v -> v.oneOf(sensors)).map(List::of);
    }
    Optional<String> kind = body.optional("kind").flatMap(v -> v.oneOf(kinds()));
    if (body.keys().contains("kind") && kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<YamlValue> zone = body.optional("zone");
    if (places.isEmpty()) {
      zone.ifPresent(v -> v.fault("stands in a fleet without places", "write `sensor: NAME`"));
      return Optional.empty();
    }
    return zone.flatMap(v -> v.oneOf(places))
        .flatMap(
            place -> {
              List<String> there = sensorsIn(place, kind);
              if (there.isEmpty()) {
                zone.get().fault("has no such sensor", "name another zone or kind");
              }
              return there.isEmpty() ? Optional.empty() : Optional.of(there);
            });
  }

  private List<String> sensorsIn(String place, Optional<String> kind) {
    List<String> there = new ArrayList<>();
    int first = 0;
    for (Signal signal : signals) {
      for (int i = 0; i < signal.sensors(); i++) {
        if (kind.filter(k -> !k.equals(signal.kind())).isEmpty()
            && SensorNames.place(signal, i, places).equals(place)) {
          there.add(sensors.get(first + i));
        }
      }
      first += signal.sensors();
    }
    return there;
  }

  private List<String> kinds() {
    return signals.stream().map(Signal::kind).toList();
  }

  private List<String> placesOf(String kind) {
    return signals.stream()
        .filter(s -> s.kind().equals(kind))
        .flatMap(
            s ->
                IntStream.range(0, s.sensors())
                    .mapToObj(i -> SensorNames.place(s, i, places))
                    .distinct())
        .toList();
  }

  private static Optional<Scheduled.At> at(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> after = Durations.parse(text.get());
    if (after.isPresent()) {
      return Optional.of(new Scheduled.At.After(after.get()));
    }
    try {
      return Optional.of(new Scheduled.At.Moment(Instant.parse(text.get())));
    } catch (DateTimeException _) {
      value.fault(
          "is neither a duration nor an instant: '" + text.get() + "'",
          "write for example 10m (after the first event) or 2026-01-31T08:00:00Z");
      return Optional.empty();
    }
  }
}
