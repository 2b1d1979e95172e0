package dev.millrace.engine.history;

import static dev.millrace.engine.history.ReadingTables.literal;

import dev.millrace.engine.event.Micros;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Window;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Roles;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The readings of one feed in a lake.
public final class LakeReadings implements ReadingHistory {

  private static final Duration LOOK_BACK = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int ANOMALIES_OF_HOUR = 300;

  /// With more anomalies than this, a course tells the gravest of each of as many slots.
  private static final int ANOMALIES_PER_COURSE = 600;

  private static final double MINUTE = 60_000_000;

  private final ReadingTables tables;
  private final SqlEngine sql;
  private final FollowReading following;
  private final Function<Instant, List<Anomaly>> unjudged;

  private LakeReadings(
      ReadingTables tables,
      SqlEngine sql,
      FollowReading following,
      Function<Instant, List<Anomaly>> unjudged) {
    this.tables = tables;
    this.sql = sql;
    this.following = following;
    this.unjudged = unjudged;
  }

  /// Empty for a feed whose events say not who read what.
  ///
  /// @param sql the engine of this process
  /// @param unjudged anomalies no table holds, later than a time; quick, on any thread
  public static Optional<ReadingHistory> of(
      Pipeline pipeline,
      Feed feed,
      Lake lake,
      SqlEngine sql,
      RawEvents events,
      WarehouseRows rows,
      Function<Instant, List<Anomaly>> unjudged) {
    Roles roles = feed.roles();
    if (roles.entity().isEmpty() || roles.value().isEmpty()) {
      return Optional.empty();
    }
    ReadingTables tables = new ReadingTables(pipeline, feed, lake);
    return Optional.of(
        new LakeReadings(
            tables, sql, new FollowReading(pipeline, tables, lake, sql, events, rows), unjudged));
  }

  @Override
  public Optional<Extent> extent() {
    List<LakeFile> files = new ArrayList<>();
    tables.silver().ifPresent(table -> files.addAll(table.snapshot().files()));
    tables.bronze().ifPresent(table -> files.addAll(table.snapshot().files()));
    return tables.extent(files);
  }

  @Override
  public List<Course> courses(CourseQuery query) {
    if (query.entities().isEmpty() || tables.bronze().isEmpty()) {
      return query.entities().stream().map(Course::silent).toList();
    }
    String wanted =
        query.entities().stream().map(ReadingTables::text).collect(Collectors.joining(", "));
    long from = Micros.of(query.from());
    long slot = Math.max(1, Math.ceilDiv(2 * (Micros.of(query.to()) - from), (long) query.most()));
    long slotOfAnomalies =
        Math.max(1, Math.ceilDiv(Micros.of(query.to()) - from, (long) ANOMALIES_PER_COURSE));
    Map<String, CourseBuilder> found = new HashMap<>();
    try (SqlSession session = sql.session()) {
      tables.readings(session, query.from(), query.to());
      session.forEachRow(
          """
          SELECT entity, max(kind), max(place), max(unit), count(*),
            unix_micros(arg_min(moment, value)), min(value), unix_micros(arg_max(moment, value)), max(value)
          FROM readings WHERE entity IN (%s)
          GROUP BY entity, (unix_micros(moment) - %d) // %d
          ORDER BY entity, min(moment)
          """
              .formatted(wanted, from, slot),
          row -> found.computeIfAbsent(words(row.get(0)), CourseBuilder::new).add(row));
      session.forEachRow(
          """
          SELECT entity, kind, place, unit, value, moment, reason, score, n FROM (
            SELECT *, count(*) OVER (PARTITION BY entity) AS n,
              row_number() OVER (PARTITION BY entity, (unix_micros(moment) - %d) // %d
                ORDER BY %s DESC, moment) AS rank
            FROM readings WHERE anomalous AND entity IN (%s))
          WHERE n <= %d OR rank = 1 ORDER BY moment
          """
              .formatted(from, slotOfAnomalies, GravitySql.rank(), wanted, ANOMALIES_PER_COURSE),
          row -> {
            Anomaly anomaly = anomaly(row);
            CourseBuilder course = found.get(anomaly.entity());
            if (course != null) {
              course.anomalous = whole(row.get(8));
              course.anomalies.add(anomaly);
            }
          });
    }
    Map<String, List<Anomaly>> fresh =
        unjudged.apply(tables.judgedUntil().orElse(Instant.MIN)).stream()
            .filter(a -> !a.time().isBefore(query.from()) && found.containsKey(a.entity()))
            .collect(Collectors.groupingBy(Anomaly::entity));
    fresh.forEach(
        (name, all) -> Objects.requireNonNull(found.get(name)).add(all, from, slotOfAnomalies));
    return query.entities().stream()
        .map(
            name -> {
              CourseBuilder course = found.get(name);
              return course == null ? Course.silent(name) : course.build();
            })
        .toList();
  }

