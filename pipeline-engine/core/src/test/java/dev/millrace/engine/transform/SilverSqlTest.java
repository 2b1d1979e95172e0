package dev.millrace.engine.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.transform.SilverReference.Judged;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SQL of `silver.readings` beside a plain reference.
class SilverSqlTest {

  private static final long START =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-02-27T23:30:00Z"));

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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void silverEqualsThePlainReference(long seed) {
    List<Reading> bronze = randomReadings(seed);
    fixture.append(bronze.subList(0, bronze.size() / 2));
    fixture.append(bronze.subList(bronze.size() / 2, bronze.size()));

    fixture.build("silver.readings");

    Map<String, Judged> expected = SilverReference.of(bronze);
    List<Map<String, Object>> silver = fixture.rows("SELECT * FROM silver_readings");
    assertThat(silver).as("seed %d", seed).hasSameSizeAs(expected.values());
    for (Map<String, Object> row : silver) {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value(row, "event_time"));
      Judged judged = expected.get(row.get("sensor_id") + "@" + micros);
      if (judged == null) {
        throw new AssertionError("seed " + seed + ": nobody sent " + row);
      }
      assertThat(row)
          .as("seed %d", seed)
          .containsEntry("value", judged.reading().value())
          .containsEntry("kafka_partition", judged.reading().partition())
          .containsEntry("kafka_offset", judged.reading().offset())
          .containsEntry("is_anomaly", !judged.reason().isEmpty())
          .containsEntry("anomaly_reason", judged.reason().isEmpty() ? null : judged.reason());
      if (Double.isNaN(judged.zScore())) {
        assertThat(row).as("seed %d", seed).containsEntry("z_score", null);
      } else {
        assertThat((Double) value(row, "z_score"))
            .as("seed %d", seed)
            .isCloseTo(judged.zScore(), within(1e-6 * (1 + Math.abs(judged.zScore()))));
      }
    }
    assertThat(expected.values())
        .extracting(Judged::reason)
        .contains("RANGE", "ZSCORE", "RANGE+ZSCORE", "");
  }

  @Test
  void incompleteReadingsStayOut() {
    fixture.append(
        List.of(
            new Reading(null, "temperature", "f/z", 1.0, START, START, 0, 1),
            new Reading("s", null, "f/z", 1.0, START, START, 0, 2),
            new Reading("s", "temperature", "f/z", null, START, START, 0, 3),
            new Reading("s", "temperature", "f/z", 1.0, null, START, 0, 4),
            new Reading("s", "temperature", null, 1.0, START, START, 0, 5)));

    fixture.build("silver.readings");

    assertThat(fixture.rows("SELECT kafka_offset FROM silver_readings"))
        .containsExactly(Map.of("kafka_offset", 5L));
  }

  @Test
  void theCopyIngestedLastIsKeptAndTiesGoToPartitionThenOffset() {
    fixture.append(
        List.of(
            new Reading("a", "temperature", "f/z", 1.0, START, START + 5, 0, 1),
            new Reading("a", "temperature", "f/z", 2.0, START, START + 9, 0, 2),
            new Reading("a", "temperature", "f/z", 3.0, START, START + 7, 2, 3),
            new Reading("b", "temperature", "f/z", 1.0, START, START, 1, 9),
            new Reading("b", "temperature", "f/z", 2.0, START, START, 2, 1),
            new Reading("c", "temperature", "f/z", 1.0, START, START, 1, 9),
            new Reading("c", "temperature", "f/z", 2.0, START, START, 1, 10)));

    fixture.build("silver.readings");

    assertThat(fixture.rows("SELECT sensor_id, value FROM silver_readings ORDER BY sensor_id"))
        .containsExactly(
            Map.of("sensor_id", "a", "value", 2.0),
            Map.of("sensor_id", "b", "value", 2.0),
            Map.of("sensor_id", "c", "value", 2.0));
  }

  @Test
  void bothEndsOfARangeAreWithinItAndUnknownKindsHaveNone() {
    fixture.append(
        List.of(
            new Reading("a", "humidity", "f/z", 0.0, START, START, 0, 1),
            new Reading("a", "humidity", "f/z", 100.0, START + 1, START, 0, 2),
            new Reading("a", "humidity", "f/z", 100.5, START + 2, START, 0, 3),
            new Reading("a", "loudness", "f/z", 1e6, START + 3, START, 0, 4)));

    fixture.build("silver.readings");

    assertThat(fixture.rows("SELECT kafka_offset FROM silver_readings WHERE is_anomaly"))
        .containsExactly(Map.of("kafka_offset", 3L));
  }

  @Test
  void anAbsurdValueSpoilsNoVerdictAfterIt() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double value = i == 20 ? 1.7e308 : 20 + i % 3;
      readings.add(new Reading("a", "loudness", "f/z", value, START + i * 1_000_000L, START, 0, i));
    }
    fixture.append(readings);

    fixture.build("silver.readings");

    assertThat(fixture.rows("SELECT kafka_offset FROM silver_readings WHERE is_anomaly"))
        .containsExactly(Map.of("kafka_offset", 20L));
  }

  @Test
  void aReadingKnowsWhereItIsAndWhereItCameFrom() {
    fixture.append(
        List.of(
            new Reading("a", "humidity", "floor-2/zone-b", 1.0, START, START, 2, 7),
            new Reading("b", "humidity", "lobby", 1.0, START, START, 0, 8)));

    fixture.build("silver.readings");

    List<Map<String, Object>> rows =
        fixture.rows("SELECT * FROM silver_readings ORDER BY sensor_id");
    assertThat(rows.getFirst())
        .containsEntry("floor", "floor-2")
        .containsEntry("zone", "zone-b")
        .containsEntry("kafka_topic", "sensor-events")
        .containsEntry("kafka_partition", 2)
        .containsEntry("kafka_offset", 7L)
        .containsEntry("pipeline_version", "1.0.0")
        .containsEntry("processing_timestamp", TransformFixture.NOW)
        .containsEntry(
            "source_file",
            fixture
                .lake
                .find(TransformFixture.BRONZE)
                .orElseThrow()
                .snapshot()
                .files()
                .getFirst()
                .path()
                .getFileName()
                .toString());
    assertThat(rows.getLast()).containsEntry("floor", "lobby").containsEntry("zone", null);
    assertThat(rows.getFirst().keySet())
        .containsExactly(
            "sensor_id",
            "sensor_type",
            "location",
            "value",
            "unit",
            "event_time",
            "floor",
            "zone",
            "z_score",
            "is_anomaly",
            "anomaly_reason",
            "ingestion_time",
            "kafka_topic",
            "kafka_partition",
            "kafka_offset",
            "source_file",
            "processing_timestamp",
            "pipeline_version",
            "event_date",
            "_source_file");
  }

  /// Three sensors across midnight, with copies, gaps, late events and outliers.
  private static List<Reading> randomReadings(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] kinds = {"temperature", "humidity", "vibration"};
    List<Reading> readings = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < 400; i++) {
      for (int s = 0; s < kinds.length; s++) {
        long time = START + i * 10_000_000L + s;
        double roll = random.nextDouble();
        Double value = (s == 1 ? -0.2 : 20) + random.nextDouble() * 2;
        if (roll < 0.01) {
          value = 500.0;
        } else if (roll < 0.02) {
          value = 45.0;
        } else if (roll < 0.04) {
          value = null;
        }
        readings.add(
            new Reading(
                "sensor-" + s,
                kinds[s],
                "f/z",
                value,
                time,
                time + random.nextLong(5_000_000),
                s,
                offset++));
        if (random.nextDouble() < 0.05) {
          readings.add(
              new Reading(
                  "sensor-" + s,
                  kinds[s],
                  "f/z",
                  21.5,
                  time,
                  time + random.nextLong(5_000_000),
                  s,
                  offset++));
        }
      }
    }
    for (int i = readings.size() - 1; i > 0; i--) {
      Collections.swap(readings, i, random.nextInt(i + 1));
    }
    return readings;
  }

  private static Object value(Map<String, Object> row, String column) {
    Object value = row.get(column);
    if (value == null) {
      throw new AssertionError(column + " is null in " + row);
    }
    return value;
  }
}
