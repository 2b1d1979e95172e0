package dev.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to zones and sensors by chance, by schedule and by hand.
class DisturbancesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  /// Four temperature sensors in two rooms, two of humidity; nothing by chance but what is asked.
  private static final String FLEET =
      """
      rate: 6
      fleet: { places: "room-{1..2}" }
      signals:
        temperature: { sensors: 4, base: 20, noise: 0.01 }
        humidity: { sensors: 2, base: 50, noise: 0.01, decimals: 3 }
      """;

  @TempDir Path home;

  private record Event(String sensor, Instant time, double value) {}

  private record Truth(String sensor, Instant time, String kind, String episode, JsonNode line) {}

  private record Ran(List<Event> events, List<Truth> truth) {}

  @Test
  void aScheduledZoneEventMovesTheSensorsOfItsKindAndPlaceTogether() throws IOException {
    Ran ran =
        run(
            3600,
            """
            zone-events: { heat: { kind: temperature, shift: [5, 5], rise: 1m, for: 8m } }
            schedule: [{ at: 2m, zone: room-2, event: heat, for: 5m }]
            """);

    for (Event event : ran.events()) {
      double minutes = Duration.between(START, event.time()).toMillis() / 60_000.0;
      boolean moved = Set.of("temperature-2", "temperature-4").contains(event.sensor());
      double edge = Math.min(minutes - 2, 7 - minutes);
      double shift = moved ? 5 * Math.clamp(edge, 0, 1) : 0;
      double base = event.sensor().startsWith("humidity") ? 50 : 20;
      assertThat(event.value()).as("%s", event).isCloseTo(base + shift, within(0.1));
    }
    assertThat(ran.truth()).extracting(Truth::kind).containsOnly("zone_event");
    assertThat(new HashSet<>(ran.truth().stream().map(Truth::episode).toList())).hasSize(1);
    for (Truth truth : ran.truth()) {
      assertThat(truth.line().get("detail").asText()).isEqualTo("heat");
      assertThat(truth.line().get("base").asDouble()).isCloseTo(20, within(0.1));
    }
  }

  @Test
  void anEpisodeHasOneNameWhichNoOtherHas() throws IOException {
    Ran ran =
        run(
            20_000,
            """
            anomalies: 0.1
            faults: { stuck: { part: 1, readings: [4, 4] }, offline: { part: 1, readings: [3, 3] } }
            zone-events: { heat: { kind: temperature, shift: [5, 9], for: [1m, 3m], per-day: 200 } }
            """);

    Map<String, List<Truth>> episodes = new TreeMap<>();
    ran.truth().forEach(t -> episodes.computeIfAbsent(t.episode(), _ -> new ArrayList<>()).add(t));
    int zone = 0;
    for (List<Truth> episode : episodes.values()) {
      assertThat(episode).extracting(Truth::kind).containsOnly(episode.getFirst().kind());
      Set<String> sensors = new HashSet<>();
      episode.forEach(t -> sensors.add(t.sensor()));
      switch (episode.getFirst().kind()) {
        case "stuck" -> assertThat(episode.size()).isLessThanOrEqualTo(4);
        case "offline" -> assertThat(episode.size()).isLessThanOrEqualTo(3);
        default -> {
          zone++;
          assertThat(sensors).hasSize(2);
        }
      }
      if (!episode.getFirst().kind().equals("zone_event")) {
        assertThat(sensors).hasSize(1);
      }
    }
    // 20,000 events at 6 a second are 55 minutes, so about 7 are due.
    assertThat(zone).isBetween(2, 20);
  }

  @Test
  void scheduledFaultsBeginAndEndInTime() throws IOException {
    Ran ran =
        run(
            3600,
            """
            schedule:
              - { at: 2m, for: 3m, sensor: temperature-1, fault: stuck }
              - { at: "2026-03-02T00:04:00Z", for: 2m, zone: room-1, kind: humidity, fault: offline }
              - { at: 7m, for: 1m, zone: room-2, fault: drift }
              - { at: "2026-03-01T00:00:00Z", for: 1h, sensor: humidity-2, fault: stuck }
            """);

    assertThat(minutes(ran, "stuck")).containsExactly("temperature-1 2..4");
    assertThat(minutes(ran, "offline")).containsExactly("humidity-1 4..5");
    assertThat(minutes(ran, "drift"))
        .containsExactly("humidity-2 7..7", "temperature-2 7..7", "temperature-4 7..7");
    assertThat(ran.events())
        .noneMatch(
            e ->
                e.sensor().equals("humidity-1")
                    && !e.time().isBefore(START.plusSeconds(241))
                    && e.time().isBefore(START.plusSeconds(360)));
  }

  @Test
  void whatAPersonMendedTheScheduleDoesNotBreakAgain() {
    PipelineFolder folder =
        folder("schedule: [{ at: 1s, for: 60s, sensor: humidity-1, fault: stuck }]");
    Pipeline pipeline = Fixtures.pipeline(folder);
    Fleet fleet = Fleet.of(pipeline, FleetReader.read(pipeline, folder), 1, TruthLog.none());
    int position = fleet.sensorNames().indexOf("humidity-1");
    long start = BatchTimes.micros(START);

    assertThat(fleet.next(start)).isTrue();
    assertThat(fleet.brokenBy(position)).isNull();
    fleet.next(start + 1_000_000);
    assertThat(fleet.brokenBy(position)).isEqualTo(Fault.STUCK);
    fleet.breakSensor("humidity-1", null);
    fleet.next(start + 2_000_000);
    assertThat(fleet.brokenBy(position)).isNull();
    fleet.breakSensor("humidity-1", Fault.STUCK);
    fleet.next(start + 70_000_000);
    assertThat(fleet.brokenBy(position)).as("a person's own stays").isEqualTo(Fault.STUCK);
  }

  @Test
  void aShiftedReadingStaysInItsPhysicalRange() throws IOException {
    Ran ran =
        run(
            1200,
            """
            zone-events: { flood: { kind: humidity, shift: [80, 80], for: 1h } }
            schedule: [{ at: 1s, zone: room-1, event: flood }]
            """);

    assertThat(ran.events())
        .filteredOn(e -> e.sensor().equals("humidity-1") && e.time().isAfter(START.plusSeconds(2)))
        .isNotEmpty()
        .allMatch(e -> e.value() == 100);
  }

  /// Sensors with their first and last whole minute.
  private static List<String> minutes(Ran ran, String kind) {
    Map<String, long[]> found = new TreeMap<>();
    for (Truth truth : ran.truth()) {
      if (truth.kind().equals(kind)) {
        long minute = Duration.between(START, truth.time()).toMinutes();
        long[] ends = found.computeIfAbsent(truth.sensor(), _ -> new long[] {minute, minute});
        ends[0] = Math.min(ends[0], minute);
        ends[1] = Math.max(ends[1], minute);
      }
    }
    return found.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue()[0] + ".." + e.getValue()[1])
        .toList();
  }

  private PipelineFolder folder(String more) {
    PipelineFolder folder = Fixtures.buildingSensors(home);
    Fixtures.write(home.resolve("building-sensors"), "simulator.yaml", FLEET + more);
    return folder;
  }

  private Ran run(long events, String more) throws IOException {
    PipelineFolder folder = folder(more);
    Pipeline pipeline = Fixtures.pipeline(folder);
    FleetSettings settings = FleetReader.read(pipeline, folder);
    Fixtures.Kept sink = new Fixtures.Kept();
    Path file = home.resolve("truth");
    try (TruthLog truth = TruthLog.anew(file)) {
      Simulators.batch(
          pipeline,
          settings,
          5,
          events,
          new BatchTimes.From(START, settings.rate()),
          sink,
          truth,
          Progress.NONE);
    }
    List<Event> sent = new ArrayList<>();
    for (byte[] value : sink.values) {
      JsonNode event = JSON.readTree(new String(value, StandardCharsets.UTF_8));
      sent.add(
          new Event(
              event.get("sensor_id").asText(),
              Instant.parse(event.get("event_time").asText()),
              event.get("value").asDouble()));
    }
    List<Truth> truth = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = JSON.readTree(line);
      truth.add(
          new Truth(
              node.get("sensor").asText(),
              Instant.parse(node.get("event_time").asText()),
              node.get("kind").asText(),
              node.path("episode").asText(),
              node));
    }
    return new Ran(sent, truth);
  }
}
