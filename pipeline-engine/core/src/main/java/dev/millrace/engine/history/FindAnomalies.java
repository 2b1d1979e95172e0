package dev.millrace.engine.history;

import static dev.millrace.engine.history.LakeReadings.whole;
import static dev.millrace.engine.history.LakeReadings.words;
import static dev.millrace.engine.history.ReadingTables.text;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.history.ReadingHistory.AnomalyCounts;
import dev.millrace.engine.history.ReadingHistory.AnomalyPage;
import dev.millrace.engine.history.ReadingHistory.AnomalyPeak;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds anomalies among what Silver judged.
final class FindAnomalies {

  private final ReadingTables tables;
  private final SqlEngine sql;

  FindAnomalies(ReadingTables tables, SqlEngine sql) {
    this.tables = tables;
    this.sql = sql;
  }

  AnomalyPage page(AnomalyQuery query) {
    Optional<Instant> until = tables.judgedUntil();
    try (SqlSession session = sql.session()) {
      if (!tables.judged(session, query.from(), query.to())) {
        return AnomalyPage.NONE;
      }
      String where = "FROM judged WHERE anomalous" + conditions(query);
      long[] total = new long[1];
      session.forEachRow("SELECT count(*) " + where, row -> total[0] = whole(row.get(0)));
      return new AnomalyPage(
          LakeReadings.anomalies(
              session, "SELECT * " + where + " ORDER BY moment DESC, entity LIMIT " + query.most()),
          total[0],
          total[0] > query.most() ? peaks(session, query, where) : List.of(),
          until);
    }
  }

  AnomalyCounts counts(Instant from, Instant to, int slots) {
    long[] critical = new long[slots];
    long[] other = new long[slots];
    long begin = Micros.of(from);
    long width = Math.max(1, Math.ceilDiv(Micros.of(to) - begin, (long) slots));
    try (SqlSession session = sql.session()) {
      if (tables.judged(session, from, to)) {
        session.forEachRow(
            """
            SELECT (unix_micros(moment) - %d) // %d AS slot,
              count(*) FILTER (reason LIKE '%%RANGE%%'), count(*) FROM judged WHERE anomalous GROUP BY slot
            """
                .formatted(begin, width),
            row -> {
              int slot = Math.clamp(whole(row.get(0)), 0, slots - 1);
              critical[slot] += whole(row.get(1));
              other[slot] += whole(row.get(2)) - whole(row.get(1));
            });
      }
    }
    return new AnomalyCounts(from, to, critical, other);
  }

  private static List<AnomalyPeak> peaks(SqlSession session, AnomalyQuery query, String where) {
    PeakGrid grid = PeakGrid.of(query.from(), query.to());
    List<AnomalyPeak> peaks = new ArrayList<>();
    session.forEachRow(
        """
        SELECT top.entity, top.kind, top.place, top.unit, top.value, top.moment, top.reason, top.score,
          part, slot, %s
        FROM (
          SELECT %s AS part, unix_micros(moment) // %d AS slot, %s,
            arg_max({'entity': entity, 'kind': kind, 'place': place, 'unit': unit, 'value': value,
              'moment': moment, 'reason': reason, 'score': score}, %s) AS top
          %s GROUP BY part, slot)
        ORDER BY slot, part
        """
            .formatted(
                names(), query.grouping().sql(), grid.width(), tallies(), GravitySql.rank(), where),
        row -> {
          Instant begin = Micros.instant(whole(row.get(9)) * grid.width());
          Map<Gravity, Long> counts = new EnumMap<>(Gravity.class);
          for (Gravity gravity : Gravity.values()) {
            counts.put(gravity, whole(row.get(10 + gravity.ordinal())));
          }
          peaks.add(
              new AnomalyPeak(
                  words(row.get(8)), begin, grid.end(begin), counts, LakeReadings.anomaly(row)));
        });
    return peaks;
  }

  /// The columns of {@link #tallies()}.
  private static String names() {
    return Arrays.stream(Gravity.values()).map(Gravity::name).collect(Collectors.joining(", "));
  }

  private static String tallies() {
    return Arrays.stream(Gravity.values())
        .map(gravity -> "count(*) FILTER (" + GravitySql.is(gravity) + ") AS " + gravity.name())
        .collect(Collectors.joining(", "));
  }

  private static String conditions(AnomalyQuery query) {
    StringBuilder where = new StringBuilder();
    in(where, "kind", query.kinds());
    in(where, "reason", query.reasons());
    if (!query.places().isEmpty()) {
      where.append(
          query.places().stream()
              .map(p -> "place = " + text(p) + " OR starts_with(place, " + text(p + "/") + ")")
              .collect(Collectors.joining(" OR ", " AND (", ")")));
    }
    if (!query.gravities().isEmpty()) {
      where.append(
          query.gravities().stream()
              .map(g -> "(" + GravitySql.is(g) + ")")
              .collect(Collectors.joining(" OR ", " AND (", ")")));
    }
    return where.toString();
  }

  private static void in(StringBuilder where, String column, Set<String> values) {
    if (!values.isEmpty()) {
      where.append(
          values.stream()
              .map(ReadingTables::text)
              .collect(Collectors.joining(", ", " AND " + column + " IN (", ")")));
    }
  }
}
