package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of the cloud on this machine: the lake on S3, the load through the stand-in for
/// Redshift.
class LocalAwsIT {

  private static final long EVENTS = 10_000;

  @TempDir Path folder;

  @Test
  void theDemoGoesTheWholeWayAndTheWarehouseEqualsTheLake() {
    Path home = folder.resolve("home");
    JsonNode report =
        Program.run(
                home,
                "demo",
                "--profile",
                "local-aws",
                "--headless",
                "--events",
                Long.toString(EVENTS),
                "--json")
            .succeeded()
            .json();
    assertThat(report.get("produced").asLong()).isEqualTo(EVENTS);
    assertThat(report.get("loaded").get("fact_sensor_5min").asLong())
        .isPositive()
        .isEqualTo(report.get("gold").get("gold.sensor_5min").asLong());
    assertThat(report.get("loaded").get("dim_sensors").asLong()).isEqualTo(50);

    JsonNode preview =
        Program.run(home, "warehouse", "preview", "building-sensors", "--json").succeeded().json();
    assertThat(preview.get("changes").asBoolean()).isFalse();
    JsonNode reconciled =
        Program.run(home, "warehouse", "reconcile", "building-sensors", "--json")
            .succeeded()
            .json();
    assertThat(reconciled.get("differs").asBoolean()).isFalse();
    assertThat(reconciled.get("behind").asBoolean()).isFalse();
    assertThat(reconciled.get("tables").size()).isEqualTo(4);

    Program.Ended other =
        Program.run(home, "demo", "--profile", "laptop", "--headless", "--events", "1");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("says otherwise");
  }
}
