package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The care of tables from the command line, on what a demo left: from the topic to the warehouse.
class TableIT {

  @TempDir Path folder;

  @Test
  void tablesAreCaredForFromTheCommandLine() throws IOException {
    Path home = folder.resolve("home");
    Program.run(home, "demo", "--headless", "--events", "20000", "--json").succeeded();

    JsonNode optimized =
        Program.run(
                home,
                "table",
                "optimize",
                "bronze.sensor_events",
                "--zorder",
                "sensor_id",
                "--json")
            .succeeded()
            .json();
    assertThat(optimized.get("carried_out").asBoolean()).isTrue();
    JsonNode preview =
        Program.run(home, "table", "vacuum", "bronze.sensor_events", "--preview", "--json")
            .succeeded()
            .json();
    assertThat(preview.get("tables").get(0).get("files_to_delete").asLong()).isZero();
    Program.Ended unasked = Program.run(home, "table", "vacuum", "bronze.sensor_events");
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("--yes");

    JsonNode history =
        Program.run(home, "table", "history", "bronze.sensor_events", "--json").succeeded().json();
    assertThat(history.get("versions").get(0).get("operation").asText()).isEqualTo("OPTIMIZE");
    assertThat(number(home, "select count(*) as n from bronze_sensor_events version as of 0"))
        .isZero();
    String sensor = query(home, "select min(sensor_id) as n from gold_sensors").get("n").asText();
    assertThat(
            number(
                home, "select count(*) as n from gold_sensors where sensor_id = '" + sensor + "'"))
        .isEqualTo(1);

    Program.Ended found = Program.run(home, "table", "erase", "--entity", sensor, "--prove");
    assertThat(found.code()).as(found.out()).isEqualTo(1);
    JsonNode erased =
        Program.run(home, "table", "erase", "--entity", sensor, "--yes", "--json")
            .succeeded()
            .json();
    assertThat(erased.get("complete").asBoolean()).as("%s", erased).isTrue();
    assertThat(erased.get("notes").toString())
        .contains("1 row of dim_sensors")
        .contains("Kafka's topic sensor-events keeps its events for 7d");
    JsonNode proof =
        Program.run(home, "table", "erase", "--entity", sensor, "--prove", "--json")
            .succeeded()
            .json();
    assertThat(proof.get("summary").asText()).startsWith("None of the ");
    assertThat(
            number(
                home, "select count(*) as n from gold_sensors where sensor_id = '" + sensor + "'"))
        .isZero();
    // Neither the record nor the log of the program tells whom.
    assertThat(Files.readString(home.resolve("audit").resolve("tables.ndjson")))
        .contains("\"work\":\"erase\"")
        .doesNotContain(sensor);
    assertThat(Files.readString(home.resolve("logs").resolve("millrace.log")))
        .doesNotContain(sensor);
    assertThat(Program.run(home, "table", "audit").succeeded().out()).contains("erase");
  }

  private static long number(Path home, String sql) {
    return query(home, sql).get("n").asLong();
  }

  private static JsonNode query(Path home, String sql) {
    return Program.run(home, "table", "sql", sql, "--json").succeeded().json().get("rows").get(0);
  }
}
