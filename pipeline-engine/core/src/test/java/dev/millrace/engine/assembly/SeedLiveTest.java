package dev.millrace.engine.assembly;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.live.JudgedAnomalies;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveState;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.TransformFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The live state of a console that is opened anew, from real tables.
class SeedLiveTest {

  private static final Instant NEWEST = Instant.parse("2026-03-01T11:59:00Z");

  @TempDir Path folder;

  @Test
  void theLastDayStandsInTheLiveStateAgain() {
    DeltaLake lake = new DeltaLake(folder.resolve("lake"), "Test/1", InstantSource.system());
    try (TransformFixture fixture = new TransformFixture(folder, lake)) {
      Feed feed = fixture.pipeline.feeds().getFirst();
      try (SqlSession session = fixture.engine.session()) {
        fixture.append(
            session,
            """
            SELECT 'temperature-' || (i %% 2) AS sensor_id, 'temperature' AS sensor_type,
              'floor-1/zone-' || (i %% 2) AS location,
              CASE WHEN i = 2999 THEN 500.0 ELSE 20.0 + (i %% 7) / 10.0 END::DOUBLE AS value,
              '°C' AS unit,
              TIMESTAMPTZ '%s' - to_minutes(2999 - i) AS event_time,
              TIMESTAMPTZ '%s' AS ingestion_time,
              'sensor-events' AS kafka_topic, 0 AS kafka_partition, i::BIGINT AS kafka_offset,
              CAST(TIMESTAMPTZ '%s' - to_minutes(2999 - i) AS DATE) AS event_date
            FROM range(3000) t(i)
            """
                .formatted(NEWEST, NEWEST, NEWEST));
      }
      var _ = fixture.build("silver.readings");

      LiveState live =
          new LiveState(
              feed, fixture.pipeline.ranges(), InstantSource.fixed(NEWEST.plusSeconds(5)));
      new SeedLive(feed, fixture.pipeline.ranges(), lake, fixture.engine).into(live);

      LiveSnapshot snapshot = live.snapshot();
      assertThat(snapshot.newest()).contains(NEWEST);
      assertThat(snapshot.latest())
          .extracting(LiveSnapshot.Latest::entity)
          .containsExactly("temperature-0", "temperature-1");
      assertThat(snapshot.series()).hasSize(2);
      assertThat(snapshot.series().getFirst().minutes()).hasSizeBetween(700, 721);
      LiveSnapshot.History history = live.history("temperature-0").orElseThrow();
      assertThat(history.values()).hasSize(60);
      assertThat(history.steps()).hasSizeBetween(240, 255).isSorted();
    }
  }

  /// Two sensors with a reading every two seconds: one is stuck for ten minutes, the other says the
  /// same by nature.
  @Test
  void oneThatIsStuckForLongIsFoundAtTheStart() {
    DeltaLake lake = new DeltaLake(folder.resolve("lake"), "Test/1", InstantSource.system());
    try (TransformFixture fixture = new TransformFixture(folder, lake)) {
      Feed feed = fixture.pipeline.feeds().getFirst();
      try (SqlSession session = fixture.engine.session()) {
        fixture.append(
            session,
            """
            SELECT 'temperature-' || (i %% 2) AS sensor_id, 'temperature' AS sensor_type,
              'floor-1/zone-' || (i %% 2) AS location,
              CASE WHEN i %% 2 = 0 AND i < 1400 THEN 20e0 + (i %% 7) / 10e0 ELSE 21.5e0 END AS value,
              '°C' AS unit,
              TIMESTAMPTZ '%1$s' - to_seconds(1999 - i) AS event_time,
              TIMESTAMPTZ '%1$s' AS ingestion_time,
              'sensor-events' AS kafka_topic, 0 AS kafka_partition, i::BIGINT AS kafka_offset,
              CAST(TIMESTAMPTZ '%1$s' - to_seconds(1999 - i) AS DATE) AS event_date
            FROM range(2000) t(i)
            """
                .formatted(NEWEST));
      }
      LiveState live = new LiveState(feed, fixture.pipeline.ranges(), InstantSource.fixed(NEWEST));
      new SeedLive(feed, fixture.pipeline.ranges(), lake, fixture.engine).into(live);
      assertThat(live.snapshot().conditions())
          .extracting(c -> c.entity() + " " + c.stuckFor())
          .containsExactly("temperature-0 300", "temperature-1 0");
    }
  }

  /// A day of two sensors with a reading a minute, one of which jumps again and again, at times out
  /// of range.
  @Test
  void whatNoTableHasJudgedIsJudgedAgainAsSilverWould() {
    DeltaLake lake = new DeltaLake(folder.resolve("lake"), "Test/1", InstantSource.system());
    try (TransformFixture fixture = new TransformFixture(folder, lake)) {
      Feed feed = fixture.pipeline.feeds().getFirst();
      try (SqlSession session = fixture.engine.session()) {
        fixture.append(
            session,
            """
            SELECT 'temperature-' || (i %% 2) AS sensor_id, 'temperature' AS sensor_type,
              'floor-1/zone-' || (i %% 2) AS location,
              CASE WHEN i %% 601 = 3 THEN 500e0 WHEN i %% 50 = 3 THEN 30e0
                ELSE 20e0 + (i %% 7) / 10e0 END AS value,
              '°C' AS unit,
              TIMESTAMPTZ '%1$s' - to_seconds(30 * (2799 - i)) AS event_time,
              TIMESTAMPTZ '%1$s' AS ingestion_time,
              'sensor-events' AS kafka_topic, 0 AS kafka_partition, i::BIGINT AS kafka_offset,
              CAST(TIMESTAMPTZ '%1$s' - to_seconds(30 * (2799 - i)) AS DATE) AS event_date
            FROM range(2800) t(i)
            """
                .formatted(NEWEST));
      }
      var _ = fixture.build("silver.readings");
      List<String> silver =
          fixture
              .rows(
                  "SELECT event_time, sensor_id, anomaly_reason FROM silver_readings WHERE is_anomaly"
                      + " ORDER BY event_time")
              .stream()
              .map(row -> row.values().stream().map(Object::toString).collect(joining(" ")))
              .toList();
      assertThat(silver).hasSizeGreaterThan(20).anyMatch(a -> a.endsWith(" ZSCORE"));

      LiveState live = new LiveState(feed, fixture.pipeline.ranges(), InstantSource.fixed(NEWEST));
      new SeedLive(feed, fixture.pipeline.ranges(), lake, fixture.engine).into(live);
      assertThat(live.unjudged(Instant.MIN))
          .extracting(a -> a.time() + " " + a.entity() + " " + a.reason())
          .containsExactlyElementsOf(silver);

      Instant until = NEWEST.minusSeconds(1_800);
      LiveState later = new LiveState(feed, fixture.pipeline.ranges(), InstantSource.fixed(NEWEST));
      later.judged(
          new JudgedAnomalies(NEWEST.minusSeconds(90_000), until, List.of(), List.of(), List.of()));
      new SeedLive(feed, fixture.pipeline.ranges(), lake, fixture.engine).into(later);
      assertThat(later.unjudged(Instant.MIN))
          .isNotEmpty()
          .allSatisfy(a -> assertThat(a.time()).isAfter(until))
          .hasSameSizeAs(live.unjudged(until));
      assertThat(later.snapshot().anomalyCounts())
          .extracting(LiveSnapshot.AnomalyCount::total)
          .isNotEmpty();
    }
  }
}
