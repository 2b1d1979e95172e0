package dev.millrace.engine.assembly;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.lake.ColumnStatistics;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveState;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.pipeline.ValueRange;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fills a live state with the last 24 hours of the lake, so that a console that is opened anew
/// does not begin with empty charts: minutes, last readings, and the anomalies since Silver was
/// built from Bronze. Those Silver tells of come by {@link FollowSilver}, before.
final class SeedLive {

  /// Readings the rolling score looks back over.
  private static final int LOOK_BACK = 60;

  /// Readings before the first that is judged are looked for in so much time.
  private static final Duration BEFORE = Duration.ofHours(1);

  /// So many changes of a value tell whether an entity varies.
  private static final int MOST_RUNS = 1_000;

  /// So many readings are judged in a few seconds.
  private static final long MOST_TO_JUDGE = 3_000_000;

  private final Feed feed;
  private final Map<String, ValueRange> ranges;
  private final Lake lake;
  private final SqlEngine sql;

  /// @param ranges physical range per kind
  SeedLive(Feed feed, Map<String, ValueRange> ranges, Lake lake, SqlEngine sql) {
    this.feed = feed;
    this.ranges = Map.copyOf(ranges);
    this.lake = lake;
    this.sql = sql;
  }

  /// Does nothing where the feed's roles or its tables do not allow it.
  void into(LiveState live) {
    Roles roles = feed.roles();
    Optional<LakeTable> bronze = lake.find(feed.bronze());
    if (roles.entity().isEmpty() || roles.value().isEmpty() || bronze.isEmpty()) {
      return;
    }
    List<LakeFile> files = lastDays(bronze.get());
    if (files.isEmpty()) {
      return;
    }
    try (SqlSession session = sql.session()) {
      session.view("bronze", bronze.get().schema(), files);
      session.query("readings", readings("bronze"));
      minutes(session, live);
      steps(session, live);
      runs(session, live);
      lastReadings(session, live);
      session.view("newest", bronze.get().schema(), toJudge(files, live.judgedUntil()));
      session.query("newest_readings", readings("newest"));
      anomalies(session, live);
    }
    live.quiet();
  }

  private String readings(String table) {
    return "SELECT "
        + columns()
        + " FROM "
        + table
        + " WHERE "
        + feed.roles().value().orElseThrow()
        + " IS NOT NULL AND "
        + within();
  }

  /// Files that may hold readings no table has judged, and those before; the newest of them, where
  /// more would keep the stream waiting.
  private List<LakeFile> toJudge(List<LakeFile> files, Optional<Instant> judged) {
    long since = judged.map(until -> Micros.of(until.minus(BEFORE))).orElse(Long.MIN_VALUE);
    List<LakeFile> newest = new ArrayList<>();
    long rows = 0;
    for (LakeFile file :
        files.stream().sorted(Comparator.comparingLong(this::newest).reversed()).toList()) {
      rows += file.rows();
      if (newest(file) < since || (rows > MOST_TO_JUDGE && !newest.isEmpty())) {
        break;
      }
      newest.add(file);
    }
    return newest;
  }

  /// Newest event a file tells of, in microseconds.
  private long newest(LakeFile file) {
    ColumnStatistics known = file.statistics().get(feed.roles().time());
    return known != null && known.max().orElse(null) instanceof Long max ? max : Long.MAX_VALUE;
  }

  private void minutes(SqlSession session, LiveState live) {
    session.forEachRow(
        """
        SELECT kind, place, max(unit), unix_micros(moment) - unix_micros(moment) % 60000000 AS minute, count(*),
          avg(value), min(value), max(value)
        FROM readings GROUP BY kind, place, minute
        """,
        row ->
            live.seedMinute(
                text(row.get(0)),
                text(row.get(1)),
                text(row.get(2)),
                number(row.get(3)).longValue() / 60_000_000,
                number(row.get(4)).longValue(),
                number(row.get(5)).doubleValue(),
                number(row.get(6)).doubleValue(),
                number(row.get(7)).doubleValue()));
  }

  /// Five minutes of each entity, but for those it was heard in last, which may go on.
  private void steps(SqlSession session, LiveState live) {
    session.forEachRow(
        """
        SELECT entity, step, n, mean, low, high FROM (
          SELECT *, max(step) OVER (PARTITION BY entity) AS last_step FROM (
            SELECT entity, unix_micros(moment) - unix_micros(moment) % 300000000 AS step, count(*) AS n,
              avg(value) AS mean, min(value) AS low, max(value) AS high
            FROM readings GROUP BY entity, step))
        WHERE step < last_step ORDER BY step
        """,
        row ->
            live.seedStep(
                text(row.get(0)),
                Micros.instant(number(row.get(1)).longValue()),
                number(row.get(2)).longValue(),
                number(row.get(3)).doubleValue(),
                number(row.get(4)).doubleValue(),
                number(row.get(5)).doubleValue()));
  }

