package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bench runs and tells all it should; how fast it is, no test says.
class BenchIT {

  private static final long EVENTS = 5_000;

  @TempDir private Path home;

  @Test
  void ingestMeasuresTheWorkerBesideItsBaselines() {
    JsonNode result =
        Program.run(home, "bench", "ingest", "--events", Long.toString(EVENTS), "--json")
            .succeeded()
            .json();

    List<String> measures = new ArrayList<>();
    for (JsonNode row : result.get("speeds")) {
      measures.add(row.get("measure").asText());
      assertThat(row.get("events").asLong()).isEqualTo(EVENTS);
      assertThat(row.get("cpu_s").asDouble()).isPositive();
      assertThat(row.get("events_per_cpu_s").asLong()).isPositive();
      assertThat(row.get("events_per_wall_s").asLong()).isPositive();
      assertThat(row.get("to_consumer").asDouble()).isPositive();
    }
    assertThat(measures)
        .containsExactly(
            "bare consumer", "decode only", "decode and write Parquet", "stream worker");
    List<String> workerParts = new ArrayList<>();
    for (JsonNode row : result.get("parts")) {
      if (row.get("measure").asText().equals("stream worker")) {
        workerParts.add(row.get("part").asText());
      }
    }
    assertThat(workerParts)
        .contains("consume", "decode", "live state", "write Parquet", "commit Delta")
        .contains("jit compiler", "garbage collector");
    assertThat(home.resolve("bench").resolve("lake")).isDirectory();
    assertThat(Program.run(home, "bench", "ingest", "--events", "1").code())
        .as("a folder that stands is not measured in again")
        .isEqualTo(2);
  }

  @Test
  void simulateTellsItsSpeed() {
    JsonNode row =
        Program.run(home, "bench", "simulate", "--events", "1000", "--json")
            .succeeded()
            .json()
            .get("speeds")
            .get(0);

    assertThat(row.get("events").asLong()).isEqualTo(1000);
    assertThat(row.get("bytes_per_event").asLong()).isBetween(150L, 300L);
    assertThat(Files.exists(home.resolve("lake"))).isFalse();
  }

  @Test
  void tablesMeasuresThreeStatesOfOneTable() {
    JsonNode states =
        Program.run(home, "bench", "tables", "--files", "12", "--rows", "100", "--json")
            .succeeded()
            .json()
            .get("tables");

    assertThat(states).hasSize(3);
    assertThat(states.get(0).get("files").asLong()).isGreaterThanOrEqualTo(12);
    for (JsonNode state : states) {
      assertThat(state.get("rows").asLong()).isEqualTo(states.get(0).get("rows").asLong());
      assertThat(state.get("sensor_minutes_ratio").asDouble()).isPositive();
    }
    assertThat(states.get(1).get("files").asLong()).isEqualTo(1);
  }
}
