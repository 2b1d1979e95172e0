package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The simulator as a person runs it: steered from another terminal, and scored.
class SimulateIT {

  private static final Set<String> ANOMALIES = Set.of("spike", "stuck", "drift", "zone_event");

  @TempDir private Path folder;

  /// What `millrace score` says of Silver is what anyone counts from the truth file and Silver.
  @Test
  void theScoreIsWhatTheTruthAndSilverSay() throws IOException {
    Home home = new Home(folder.resolve("home"));
    write(home.pipelines().resolve("rooms"));
    try (ServicesHandle _ = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      JsonNode sent =
          run(
              home,
              "simulate rooms --events 12000 --seed 42 --start 2026-03-01T00:00:00Z --speed max"
                  + " --malformed 0.01 --late 0.01 --duplicates 0.01 --json");
      assertThat(sent.get("seed").asLong()).isEqualTo(42);
      run(home, "run daily rooms --json");
      // These come too late for the Silver that stands.
      run(
          home,
          "simulate rooms --events 400 --seed 43 --start 2026-03-05T00:00:00Z --speed max"
              + " --anomalies 0.5 --json");
    }

    JsonNode score = run(home, "score rooms --json");

    Map<String, Boolean> silver = new HashMap<>();
    String sql = "select room, measured, is_anomaly from silver_readings";
    for (JsonNode row : json(home, "table", "sql", "--pipeline", "rooms", sql).get("rows")) {
      silver.put(
          row.get("room").asText() + " " + Instant.parse(row.get("measured").asText()),
          row.get("is_anomaly").asBoolean());
    }
    Set<String> anomalous = new HashSet<>();
    Map<String, Set<String>> readings = new HashMap<>();
    Map<String, Set<String>> episodes = new HashMap<>();
    Map<String, Instant> onset = new HashMap<>();
    Map<String, Instant> firstFlag = new HashMap<>();
    for (String line : Files.readAllLines(home.truth("rooms"))) {
      JsonNode truth = new ObjectMapper().readTree(line);
      String kind = truth.get("kind").asText();
      Instant time = Instant.parse(truth.get("event_time").asText());
      String name = truth.get("sensor").asText() + " " + time;
      readings.computeIfAbsent(kind, _ -> new HashSet<>()).add(name);
      if (truth.has("episode")) {
        String episode = truth.get("episode").asText();
        episodes.computeIfAbsent(kind, _ -> new TreeSet<>()).add(episode);
        onset.merge(episode, time, (a, b) -> a.isBefore(b) ? a : b);
        if (silver.getOrDefault(name, false)) {
          firstFlag.merge(episode, time, (a, b) -> a.isBefore(b) ? a : b);
        }
      }
      if (ANOMALIES.contains(kind)) {
        anomalous.add(name);
      }
    }
    long right =
        silver.entrySet().stream()
            .filter(e -> e.getValue() && anomalous.contains(e.getKey()))
            .count();
    long flagged = silver.values().stream().filter(f -> f).count();
    long there = anomalous.stream().filter(silver::containsKey).count();

    JsonNode all = score.get("readings");
    assertThat(all.get("readings").asLong()).isEqualTo(silver.size());
    assertThat(all.get("anomalous").asLong()).isEqualTo(there).isPositive();
    assertThat(all.get("found").asLong()).isEqualTo(right).isPositive();
    assertThat(all.get("false_alarms").asLong()).isEqualTo(flagged - right);
    assertThat(all.get("precision").asDouble()).isCloseTo((double) right / flagged, within(1e-4));
    assertThat(all.get("recall").asDouble()).isCloseTo((double) right / there, within(1e-4));
    Set<String> kinds = new HashSet<>();
    long notInTable = 0;
    for (JsonNode kind : score.get("kinds")) {
      String word = kind.get("kind").asText();
      kinds.add(word);
      Set<String> of = readings.getOrDefault(word, Set.of());
      long stand = of.stream().filter(silver::containsKey).count();
      assertThat(kind.get("readings").asLong()).as(word).isEqualTo(stand);
      assertThat(kind.get("found").asLong())
          .as(word)
          .isEqualTo(of.stream().filter(r -> silver.getOrDefault(r, false)).count());
      assertThat(kind.get("not_in_table").asLong()).as(word).isEqualTo(of.size() - stand);
      notInTable += of.size() - stand;
      Set<String> names = episodes.getOrDefault(word, Set.of());
      long[] delays =
          names.stream()
              .filter(firstFlag::containsKey)
              .mapToLong(e -> Duration.between(onset.get(e), firstFlag.get(e)).toMillis())
              .sorted()
              .toArray();
      assertThat(kind.get("episodes_found").asLong()).as(word).isEqualTo(delays.length);
      assertThat(kind.get("episodes").asLong() + kind.get("episodes_not_in_table").asLong())
          .as(word)
          .isEqualTo(names.size());
      if (delays.length > 0) {
        assertThat(kind.get("delay_max_s").asDouble())
            .as(word)
            .isCloseTo(delays[delays.length - 1] / 1e3, within(1e-3));
      }
    }
    assertThat(kinds).isEqualTo(ANOMALIES);
    assertThat(notInTable).as("the second run is not in Silver").isGreaterThan(100);
    assertThat(score.get("withheld").get(0).get("kind").asText()).isEqualTo("offline");
    for (JsonNode other : score.get("others")) {
      String word = other.get("kind").asText();
      Set<String> of = readings.getOrDefault(word, Set.of());
      assertThat(other.get("in_table").asLong())
          .as(word)
          .isEqualTo(of.stream().filter(silver::containsKey).count());
    }
    assertThat(Program.run(home.root(), "score", "rooms").succeeded().out())
        .contains("precision", "zone_event", "Not visible in readings");
  }

