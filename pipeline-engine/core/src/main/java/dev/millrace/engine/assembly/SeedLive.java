package dev.millrace.engine.assembly;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.live.LiveState;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fills a live state with the last 24 hours of the lake, so that a console that is opened anew
/// does not begin with empty charts: minutes and last readings from Bronze. Anomalies come from
/// Silver, by {@link FollowSilver}.
final class SeedLive {

  /// Readings the rolling score looks back over.
  private static final int LOOK_BACK = 60;

  private final Feed feed;
  private final Lake lake;
  private final SqlEngine sql;

  SeedLive(Feed feed, Lake lake, SqlEngine sql) {
    this.feed = feed;
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
      session.query(
          "readings",
          "SELECT "
              + columns()
              + " FROM bronze WHERE "
              + roles.value().get()
              + " IS NOT NULL AND "
              + within());
      minutes(session, live);
      steps(session, live);
      lastReadings(session, live);
    }
    live.quiet();
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
                (Instant) row.get(5),
                false));
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
