package dev.millrace.engine.history;

import static dev.millrace.engine.history.ReadingTables.literal;
import static dev.millrace.engine.history.ReadingTables.text;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.live.JudgedAnomalies;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells the hours before a moment from the lake.
final class LookBack {

  private static final long MINUTE = 60_000_000;
  private static final long SLOT = JudgedAnomalies.SLOT.toSeconds() * 1_000_000;

  private final ReadingTables tables;
  private final SqlEngine sql;

  LookBack(ReadingTables tables, SqlEngine sql) {
    this.tables = tables;
    this.sql = sql;
  }

  Retrospect of(RetrospectQuery query) {
    if (tables.bronze().isEmpty()) {
      return new Retrospect(List.of(), List.of(), List.of());
    }
    Instant from = query.to().minus(query.back());
    Instant begin = AnomalyCount.begin(query.to());
    try (SqlSession session = sql.session()) {
      List<Series> series = series(session, query.kind(), from, query.to());
      Instant first = from.isBefore(begin) ? from : begin;
      if (!tables.judged(session, first, query.to())) {
        return new Retrospect(series, List.of(), List.of());
      }
      List<Anomaly> anomalies =
          LakeReadings.anomalies(
              session,
              "SELECT * FROM judged WHERE anomalous AND moment >= %s ORDER BY moment DESC, entity LIMIT %d"
                  .formatted(literal(from), query.most()));
      return new Retrospect(series, anomalies, counts(session, begin));
    }
  }

  private List<Series> series(SqlSession session, String kind, Instant from, Instant to) {
    // A minute is told whole or not at all.
    Instant begin = from.minus(Duration.ofMillis(Math.floorMod(from.toEpochMilli(), 60_000L)));
    tables.readings(session, begin, to);
    Map<String, Points> found = new TreeMap<>();
    session.forEachRow(
        """
        SELECT place, unix_micros(moment) // %d AS minute, max(unit), avg(value), min(value), max(value)
        FROM readings WHERE kind = %s GROUP BY place, minute ORDER BY minute
        """
            .formatted(MINUTE, text(kind)),
        row -> found.computeIfAbsent(LakeReadings.words(row.get(0)), _ -> new Points()).add(row));
    List<Series> all = new ArrayList<>();
    found.forEach((place, points) -> all.add(points.series(kind, place)));
    return all;
  }

  private static List<AnomalyCount> counts(SqlSession session, Instant begin) {
    record Of(String kind, String reason, Gravity gravity) {}
    List<AnomalyCount> all = new ArrayList<>();
    Map<Of, long[]> found = new java.util.LinkedHashMap<>();
    session.forEachRow(
        """
        SELECT kind, reason, %s AS gravity, (unix_micros(moment) - %d) // %d AS slot, count(*)
        FROM judged WHERE anomalous GROUP BY kind, reason, gravity, slot ORDER BY kind, reason, gravity
        """
            .formatted(GravitySql.ordinal(), Micros.of(begin), SLOT),
        row -> {
          long slot = LakeReadings.whole(row.get(3));
          if (slot >= 0 && slot < AnomalyCount.SLOTS) {
            found
                    .computeIfAbsent(
                        new Of(
                            LakeReadings.words(row.get(0)),
                            LakeReadings.words(row.get(1)),
                            Gravity.values()[(int) LakeReadings.whole(row.get(2))]),
                        _ -> new long[AnomalyCount.SLOTS])[(int) slot] +=
                LakeReadings.whole(row.get(4));
          }
        });
    found.forEach(
        (of, slots) -> all.add(new AnomalyCount(of.kind(), of.reason(), of.gravity(), slots)));
    return all;
  }

  /// One place's minutes as they come.
  private static final class Points {
    private String unit = "";
    private long[] minutes = new long[128];
    private double[] mean = new double[128];
    private double[] low = new double[128];
    private double[] high = new double[128];
    private int size;

    void add(List<Object> row) {
      if (size == minutes.length) {
        minutes = Arrays.copyOf(minutes, 2 * size);
        mean = Arrays.copyOf(mean, 2 * size);
        low = Arrays.copyOf(low, 2 * size);
        high = Arrays.copyOf(high, 2 * size);
      }
      unit = LakeReadings.words(row.get(2));
      minutes[size] = LakeReadings.whole(row.get(1));
      mean[size] = LakeReadings.number(row.get(3));
      low[size] = LakeReadings.number(row.get(4));
      high[size++] = LakeReadings.number(row.get(5));
    }

    Series series(String kind, String place) {
      return Series.ofFirst(size, kind, place, unit, minutes, mean, low, high);
    }
  }
}