  @Test
  void aRunningSimulatorIsSteeredFromAnotherTerminalAndEndsCleanly() throws IOException {
    Path home = folder.resolve("home");
    Path file = folder.resolve("events.ndjson.gz");
    try (Program simulator =
        Program.start(
            home,
            "simulate",
            "building-sensors",
            "--rate",
            "200",
            "--out",
            file.toString(),
            "--json")) {
      Program.Ended told = steer(home, "rate 50");
      for (int tries = 0;
          told.code() != 0 && tries < 30 && simulator.process().isAlive();
          tries++) {
        told = steer(home, "rate 50");
      }
      assertThat(told.succeeded().json().get("answers").get(0).get("answer").get(0).asText())
          .isEqualTo("rate is 50");
      assertThat(steer(home, "break temperature-99 stuck").code()).isEqualTo(2);
      steer(home, "break temperature-07 stuck").succeeded();
      assertThat(steer(home, "status").succeeded().out())
          .contains("/s of 50/s", "temperature-07 stuck");

      steer(home, "stop").succeeded();
      assertThat(steer(home, "status").succeeded().out()).contains("silent");
      assertThat(simulator.process().isAlive()).as("silent, and there").isTrue();
      steer(home, "start").succeeded();
      assertThat(steer(home, "event nope floor-1/zone-1").err())
          .contains("air-conditioning-failure");

      simulator.process().toHandle().destroy();
      Program.Ended ended = simulator.await().succeeded();

      assertThat(ended.json().get("sent").asLong()).isPositive();
      assertThat(ended.err()).contains("Sending until Ctrl+C at 200.0 a second");
    }
    assertThat(steer(home, "status").err()).contains("no simulator of building-sensors runs");
    assertThat(folder.resolve("events.ndjson.gz.truth.ndjson")).exists();
  }

  private static Program.Ended steer(Path home, String order) {
    return Program.run(home, "steer", "building-sensors", order, "--json");
  }

  private static JsonNode run(Home home, String line) {
    return Program.run(home.root(), line.split(" ", -1)).succeeded().json();
  }

  private static JsonNode json(Home home, String... args) {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--json";
    return Program.run(home.root(), all).succeeded().json();
  }

  private static void write(Path pipeline) throws IOException {
    Files.createDirectories(pipeline);
    Files.writeString(
        pipeline.resolve("pipeline.yaml"),
        """
        name: rooms
        version: 0.1.0
        feeds:
          rooms:
            kafka: { topic: rooms, partitions: 2, key: room }
            schema:
              room: string not null
              kind: string not null
              place: string
              value: double
              measured: timestamp not null
            roles: { entity: room, kind: kind, place: place, value: value, time: measured }
            watermark: 10m
            trigger: 1s
        ranges: { warmth: [-20, 60] }
        tables:
          silver.readings:
            { from: bronze.rooms, key: [room, measured], partition: event_date, sql: readings.sql }
        flows:
          daily:
            title: To Silver
            steps:
              - catch up rooms
              - transform silver.readings
        """);
    Files.writeString(
        pipeline.resolve("readings.sql"),
        """
        SELECT room, measured, max(value) AS value,
               max(value) < 15 OR max(value) > 26 AS is_anomaly,
               CASE WHEN max(value) < 15 THEN 'COLD' WHEN max(value) > 26 THEN 'WARM' END
                 AS anomaly_reason,
               event_date
        FROM bronze_rooms
        GROUP BY room, measured, event_date
        """);
    Files.writeString(
        pipeline.resolve("simulator.yaml"),
        """
        rate: 2
        anomalies: 0.05
        fleet: { places: "house-{1..3}" }
        signals: { warmth: { sensors: 9, base: 20, noise: 0.5, spike: [3, 20] } }
        faults:
          spike: { part: 2 }
          stuck: { part: 1, readings: [3, 9] }
          drift: { part: 1, readings: [10, 40] }
          offline: { part: 1, readings: [3, 9] }
        zone-events:
          heating-stuck: { kind: warmth, shift: [5, 9], rise: 5m, for: [10m, 30m], per-day: 100 }
        """);
  }
}