  @Override
  public LiveSnapshot at(Instant time) {
    if (tables.bronze().isEmpty()) {
      return LiveSnapshot.EMPTY;
    }
    List<Latest> latest = new ArrayList<>();
    List<Condition> conditions = new ArrayList<>();
    try (SqlSession session = sql.session()) {
      tables.readings(session, time.minus(LOOK_BACK), time);
      session.forEachRow(
          """
          SELECT entity, arg_max(kind, moment), arg_max(place, moment), arg_max(unit, moment),
            arg_max(value, moment), unix_micros(max(moment)) AS last, arg_max(anomalous, moment),
            count(*), unix_micros(min(moment)), avg(value),
            count(*) FILTER (moment > %1$s), count(*) FILTER (moment > %1$s AND anomalous),
            avg(value) FILTER (moment > %1$s), min(value) FILTER (moment > %1$s), max(value) FILTER (moment > %1$s),
            count(*) FILTER (moment > %2$s), count(*) FILTER (moment > %2$s AND anomalous),
            avg(value) FILTER (moment > %2$s), min(value) FILTER (moment > %2$s), max(value) FILTER (moment > %2$s)
          FROM readings GROUP BY entity ORDER BY entity
          """
              .formatted(literal(time.minusSeconds(60)), literal(time.minusSeconds(300))),
          row -> {
            Latest one =
                new Latest(
                    words(row.get(0)),
                    words(row.get(1)),
                    words(row.get(2)),
                    words(row.get(3)),
                    number(row.get(4)),
                    Micros.instant(whole(row.get(5))),
                    Boolean.TRUE.equals(row.get(6)));
            latest.add(one);
            conditions.add(condition(one, row, Micros.of(time)));
          });
      List<Anomaly> anomalies =
          tables.judged(session, time.minus(HOUR), time)
              ? anomalies(
                  session,
                  "SELECT * FROM judged WHERE anomalous ORDER BY moment DESC LIMIT "
                      + ANOMALIES_OF_HOUR)
              : List.of();
      return new LiveSnapshot(
          latest.isEmpty() ? Optional.empty() : Optional.of(time),
          latest,
          List.of(),
          anomalies,
          List.of(),
          new double[0],
          0,
          conditions,
          List.of(),
          List.of(),
          0);
    }
  }

  /// By the rules of the live state, with the usual gap between readings as the look-back shows it.
  private static Condition condition(Latest latest, List<Object> row, long now) {
    long last = whole(row.get(5));
    long count = whole(row.get(7));
    double gap = count < 2 ? 0 : (last - whole(row.get(8))) / (double) (count - 1);
    Window five = window(row, 15);
    double sound = five.count() > 0 ? five.soundShare() : latest.anomalous() ? 0 : 1;
    double freshness = Math.clamp(2 - (now - last) / Math.max(MINUTE, 3 * gap), 0.0, 1.0);
    return new Condition(
        latest.entity(), window(row, 10), five, number(row.get(9)), freshness, freshness * sound);
  }

  private static Window window(List<Object> row, int at) {
    long count = whole(row.get(at));
    return count == 0
        ? Window.EMPTY
        : new Window(
            count,
            whole(row.get(at + 1)),
            number(row.get(at + 2)),
            number(row.get(at + 3)),
            number(row.get(at + 4)));
  }

  @Override
  public AnomalyPage anomalies(AnomalyQuery query) {
    return new FindAnomalies(tables, sql).page(query);
  }

  @Override
  public AnomalyPage unjudged(AnomalyQuery query, Optional<Instant> after) {
    return FreshAnomalies.page(unjudged.apply(after.orElse(Instant.MIN)), query);
  }

  static List<Anomaly> anomalies(SqlSession session, String query) {
    List<Anomaly> found = new ArrayList<>();
    session.forEachRow(
        "SELECT entity, kind, place, unit, value, moment, reason, score FROM (" + query + ") AS a",
        row -> found.add(anomaly(row)));
    return found;
  }

  static Anomaly anomaly(List<Object> row) {
    return new Anomaly(
        (Instant) row.get(5),
        words(row.get(0)),
        words(row.get(1)),
        words(row.get(2)),
        words(row.get(3)),
        number(row.get(4)),
        words(row.get(6)),
        number(row.get(7)));
  }

  @Override
  public AnomalyCounts counts(Instant from, Instant to, int slots) {
    return new FindAnomalies(tables, sql).counts(from, to, slots);
  }

  @Override
  public Retrospect retrospect(RetrospectQuery query) {
    return new LookBack(tables, sql).of(query);
  }

  @Override
  public Optional<ReadingTrace> follow(String entity, Instant time) {
    return following.of(entity, time);
  }

  static String words(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  static long whole(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /// One entity's points as they come, slot by slot.
  private static final class CourseBuilder {
    private final String entity;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private String kind = "";
    private String place = "";
    private String unit = "";
    private long readings;
    private long anomalous;
    private long[] times = new long[256];
    private double[] values = new double[256];
    private int size;

    CourseBuilder(String entity) {
      this.entity = entity;
    }

    void add(List<Object> row) {
      kind = words(row.get(1));
      place = words(row.get(2));
      unit = words(row.get(3));
      readings += whole(row.get(4));
      long low = whole(row.get(5));
      long high = whole(row.get(7));
      if (low <= high) {
        point(low, number(row.get(6)));
      }
      if (low != high) {
        point(high, number(row.get(8)));
      }
      if (low > high) {
        point(low, number(row.get(6)));
      }
    }

    /// Anomalies Silver has not judged; those later than the last point are not of the course.
    void add(List<Anomaly> fresh, long from, long slot) {
      long last = size == 0 ? Long.MIN_VALUE : times[size - 1];
      List<Anomaly> within = fresh.stream().filter(a -> Micros.of(a.time()) <= last).toList();
      anomalous += within.size();
      anomalies.addAll(FreshAnomalies.ofCourse(within, from, slot, ANOMALIES_PER_COURSE));
    }

    private void point(long time, double value) {
      if (size == times.length) {
        times = java.util.Arrays.copyOf(times, 2 * size);
        values = java.util.Arrays.copyOf(values, 2 * size);
      }
      times[size] = time;
      values[size++] = value;
    }

    Course build() {
      return new Course(
          entity,
          kind,
          place,
          unit,
          java.util.Arrays.copyOf(times, size),
          java.util.Arrays.copyOf(values, size),
          readings,
          anomalous,
          anomalies);
    }
  }
}
