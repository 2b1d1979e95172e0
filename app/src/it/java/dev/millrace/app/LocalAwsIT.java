package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of the cloud on this machine: the lake on S3, the load through the stand-in for
/// Redshift.
class LocalAwsIT {

  private static final long EVENTS = 10_000;

  /// Each row of the warehouse with all that does not tell when it was made.
  private static final String ROWS =
      """
      SELECT 'fact_sensor_5min' AS target, sensor_id AS k, location AS l,
        CAST(extract(epoch FROM window_start) AS bigint) AS t, event_date AS d,
        reading_count AS n, anomaly_count AS a, CAST(avg_value AS decimal(38,6)) AS v0,
        CAST(min_value AS decimal(38,6)) AS v1, CAST(max_value AS decimal(38,6)) AS v2,
        CAST(stddev_value AS decimal(38,6)) AS v3, CAST(p95_value AS decimal(38,6)) AS v4
      FROM fact_sensor_5min
      UNION ALL
      SELECT 'fact_location_hourly', sensor_type, location,
        CAST(extract(epoch FROM hour_start) AS bigint), event_date,
        reading_count, anomaly_count, CAST(avg_value AS decimal(38,6)),
        CAST(min_value AS decimal(38,6)), CAST(max_value AS decimal(38,6)),
        CAST(stddev_value AS decimal(38,6)), CAST(sensor_count AS decimal(38,6))
      FROM fact_location_hourly
      UNION ALL
      SELECT 'fact_daily_summary', sensor_type, unit, 0, event_date,
        reading_count, anomaly_count, CAST(avg_value AS decimal(38,6)),
        CAST(min_value AS decimal(38,6)), CAST(max_value AS decimal(38,6)),
        CAST(p50_value AS decimal(38,6)), CAST(p95_value AS decimal(38,6))
      FROM fact_daily_summary
      UNION ALL
      SELECT 'dim_sensors', sensor_id, location,
        CAST(extract(epoch FROM last_seen) AS bigint), CAST(first_seen AS date),
        reading_count, 0, NULL, NULL, NULL, NULL, NULL
      FROM dim_sensors
      ORDER BY 1, 2, 3, 4, 5
      """;

  @TempDir Path folder;

  @Test
  void theDemoGoesTheWholeWayAndTheWarehouseEqualsTheLake() {
    Path home = folder.resolve("home");
    String until = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    JsonNode report =
        Program.run(
                home,
                "demo",
                "--profile",
                "local-aws",
                "--headless",
                "--events",
                Long.toString(EVENTS),
                "--seed",
                "7",
                "--until",
                until,
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

    Path laptop = folder.resolve("laptop");
    Program.Ended _ =
        Program.run(
                laptop,
                "demo",
                "--headless",
                "--events",
                Long.toString(EVENTS),
                "--seed",
                "7",
                "--until",
                until)
            .succeeded();
    List<String> here = rows(laptop);
    assertThat(here).hasSizeGreaterThan(1_000);
    assertThat(rows(home)).isEqualTo(here);

    Program.Ended other =
        Program.run(home, "demo", "--profile", "laptop", "--headless", "--events", "1");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("says otherwise");
  }

  private static List<String> rows(Path home) {
    List<String> rows = new ArrayList<>();
    Program.run(home, "warehouse", "sql", "building-sensors", ROWS, "--limit", "100000", "--json")
        .succeeded()
        .json()
        .get("rows")
        .forEach(row -> rows.add(row.toString()));
    return rows;
  }
}
