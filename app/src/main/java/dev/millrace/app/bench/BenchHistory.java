package dev.millrace.app.bench;

import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.FileLayout;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Bronze table with a history, made by SQL and not by a stream: 1,000 events a minute, spread
/// evenly over the sensors, so that 1,000 of them have a reading a minute each.
///
/// Whatever its length, the history ends at the same time of the same day, so that tables of
/// different length differ in what stands and not in what is touched at the tip. Of every hundred
/// events one is up to eight minutes late and one is sent twice.
final class BenchHistory {

  private static final Instant END = Instant.parse("2026-03-01T16:40:00Z");
  private static final long PER_COMMIT = 5_000_000;
  private static final long MICROS_PER_EVENT = 60_000;
  private final SqlEngine engine;
  private final LakeTable bronze;
  private final int sensors;
  private long next;

  /// @param standing events before {@link #END}
  /// @param sensors how many take turns
  BenchHistory(SqlEngine engine, LakeTable bronze, long standing, int sensors) {
    this.engine = engine;
    this.bronze = bronze;
    this.sensors = sensors;
    this.next = -standing;
  }

  /// Brings everything up to the end of the history.
  void standing(Progress progress) {
    long all = -next;
    while (next < 0) {
      progress.report("making %,d events".formatted(all), all + next, all);
      append(Math.min(PER_COMMIT, -next));
    }
  }

  /// Adds the next events in one commit.
  void append(long events) {
    FileLayout layout =
        new FileLayout(
            Optional.of(Feed.EVENT_DATE.name()),
            Optional.of(
                new FileLayout.Stretch(
                    Feed.INGESTION_TIME.name(), Duration.ofHours(3).toNanos() / 1000)));
    try (SqlSession session = engine.session()) {
      List<LakeFile> files =
          session.write(rows(next, next + events), bronze.schema(), layout, bronze::dataFolder);
      LakeCommit commit = new LakeCommit("STREAMING UPDATE", files, List.of(), Map.of(), Map.of());
      if (!(bronze.commit(bronze.snapshot(), commit) instanceof Committed)) {
        throw new IllegalStateException("another writer changed the bench's table");
      }
    }
    next += events;
  }

  private String rows(long from, long to) {
    long end = END.getEpochSecond() * 1_000_000;
    return """
        WITH numbers AS (
          SELECT range AS n, range - CASE WHEN abs(range) %% 100 = 7 THEN 2001 ELSE 0 END AS original
          FROM range(%d, %d)
        ), events AS (
          SELECT n, (original %% %d + %d) %% %d AS sensor, original,
                 %d + original * %d - CASE WHEN abs(original) %% 100 = 3 THEN abs(original) %% 480 * 1000000 ELSE 0 END
                   AS micros
          FROM numbers
        )
        SELECT 'sensor-' || sensor AS sensor_id,
               CASE sensor %% 4 WHEN 0 THEN 'temperature' WHEN 1 THEN 'humidity'
                               WHEN 2 THEN 'pressure' ELSE 'vibration' END AS sensor_type,
               'floor-' || sensor %% 20 || '/zone-' || sensor %% 7 AS location,
               CASE sensor %% 4 WHEN 0 THEN 21e0 WHEN 1 THEN 45e0 WHEN 2 THEN 1013e0 ELSE 5e0 END
                 + 2e0 * sin(micros / 3.6e9) + (hash(original) %% 1000) / 1e3
                 + CASE WHEN abs(original) %% 9973 = 0 THEN 500e0 ELSE 0e0 END AS value,
               CASE sensor %% 4 WHEN 0 THEN '°C' WHEN 1 THEN '%%' WHEN 2 THEN 'hPa' ELSE 'mm/s' END
                 AS unit,
               timestamp_micros(micros) AS event_time,
               timestamp_micros(%d + n * %d) AS ingestion_time,
               'sensor-events' AS kafka_topic,
               CAST(sensor %% 3 AS int) AS kafka_partition,
               n + 1000000000 AS kafka_offset,
               CAST(NULL AS varchar) AS _extra,
               CAST(timestamp_micros(micros) AS date) AS event_date
        FROM events"""
        .formatted(
            from, to, sensors, sensors, sensors, end, MICROS_PER_EVENT, end, MICROS_PER_EVENT);
  }
}
