package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole way with the lake on S3.
class S3LakeIT {

  private static final long EVENTS = 20_000;

  @TempDir Path folder;

  @Test
  void theDemoArrivesWholeAndEveryCommandReadsIt() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        home.resolve("settings.yaml"),
        "lake: { location: s3://millrace/a lake, endpoint: embedded }\n");

    JsonNode report =
        Program.run(home, "demo", "--headless", "--events", Long.toString(EVENTS), "--json")
            .succeeded()
            .json();

    assertThat(report.get("produced").asLong()).isEqualTo(EVENTS);
    assertThat(report.get("bronze").asLong() + report.get("dead_letters").asLong())
        .isEqualTo(EVENTS);
    assertThat(report.get("quality").get("silver.readings").asDouble()).isEqualTo(100.0);
    assertThat(report.get("loaded").get("fact_sensor_5min").asLong())
        .isPositive()
        .isEqualTo(report.get("gold").get("gold.sensor_5min").asLong());
    assertThat(home.resolve("lake")).doesNotExist();
    assertThat(home.resolve("services/s3/data/millrace/a lake/building-sensors/bronze"))
        .isDirectory();
    try (Stream<Path> work = Files.list(home.resolve("lake-cache/work"))) {
      assertThat(work).isEmpty();
    }

    try (Stream<Path> copies = Files.list(home.resolve("lake-cache"))) {
      for (Path copy : copies.filter(c -> !c.endsWith("work")).toList()) {
        deleteFiles(copy);
      }
    }
    JsonNode row =
        Program.run(
                home,
                "table",
                "sql",
                "select count(*) as n, count(distinct (kafka_partition, kafka_offset)) as d from"
                    + " bronze_sensor_events",
                "--json")
            .succeeded()
            .json()
            .get("rows")
            .get(0);
    assertThat(row.get("n").asLong()).isEqualTo(report.get("bronze").asLong());
    assertThat(row.get("d").asLong()).isEqualTo(row.get("n").asLong());
  }

  @Test
  void theDoctorNamesALakeThatDoesNotAnswer() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        home.resolve("settings.yaml"),
        "lake: { location: s3://no-such/lake, endpoint: 'http://127.0.0.1:1', timeout: 1s }\n");

    Program.Ended ended = Program.run(home, "doctor", "--json");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains("s3://no-such/lake").contains("wrong");
  }

  private static void deleteFiles(Path top) throws Exception {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