  /// What those said who said the same all the time that is looked back over, before that: whether
  /// they are stuck cannot be told without it.
  private void runs(SqlSession session, LiveState live) {
    session.forEachRow(
        """
        WITH aged AS (
          SELECT entity, value, moment, row_number() OVER (PARTITION BY entity ORDER BY moment DESC) AS age
          FROM readings
        ), same AS (
          SELECT entity FROM aged WHERE age <= %1$d
          GROUP BY entity HAVING count(*) = %1$d AND min(value) = max(value)
        ), marked AS (
          SELECT *, CASE WHEN value = lag(value) OVER by_age THEN 0 ELSE 1 END AS begins
          FROM aged WHERE age > %1$d AND entity IN (SELECT entity FROM same)
          WINDOW by_age AS (PARTITION BY entity ORDER BY age DESC)
        ), numbered AS (
          SELECT entity, value, sum(begins) OVER (PARTITION BY entity ORDER BY age DESC) AS run FROM marked
        ), runs AS (
          SELECT entity, run, max(value) AS value, count(*) AS times,
            row_number() OVER (PARTITION BY entity ORDER BY run DESC) AS ago
          FROM numbered GROUP BY entity, run
        )
        SELECT entity, value, times FROM runs WHERE ago <= %2$d ORDER BY entity, ago DESC
        """
            .formatted(LOOK_BACK, MOST_RUNS),
        row ->
            live.seedRun(
                text(row.get(0)), number(row.get(1)).doubleValue(), number(row.get(2)).intValue()));
  }

  private void lastReadings(SqlSession session, LiveState live) {
    session.forEachRow(
        """
        SELECT entity, kind, place, unit, value, moment FROM (
          SELECT *, row_number() OVER (PARTITION BY entity ORDER BY moment DESC) AS age FROM readings)
        WHERE age <= %d ORDER BY moment
        """
            .formatted(LOOK_BACK),
        row ->
            live.seedReading(
                text(row.get(0)),
                text(row.get(1)),
                text(row.get(2)),
                text(row.get(3)),
                number(row.get(4)).doubleValue(),
                (Instant) row.get(5)));
  }

  /// Judged as the live state judges, by the newest copy of each reading.
  private void anomalies(SqlSession session, LiveState live) {
    Optional<Instant> judged = live.judgedUntil();
    session.forEachRow(
        """
        WITH copies AS (
          SELECT *, row_number() OVER (PARTITION BY entity, moment ORDER BY value) AS copy
          FROM newest_readings %s
        ), rolled AS (
          SELECT *, count(value) OVER last_60 AS seen, avg(value) OVER last_60 AS mean,
            stddev_samp(value) OVER last_60 AS spread
          FROM copies WHERE copy = 1
          WINDOW last_60 AS (
            PARTITION BY entity ORDER BY moment ROWS BETWEEN %d PRECEDING AND 1 PRECEDING)
        ), scored AS (
          SELECT *, %s AS outside,
            CASE WHEN seen >= 10 AND spread > 1e-9 * greatest(1e0, abs(mean)) AND spread < 1e100
              THEN (value - mean) / spread END AS score
          FROM rolled %s
        )
        SELECT moment, entity, kind, place, unit, value,
          CASE WHEN NOT outside THEN 'ZSCORE' WHEN abs(score) > 4e0 THEN 'RANGE+ZSCORE' ELSE 'RANGE' END,
          CASE WHEN abs(score) > 4e0 THEN score END
        FROM scored WHERE outside OR abs(score) > 4e0 ORDER BY moment
        """
            .formatted(
                judged.map(until -> "WHERE moment > " + literal(until.minus(BEFORE))).orElse(""),
                LOOK_BACK,
                outside(),
                judged.map(until -> "WHERE moment > " + literal(until)).orElse("")),
        row ->
            live.seedAnomaly(
                new LiveSnapshot.Anomaly(
                    (Instant) row.get(0),
                    text(row.get(1)),
                    text(row.get(2)),
                    text(row.get(3)),
                    text(row.get(4)),
                    number(row.get(5)).doubleValue(),
                    text(row.get(6)),
                    number(row.get(7)).doubleValue())));
  }

  /// Whether a value lies out of its kind's range.
  private String outside() {
    String cases =
        ranges.entrySet().stream()
            .map(
                range ->
                    " WHEN '%s' THEN value < %se0 OR value > %se0"
                        .formatted(
                            range.getKey().replace("'", "''"),
                            plain(range.getValue().low()),
                            plain(range.getValue().high())))
            .collect(Collectors.joining());
    return cases.isEmpty() ? "FALSE" : "CASE kind" + cases + " ELSE FALSE END";
  }

  private static String plain(double number) {
    return new BigDecimal(number).toPlainString();
  }

  private static String literal(Instant time) {
    return "TIMESTAMPTZ '" + Micros.instant(Micros.of(time)) + "'";
  }

  /// The roles' columns as entity, kind, place, unit, value, moment.
  private String columns() {
    Roles roles = feed.roles();
    return roles.entity().orElseThrow()
        + " AS entity, "
        + roles.kind().orElse("''")
        + " AS kind, "
        + roles.place().orElse("''")
        + " AS place, "
        + roles.unit().orElse("''")
        + " AS unit, "
        + roles.value().orElseThrow()
        + " AS value, "
        + roles.time()
        + " AS moment";
  }

  private String within() {
    String time = feed.roles().time();
    return time + " > (SELECT max(" + time + ") FROM bronze) - INTERVAL 24 HOUR";
  }

  /// Files of the newest date and the one before.
  private static List<LakeFile> lastDays(LakeTable table) {
    List<LakeFile> files = table.snapshot().files();
    Optional<LocalDate> newest =
        files.stream().flatMap(f -> f.partitionValue().stream()).max(LocalDate::compareTo);
    return files.stream()
        .filter(
            f ->
                f.partitionValue().isEmpty()
                    || newest.isEmpty()
                    || !f.partitionValue().get().isBefore(newest.get().minusDays(1)))
        .toList();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static Number number(@Nullable Object value) {
    return value instanceof Number number ? number : Double.NaN;
  }
}
