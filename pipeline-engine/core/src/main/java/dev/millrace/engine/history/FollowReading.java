package dev.millrace.engine.history;

import static dev.millrace.engine.history.ReadingTables.literal;
import static dev.millrace.engine.history.ReadingTables.text;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.Micros;
import dev.millrace.engine.history.ReadingTrace.Coordinates;
import dev.millrace.engine.history.ReadingTrace.Event;
import dev.millrace.engine.history.ReadingTrace.Field;
import dev.millrace.engine.history.ReadingTrace.Here;
import dev.millrace.engine.history.ReadingTrace.Loaded;
import dev.millrace.engine.history.ReadingTrace.Missing;
import dev.millrace.engine.history.ReadingTrace.ScoreWindow;
import dev.millrace.engine.history.ReadingTrace.Step;
import dev.millrace.engine.history.ReadingTrace.Stored;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Reach;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds one reading at every step of its way. Any thread may call.
final class FollowReading {

  /// Readings the rolling score looks back over, the fewest it judges by, and its limit, as the
  /// Silver tables that ship compute it.
  private static final int LOOK_BACK = 60;

  private static final int FEWEST = 10;
  private static final double LIMIT = 4;
  private static final int AFTER = 15;
  private static final String SOURCE = "_source_file";

  /// Where the readings before are looked for, nearest first.
  private static final List<Duration> REACHES =
      List.of(
          Duration.ofMinutes(10), Duration.ofHours(3), Duration.ofDays(2), Duration.ofDays(366));

  private final Pipeline pipeline;
  private final ReadingTables tables;
  private final Lake lake;
  private final SqlEngine sql;
  private final RawEvents events;
  private final WarehouseRows rows;

  FollowReading(
      Pipeline pipeline,
      ReadingTables tables,
      Lake lake,
      SqlEngine sql,
      RawEvents events,
      WarehouseRows rows) {
    this.pipeline = pipeline;
    this.tables = tables;
    this.lake = lake;
    this.sql = sql;
    this.events = events;
    this.rows = rows;
  }

  /// A row and where it lies.
  private record Found(Stored stored, Map<String, Object> row) {}

  Optional<ReadingTrace> of(String entity, Instant time) {
    try (SqlSession session = sql.session()) {
      String who = session.quoted(tables.roles().entity().orElseThrow());
      String reading =
          who + " = " + text(entity) + " AND " + tables.time(session) + " = " + literal(time);
      Optional<Found> silver =
          tables.silver().flatMap(table -> find(session, table, time, time, reading));
      Optional<Found> bronze =
          tables.bronze().flatMap(table -> bronze(session, table, time, reading, silver));
      if (silver.isEmpty() && bronze.isEmpty()) {
        return Optional.empty();
      }
      List<Found> gold = new ArrayList<>();
      List<Loaded> loaded = new ArrayList<>();
      silver.ifPresent(row -> follow(session, time, row, gold, loaded));
      return Optional.of(
          new ReadingTrace(
              entity,
              time,
              event(bronze.or(() -> silver)),
              step(
                  bronze, "Its row is in Silver, but no longer in Bronze: it was taken out since."),
              step(
                  silver,
                  tables.silver().isPresent()
                      ? "Silver has not taken it in yet. It does when it is built next; readings"
                          + " without a critical field stay in Bronze."
                      : "Silver was not built yet."),
              silver.flatMap(_ -> window(session, time, entity)),
              gold.stream().map(Found::stored).toList(),
              loaded));
    }
  }

  private static Step<Stored> step(Optional<Found> found, String why) {
    return found
        .<Step<Stored>>map(row -> new Here<>(row.stored()))
        .orElseGet(() -> new Missing<>(why));
  }

  /// The copy of the event that Silver took, or the newest.
  private Optional<Found> bronze(
      SqlSession session, LakeTable table, Instant time, String reading, Optional<Found> silver) {
    String offset = session.quoted(Feed.KAFKA_OFFSET.name());
    String partition = session.quoted(Feed.KAFKA_PARTITION.name());
    Optional<Coordinates> taken = silver.flatMap(row -> coordinates(row.row()));
    String which =
        taken
            .map(
                c ->
                    " AND "
                        + partition
                        + " = "
                        + c.partition()
                        + " AND "
                        + offset
                        + " = "
                        + c.offset())
            .orElse("");
    return find(session, table, time, time, reading + which + " ORDER BY " + offset + " DESC");
  }

