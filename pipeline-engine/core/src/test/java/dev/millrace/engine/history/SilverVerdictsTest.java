package dev.millrace.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.live.JudgedAnomalies;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.TransformFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One sensor with a reading a second on Delta tables; twice in 500 readings it jumps far, from
/// quiet readings and from such as have just jumped.
class SilverVerdictsTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;

  private TransformFixture lake;
  private SilverVerdicts verdicts;

  @BeforeEach
  void open() {
    lake =
        new TransformFixture(
            folder, new DeltaLake(folder.resolve("lake"), "test", InstantSource.system()));
    verdicts =
        new SilverVerdicts(lake.pipeline, lake.pipeline.feeds().getFirst(), lake.lake, lake.engine);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private void append(int from, int to) {
    try (SqlSession session = lake.engine.session()) {
      lake.append(
          session,
          """
          SELECT 't1' AS sensor_id, 'temperature' AS sensor_type, 'floor-1/zone-1' AS location,
            CASE WHEN i %% 500 = 450 THEN 30e0 WHEN i %% 500 = 499 THEN 60e0 ELSE 21e0 + (i %% 7) * 0.01e0 END AS value,
            '°C' AS unit, timestamp_micros(%1$d + i * 1000000) AS event_time,
            timestamp_micros(%1$d + i * 1000000) AS ingestion_time, 'sensor-events' AS kafka_topic,
            0 AS kafka_partition, CAST(i AS bigint) AS kafka_offset,
            CAST(timestamp_micros(%1$d + i * 1000000) AS date) AS event_date
          FROM range(%2$d, %3$d) AS r(i)
          """
              .formatted(Micros.of(START), from, to));
    }
    lake.build("silver.readings");
  }

  private static long counted(JudgedAnomalies judged) {
    return judged.counts().stream().mapToLong(JudgedAnomalies.Count::count).sum();
  }

  @Test
  void withoutSilverThereIsNothing() {
    assertThat(verdicts.table()).isEmpty();
    assertThat(verdicts.next()).isEmpty();
  }

  @Test
  void theFirstTimeTellsTheWholeDayAndTheNextWhatCame() {
    append(0, 6_000);
    JudgedAnomalies first = verdicts.next().orElseThrow();
    assertThat(first.until()).isEqualTo(START.plusSeconds(5_999));
    assertThat(Duration.between(first.from(), first.until()))
        .isBetween(Duration.ofHours(24), Duration.ofHours(24).plus(JudgedAnomalies.SLOT));
    assertThat(counted(first)).isEqualTo(24);
    assertThat(first.newest()).hasSize(24);
    assertThat(first.newest().getFirst().time()).isEqualTo(START.plusSeconds(5_999));
    assertThat(first.striking()).hasSize(12);
    assertThat(verdicts.next()).isEmpty();

    append(6_000, 7_000);
    JudgedAnomalies next = verdicts.next().orElseThrow();
    assertThat(next.until()).isEqualTo(START.plusSeconds(6_999));
    assertThat(next.from()).isAfterOrEqualTo(START.minus(Duration.ofMinutes(5)));
    assertThat(next.counts())
        .extracting(JudgedAnomalies.Count::slot)
        .allSatisfy(slot -> assertThat(slot).isAfterOrEqualTo(next.from()));
    assertThat(next.newest().getFirst().time()).isEqualTo(START.plusSeconds(6_999));
    assertThat(verdicts.next()).isEmpty();
  }

  @Test
  void theMostStrikingOfASlotStandsForIt() {
    append(0, 1_200);
    JudgedAnomalies judged = verdicts.next().orElseThrow();
    assertThat(judged.striking()).extracting(Anomaly::value).containsExactly(30.0, 30.0);
    assertThat(judged.counts())
        .extracting(JudgedAnomalies.Count::slot)
        .containsExactlyInAnyOrder(START.plusSeconds(300), START.plusSeconds(900));
    assertThat(counted(judged)).isEqualTo(4);
  }
}
