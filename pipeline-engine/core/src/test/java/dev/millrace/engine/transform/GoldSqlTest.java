package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The SQL of the Gold tables beside figures worked out by hand.
class GoldSqlTest {

  private static final Instant MORNING = Instant.parse("2026-02-27T08:00:00Z");

  @TempDir Path folder;

  private TransformFixture fixture;

  @BeforeEach
  void open() {
    fixture = new TransformFixture(folder, new MemoryLake(folder.resolve("lake")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void fiveMinutesOfASensor() {
    double[] values = {10, 90, 20, 30, 40, 50, 60, 70, 80, 100};
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      readings.add(reading("a", "temperature", values[i], MORNING.plusSeconds(i * 29L), i));
    }
    readings.add(reading("a", "temperature", 7, MORNING.plusSeconds(300), 90));
    fixture.append(readings);

    fixture.build("silver.readings");
    fixture.build("gold.sensor_5min");

    List<Map<String, Object>> rows =
        fixture.rows("SELECT * FROM gold_sensor_5min ORDER BY window_start");
    assertThat(rows).hasSize(2);
    Map<String, Object> first = rows.getFirst();
    assertThat(first)
        .containsEntry("sensor_id", "a")
        .containsEntry("sensor_type", "temperature")
        .containsEntry("location", "floor-1/zone-a")
        .containsEntry("window_start", MORNING)
        .containsEntry("window_end", MORNING.plusSeconds(300))
        .containsEntry("reading_count", 10L)
        .containsEntry("anomaly_count", 2L)
        .containsEntry("health_percent", 80.0)
        .containsEntry("min_value", 10.0)
        .containsEntry("max_value", 100.0)
        .containsEntry("avg_value", 55.0)
        .containsEntry("event_date", LocalDate.parse("2026-02-27"))
        .containsEntry("pipeline_version", "1.0.0")
        .containsEntry("processing_timestamp", TransformFixture.NOW);
    double[] sorted = Arrays.stream(values).sorted().toArray();
    near(first, "p50_value", percentile(sorted, 0.5));
    near(first, "p95_value", percentile(sorted, 0.95));
    near(first, "p99_value", percentile(sorted, 0.99));
    near(first, "stddev_value", Math.sqrt(8250.0 / 9));
    assertThat(rows.getLast())
        .containsEntry("window_start", MORNING.plusSeconds(300))
        .containsEntry("reading_count", 1L)
        .containsEntry("stddev_value", null);
  }

  @Test
  void anHourOfAPlace() {
    fixture.append(
        List.of(
            reading("a", "temperature", 10, MORNING, 1),
            reading("b", "temperature", 30, MORNING.plusSeconds(3599), 2),
            reading("b", "temperature", 200, MORNING.plusSeconds(60), 3),
            reading("c", "humidity", 50, MORNING, 4),
            reading("a", "temperature", 11, MORNING.plusSeconds(3600), 5)));

    fixture.build("silver.readings");
    fixture.build("gold.location_hourly");

    assertThat(
            fixture.rows(
                """
                SELECT location, floor, zone, sensor_type, hour_start, sensor_count, reading_count,
                       anomaly_count, avg_value, event_date
                FROM gold_location_hourly ORDER BY sensor_type, hour_start
                """))
        .extracting(row -> List.copyOf(row.values()))
        .containsExactly(
            hour("humidity", MORNING, 1, 1, 0, 50),
            hour("temperature", MORNING, 2, 3, 1, 80),
            hour("temperature", MORNING.plusSeconds(3600), 1, 1, 0, 11));
  }

  @Test
  void aDayOfAKind() {
    SplittableRandom random = new SplittableRandom(5);
    List<Reading> readings = new ArrayList<>();
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == 150 ? 60 : 20 + random.nextDouble();
      readings.add(reading("a", "temperature", values[i], MORNING.plusSeconds(i), i));
    }
    readings.add(reading("b", "temperature", 300, MORNING, 999));
    readings.add(reading("b", "temperature", 21, MORNING.plus(1, ChronoUnit.DAYS), 1000));
    fixture.append(readings);

    fixture.build("silver.readings");
    fixture.build("gold.daily_summary");

    List<Map<String, Object>> rows =
        fixture.rows("SELECT * FROM gold_daily_summary ORDER BY event_date");
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst())
        .containsEntry("sensor_type", "temperature")
        .containsEntry("event_date", LocalDate.parse("2026-02-27"))
        .containsEntry("reading_count", 201L)
        .containsEntry("sensor_count", 2L)
        .containsEntry("anomaly_count", 2L)
        .containsEntry("range_anomalies", 1L)
        .containsEntry("zscore_anomalies", 1L)
        .containsEntry("max_value", 300.0);
    double[] all = Arrays.copyOf(values, 201);
    all[200] = 300;
    Arrays.sort(all);
    near(rows.getFirst(), "p50_value", percentile(all, 0.5));
    near(rows.getFirst(), "p95_value", percentile(all, 0.95));
    near(rows.getFirst(), "avg_value", Arrays.stream(all).average().orElseThrow());
  }

  @Test
  void aSensorAsItsNewestReadingTellsIt() {
    fixture.append(
        List.of(
            new Reading("a", "humidity", "floor-1/zone-a", 1.0, micros(MORNING), 1, 0, 1),
            new Reading(
                "a", "humidity", "floor-2/zone-b", 1.0, micros(MORNING.plusSeconds(90)), 1, 0, 2),
            new Reading(
                "a", "humidity", "floor-3/zone-c", 1.0, micros(MORNING.minusSeconds(90)), 9, 0, 3),
            new Reading("b", "pressure", null, 900.0, micros(MORNING), 1, 0, 4)));

    fixture.build("silver.readings");
    fixture.build("gold.sensor_daily");
    fixture.build("gold.sensors");

    List<Map<String, Object>> rows = fixture.rows("SELECT * FROM gold_sensors ORDER BY sensor_id");
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst())
        .containsEntry("location", "floor-2/zone-b")
        .containsEntry("floor", "floor-2")
        .containsEntry("zone", "zone-b")
        .containsEntry("first_seen", MORNING.minusSeconds(90))
        .containsEntry("last_seen", MORNING.plusSeconds(90))
        .containsEntry("reading_count", 3L);
    assertThat(rows.getLast()).containsEntry("location", null).containsEntry("sensor_id", "b");
  }

  private static List<Object> hour(
      String kind, Instant start, long sensors, long readings, long anomalies, double average) {
    return List.of(
        "floor-1/zone-a",
        "floor-1",
        "zone-a",
        kind,
        start,
        sensors,
        readings,
        anomalies,
        average,
        LocalDate.parse("2026-02-27"));
  }

  private static Reading reading(
      String sensor, String kind, double value, Instant at, long offset) {
    return new Reading(
        sensor, kind, "floor-1/zone-a", value, micros(at), micros(at) + 1_000, 0, offset);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /// Linear between the two nearest ranks, as SQL's `percentile_cont`.
  private static double percentile(double[] sorted, double share) {
    double rank = share * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = (int) Math.ceil(rank);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  private static void near(Map<String, Object> row, String column, double expected) {
    assertThat((Double) row.get(column)).as(column).isCloseTo(expected, within(1e-9));
  }
}