  private Optional<Found> find(
      SqlSession session, LakeTable table, Instant from, Instant to, String where) {
    List<LakeFile> files = tables.during(table.snapshot().files(), from, to);
    return find(session, table, files, where);
  }

  private Optional<Found> find(
      SqlSession session, LakeTable table, List<LakeFile> files, String where) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    session.view("followed", table.schema(), files);
    List<Map<String, Object>> found =
        session.rows("SELECT * FROM followed WHERE " + where + " LIMIT 1");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> row = found.getFirst();
    String name = String.valueOf(row.get(SOURCE));
    Optional<LakeFile> file =
        files.stream().filter(f -> f.path().getFileName().toString().equals(name)).findFirst();
    return Optional.of(
        new Found(
            new Stored(
                table.name(),
                name,
                file.map(f -> f.path().toString()).orElse(name),
                new FindVersion(table).of(name),
                fields(row)),
            row));
  }

  private Event event(Optional<Found> row) {
    Optional<Coordinates> where = row.flatMap(found -> coordinates(found.row()));
    if (where.isEmpty()) {
      return new Event(where, new Missing<>("No table tells where in Kafka it lies."));
    }
    Coordinates at = where.get();
    try {
      return new Event(
          where,
          events
              .at(at.topic(), at.partition(), at.offset())
              .<Step<String>>map(value -> new Here<>(new String(value, StandardCharsets.UTF_8)))
              .orElseGet(
                  () ->
                      new Missing<>(
                          "The topic has let go of it: its retention is over. Bronze keeps every"
                              + " field.")));
    } catch (MillraceException e) {
      return new Event(where, new Missing<>(e.what() + "; " + e.remedy() + "."));
    }
  }

  private static Optional<Coordinates> coordinates(Map<String, Object> row) {
    return row.get(Feed.KAFKA_TOPIC.name()) instanceof String topic
            && row.get(Feed.KAFKA_PARTITION.name()) instanceof Number partition
            && row.get(Feed.KAFKA_OFFSET.name()) instanceof Number offset
        ? Optional.of(new Coordinates(topic, partition.intValue(), offset.longValue()))
        : Optional.empty();
  }

  private Optional<ScoreWindow> window(SqlSession session, Instant time, String entity) {
    LakeTable silver = tables.silver().orElseThrow();
    List<LakeFile> all = silver.snapshot().files();
    String who = session.quoted(tables.roles().entity().orElseThrow());
    String value = session.quoted(tables.roles().value().orElseThrow());
    String moment = tables.time(session);
    List<double[]> before = new ArrayList<>();
    List<LakeFile> read = List.of();
    for (Duration reach : REACHES) {
      List<LakeFile> files = tables.during(all, time.minus(reach), time.plusSeconds(600));
      if (files.equals(read)) {
        continue;
      }
      read = files;
      before.clear();
      session.view("scored", silver.schema(), files);
      session.forEachRow(
          "SELECT unix_micros(%1$s), %2$s FROM scored WHERE %3$s = %4$s AND %1$s <= %5$s ORDER BY %1$s DESC LIMIT %6$d"
              .formatted(moment, value, who, text(entity), literal(time), LOOK_BACK + 1),
          row -> before.add(point(row)));
      if (before.size() > LOOK_BACK) {
        break;
      }
    }
    List<double[]> points = new ArrayList<>(before.reversed());
    int at = points.size() - 1;
    session.forEachRow(
        "SELECT unix_micros(%1$s), %2$s FROM scored WHERE %3$s = %4$s AND %1$s > %5$s ORDER BY %1$s LIMIT %6$d"
            .formatted(moment, value, who, text(entity), literal(time), AFTER),
        row -> points.add(point(row)));
    if (at < 0) {
      return Optional.empty();
    }
    long[] times = new long[points.size()];
    double[] values = new double[points.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = (long) points.get(i)[0];
      values[i] = points.get(i)[1];
    }
    return Optional.of(scored(times, values, at));
  }

  /// Microseconds since 1970 are exact in a double until the year 2255.
  private static double[] point(List<Object> row) {
    return new double[] {
      ((Number) row.get(0)).doubleValue(),
      row.get(1) instanceof Number number ? number.doubleValue() : Double.NaN
    };
  }

  private static ScoreWindow scored(long[] times, double[] values, int at) {
    double mean = 0;
    for (int i = 0; i < at; i++) {
      mean += values[i] / at;
    }
    double squares = 0;
    for (int i = 0; i < at; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return new ScoreWindow(
        times,
        values,
        at,
        at == 0 ? Double.NaN : mean,
        at < FEWEST ? Double.NaN : Math.sqrt(squares / (at - 1)),
        LIMIT);
  }

  /// The rows of windows that the Silver row went into, and what they were loaded as.
  private void follow(
      SqlSession session, Instant time, Found silver, List<Found> gold, List<Loaded> loaded) {
    for (DerivedTable table : pipeline.tables()) {
      if (!(table.reach() instanceof Reach.Window window)
          || !table.from().contains(silver.stored().table())) {
        continue;
      }
      Optional<Found> row =
          lake.find(table.name())
              .flatMap(
                  stands ->
                      key(session, table, window, time, silver.row())
                          .flatMap(key -> find(session, stands, ofDay(stands, window, time), key)));
      row.ifPresent(gold::add);
      for (WarehouseTable target : pipeline.warehouse()) {
        if (target.from().equals(table.name())) {
          row.ifPresent(
              found -> loaded.add(new Loaded(target.target(), target.from(), row(target, found))));
        }
      }
    }
  }

  /// A window's start as a condition, with the Silver row's values of the other key columns.
  private static Optional<String> key(
      SqlSession session,
      DerivedTable table,
      Reach.Window window,
      Instant time,
      Map<String, Object> silver) {
    long size = window.size().toMillis() * 1_000;
    Instant start = Micros.instant(Math.floorDiv(Micros.of(time), size) * size);
    List<String> parts = new ArrayList<>();
    for (String column : table.key()) {
      String name = session.quoted(column);
      if (column.equals(window.start())) {
        parts.add("CAST(" + name + " AS timestamptz) = " + literal(start));
      } else if (silver.get(column) instanceof String words) {
        parts.add(name + " = " + text(words));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(String.join(" AND ", parts));
  }

  private static List<LakeFile> ofDay(LakeTable table, Reach.Window window, Instant time) {
    long size = window.size().toMillis() * 1_000;
    var day =
        Micros.instant(Math.floorDiv(Micros.of(time), size) * size)
            .atZone(ZoneOffset.UTC)
            .toLocalDate();
    return table.snapshot().files().stream()
        .filter(f -> f.partitionValue().isEmpty() || f.partitionValue().get().equals(day))
        .toList();
  }

  private Step<List<Field>> row(WarehouseTable target, Found gold) {
    Map<String, Object> key = new LinkedHashMap<>();
    for (String column : target.key()) {
      Object value = gold.row().get(column);
      if (value == null) {
        return new Missing<>(
            target.target() + " has the key " + target.key() + ", its row has none.");
      }
      key.put(column, value);
    }
    try {
      return rows.find(target, key)
          .<Step<List<Field>>>map(row -> new Here<>(fields(row)))
          .orElseGet(() -> new Missing<>("It was not loaded into " + target.target() + " yet."));
    } catch (MillraceException e) {
      return new Missing<>(e.what() + "; " + e.remedy() + ".");
    }
  }

  private static List<Field> fields(Map<String, Object> row) {
    List<Field> fields = new ArrayList<>();
    row.forEach(
        (column, value) -> {
          if (!column.equals(SOURCE)) {
            fields.add(new Field(column, words(value)));
          }
        });
    return fields;
  }

  private static String words(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case byte[] bytes -> bytes.length + " bytes";
      default -> value.toString();
    };
  }
}
