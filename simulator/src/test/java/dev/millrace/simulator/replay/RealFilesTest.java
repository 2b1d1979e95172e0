package dev.millrace.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.simulator.Fixtures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files from outside; skipped where they are absent.
class RealFilesTest {

  @TempDir Path home;
  private Pipeline pipeline;
  private final Fixtures.Kept sink = new Fixtures.Kept();

  @BeforeEach
  void read() {
    pipeline = Fixtures.pipeline(Fixtures.buildingSensors(home));
  }

  @Test
  void theRoomReplaysWholeWithItsNumbersUnchanged() throws IOException {
    Path file = data("occupancy/datatraining.txt");

    ReplayResult result = replay(file, MappingReader.find("occupancy"));

    assertThat(result.rows()).isEqualTo(8143);
    assertThat(result.events()).isEqualTo(16_286).isEqualTo(sink.values.size());
    assertThat(result.badRows()).isZero();
    assertThat(result.first()).contains(Instant.parse("2015-02-04T17:51:00Z"));
    assertThat(result.last()).contains(Instant.parse("2015-02-10T09:33:00Z"));
    List<String> sent = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (byte[] value : sink.values) {
      String text = new String(value, StandardCharsets.UTF_8);
      sent.add(text.replaceAll(".*\"value\":([^,]*),.*", "$1"));
      JsonNode event = json.readTree(value);
      if (event.get("sensor_type").asText().equals("temperature")) {
        assertThat(new BigDecimal(event.get("value").asText()))
            .isBetween(new BigDecimal("19.0"), new BigDecimal("23.2"));
      }
    }
    List<String> stood = new ArrayList<>();
    for (String line : Files.readAllLines(file).subList(1, 8144)) {
      String[] fields = line.split(",");
      stood.add(fields[2]);
      stood.add(fields[3]);
    }
    assertThat(sent).isEqualTo(stood);
  }

  @Test
  void theRoomIsAlsoGuessed() {
    Path file = data("occupancy/datatraining.txt");

    ReplayResult result = replay(file, MappingGuess.of(file, pipeline, Map.of()));

    assertThat(result.events()).isEqualTo(16_286);
    assertThat(result.badRows()).isZero();
  }

  @Test
  void theMachineIsGuessedFromTheFilesName() {
    Path file = data("nab/machine_temperature_system_failure.csv");

    ReplayResult result = replay(file, MappingGuess.of(file, pipeline, Map.of()));

    assertThat(result.rows()).isEqualTo(22_695);
    assertThat(result.events()).isEqualTo(22_695);
    assertThat(result.badRows()).isZero();
    assertThat(sink.texts().getFirst()).contains("\"value\":73.96732207,");
  }

  @Test
  void theSteelWorksReplayByAMapping() {
    Path file = data("steel_energy/steel_2018_01_09.csv");
    ReplayMapping mapping =
        MappingReader.parse(
            "steel.yaml",
            """
            time: { column: date, format: "dd/MM/yyyy HH:mm" }
            readings: [{ column: Usage_kWh, sensor: steel, kind: energy, unit: kWh }]
            """
                .getBytes(StandardCharsets.UTF_8));

    ReplayResult result = replay(file, mapping);

    assertThat(result.events()).isEqualTo(26_208);
    assertThat(result.badRows()).isZero();
    assertThat(result.stepsBack()).isEqualTo(273);
  }

  @Test
  void theSteelWorksMidnightsEndTheirDays() {
    Path file = data("steel_energy/steel_2018_01_09.csv");
    ReplayMapping mapping =
        MappingReader.parse(
            "steel.yaml",
            """
            time: { column: date, format: "dd/MM/yyyy HH:mm", midnight: ends-day }
            readings: [{ column: Usage_kWh, sensor: steel, kind: energy, unit: kWh }]
            """
                .getBytes(StandardCharsets.UTF_8));

    ReplayResult result = replay(file, mapping);

    assertThat(result.events()).isEqualTo(26_208);
    assertThat(result.stepsBack()).isZero();
    assertThat(result.last()).contains(Instant.parse("2018-10-01T00:00:00Z"));
  }

  private ReplayResult replay(Path file, ReplayMapping mapping) {
    return Replay.run(file, mapping, pipeline, sink, ReplaySpeed.MAX, Progress.NONE);
  }

  private static Path data(String name) {
    Optional<Path> found = Optional.empty();
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        found = Optional.of(file);
        break;
      }
    }
    assumeTrue(found.isPresent(), "shared/data/" + name + " is absent");
    return found.orElseThrow();
  }
}
