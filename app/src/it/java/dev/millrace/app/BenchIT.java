package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
  void liveMeasuresTheSnapshotBesideABareConsumer() {
    JsonNode rows =
        Program.run(
                home,
                "bench",
                "live",
                "--rates",
                "500",
                "--warm-up",
                "3",
                "--seconds",
                "2",
                "--json")
            .succeeded()
            .json()
            .get("latencies");

    List<String> measures = new ArrayList<>();
    for (JsonNode row : rows) {
      measures.add(row.get("measure").asText());
      assertThat(row.get("events_per_s").asLong()).isPositive();
      assertThat(row.get("p50_ms").asDouble()).isPositive();
      assertThat(row.get("max_ms").asDouble()).isGreaterThanOrEqualTo(row.get("p99_ms").asDouble());
      assertThat(row.get("p99_ratio").asDouble()).isPositive();
    }
    assertThat(measures).containsExactly("stream to snapshot", "bare consumer's poll");
  }

  @Test
  void commitsAreMeasuredBesideTheDiskAlone() {
    JsonNode rows =
        Program.run(home, "bench", "commits", "--commits", "120", "--json")
            .succeeded()
            .json()
            .get("commits");

    List<Integer> commits = new ArrayList<>();
    for (JsonNode row : rows) {
      commits.add(row.get("commits").asInt());
      assertThat(row.get("commit_ms").asDouble()).isPositive();
      assertThat(row.get("slowest_ms").asDouble())
          .isGreaterThanOrEqualTo(row.get("commit_ms").asDouble());
      assertThat(row.get("opening_ms").asDouble()).isPositive();
    }
    assertThat(commits).containsExactly(100, 120);
  }

  @Test
  void simulateTellsItsSpeedBesideItsBaselines() {
    JsonNode rows =
        Program.run(home, "bench", "simulate", "--events", "1000", "--json")
            .succeeded()
            .json()
            .get("speeds");

    List<String> measures = new ArrayList<>();
    for (JsonNode row : rows) {
      measures.add(row.get("measure").asText());
      assertThat(row.get("events").asLong()).isEqualTo(1000);
      assertThat(row.get("bytes_per_event").asLong()).isBetween(150L, 300L);
      assertThat(row.get("events_per_cpu_s").asLong()).isPositive();
      assertThat(row.has("to_baseline"))
          .isEqualTo(row.get("measure").asText().startsWith("simulator to "));
    }
    assertThat(measures)
        .containsExactly(
            "simulator, thrown away",
            "prepared events to a file",
            "simulator to a file",
            "prepared events to Kafka",
            "simulator to Kafka");
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
