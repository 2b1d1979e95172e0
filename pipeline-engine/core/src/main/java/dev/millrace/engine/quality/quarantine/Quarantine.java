package dev.millrace.engine.quality.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.quality.Consequence;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The quarantine of one pipeline: what is in it, and what a person decides. Any thread may call;
/// every change is a commit of a quarantine table.
public final class Quarantine {

  /// What a commit of Bronze that takes discarded events out is called.
  public static final String DISCARD = "DISCARD";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VIEW = "quarantined_";

  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine sql;
  private final InstantSource clock;

  public Quarantine(Pipeline pipeline, Lake lake, SqlEngine sql, InstantSource clock) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.sql = sql;
    this.clock = clock;
  }

  /// How many rows there are, by table, state and reasons, the most first.
  public List<KeptCount> counts(KeptFilter filter) {
    return counts(filter, VIEW);
  }

  /// The same of one table as it was at a time: rows found later are not counted, and what a person
  /// decided or a validation mended later is still open.
  public List<KeptCount> countsAt(TableName table, Instant at) {
    String then =
        """
        (SELECT CASE WHEN quarantine_changed_at > %1$s THEN 'open' ELSE quarantine_state END AS quarantine_state,
           quarantine_reasons, quarantine_consequence, quarantine_at
         FROM %2$s WHERE quarantine_at <= %1$s) AS then_\
        """
            .formatted(
                "timestamp_micros(" + ChronoUnit.MICROS.between(Instant.EPOCH, at) + ")", VIEW);
    return counts(new KeptFilter(Optional.of(table), Set.of(), Optional.empty(), Set.of()), then);
  }

  private List<KeptCount> counts(KeptFilter filter, String from) {
    List<KeptCount> counts = new ArrayList<>();
    for (QuarantineTable table : tables(filter)) {
      try (SqlSession session = session(table)) {
        session.forEachRow(
            "SELECT quarantine_state, quarantine_reasons, quarantine_consequence, count(*),"
                + " min(quarantine_at), max(quarantine_at) FROM "
                + from
                + " WHERE "
                + filter.predicate()
                + " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 1",
            row ->
                counts.add(
                    new KeptCount(
                        table.of(),
                        state(row.get(0)),
                        reasons(row.get(1)),
                        consequence(row.get(2)),
                        number(row.get(3)),
                        instant(row.get(4)).orElse(Instant.EPOCH),
                        instant(row.get(5)).orElse(Instant.EPOCH))));
      }
    }
    return counts;
  }

  /// Rows, those found last first.
  ///
  /// @param limit at most this many of each table
  public List<KeptRow> rows(KeptFilter filter, int limit) {
    List<KeptRow> rows = new ArrayList<>();
    for (QuarantineTable table : tables(filter)) {
      try (SqlSession session = session(table)) {
        for (Map<String, Object> row :
            session.rows(
                "SELECT * FROM %s WHERE %s ORDER BY quarantine_at DESC, quarantine_id LIMIT %d"
                    .formatted(VIEW, filter.predicate(), limit))) {
          rows.add(kept(table, row));
        }
      }
    }
    return rows;
  }

  /// Open rows that hold the load, by table.
  public Map<TableName, Long> holdingLoad() {
    Map<TableName, Long> holding = new TreeMap<>();
    for (KeptCount count : counts(KeptFilter.ALL.in(KeptState.OPEN))) {
      if (count.consequence().compareTo(Consequence.STOP_LOAD) >= 0) {
        holding.merge(count.table(), count.rows(), Long::sum);
      }
    }
    return holding;
  }

  /// Refuses ids that do not each say one row, lest more is changed than was meant.
  ///
  /// @param filter with the state that the rows must be in
  /// @throws MillraceException `USAGE` when an id fits several rows, `LAKE` when it fits none
  public void requireEachId(KeptFilter filter) {
    String states =
        String.join(" or ", filter.states().stream().map(KeptState::text).sorted().toList());
    for (String id : filter.ids().stream().sorted().toList()) {
      KeptFilter one = filter.withId(id);
      long fits = tables(one).stream().mapToLong(table -> count(table, one)).sum();
      if (fits == 0) {
        throw new MillraceException(
            ErrorCode.LAKE,
            "No %s row has an id that begins with '%s'; nothing was changed".formatted(states, id),
            "'millrace quality quarantine show' lists the ids; the row may have been decided about"
                + " or mended meanwhile");
      }
      if (fits > 1) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "'%s' begins the ids of %,d %s rows; nothing was changed".formatted(id, fits, states),
            "give more letters of the id, or say the rows by --table and --reason");
      }
    }
  }

  /// Says of open rows that they are right as they are: they are judged no more.
  ///
  /// @param why kept with each of them
  /// @return rows by table, of those that had some
  /// @throws MillraceException as {@link #requireEachId}
  public Map<TableName, Long> release(KeptFilter filter, String why) {
    requireEachId(filter.in(KeptState.OPEN));
    return move("RELEASE", filter.in(KeptState.OPEN), KeptState.RELEASED, Optional.of(why));
  }

  /// Takes back a release.
  ///
  /// @throws MillraceException as {@link #requireEachId}
  public Map<TableName, Long> reopen(KeptFilter filter) {
    requireEachId(filter.in(KeptState.RELEASED));
    return move("REOPEN", filter.in(KeptState.RELEASED), KeptState.OPEN, Optional.empty());
  }

  /// What a discard did.
  ///
  /// @param rows in quarantine that were discarded, by table, of those that had some
  /// @param events that were taken out of Bronze
  public record Discarded(Map<TableName, Long> rows, long events) {
    public Discarded {
      rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    }
  }

  /// How many events a discard would take out of Bronze.
  ///
  /// @throws MillraceException `USAGE` when rows of a table do not tell their events
  public long events(KeptFilter filter) {
    long events = 0;
    for (Map.Entry<Feed, MeantEvents> feed : meant(filter.in(KeptState.OPEN)).entrySet()) {
      events += takeOut(feed.getKey()).count(feed.getValue());
    }
    return events;
  }

  /// Takes the events of open rows out of Bronze; a derived table loses their rows when it is built
  /// the next time. A row of a derived table that has a key stands for a reading however often it
  /// was sent: events that say the same in all columns of the feed go with its own.
  ///
  /// @param why kept with each of them
  /// @throws MillraceException `USAGE` when rows of a table do not tell their events, and as {@link
  ///   #requireEachId}
  public Discarded discard(KeptFilter filter, String why) {
    KeptFilter open = filter.in(KeptState.OPEN);
    requireEachId(open);
    long events = 0;
    for (Map.Entry<Feed, MeantEvents> feed : meant(open).entrySet()) {
      events += takeOut(feed.getKey()).run(feed.getValue());
    }
    return new Discarded(move(DISCARD, open, KeptState.DISCARDED, Optional.of(why)), events);
  }

  private TakeOutEvents takeOut(Feed feed) {
    return new TakeOutEvents(lake.find(feed.bronze()).orElseThrow(), feed.schema(), sql);
  }

  /// The events that rows were made of, by feed.
  private Map<Feed, MeantEvents> meant(KeptFilter filter) {
    Map<Feed, MeantEvents> byFeed = new LinkedHashMap<>();
    for (QuarantineTable table : tables(filter)) {
      if (count(table, filter) == 0) {
        continue;
      }
      requireTellsEvents(table);
      boolean withCopies = new Events(pipeline).standForCopies(table.of());
      try (SqlSession session = session(table)) {
        session.forEachRow(
            "SELECT DISTINCT kafka_topic, kafka_partition, kafka_offset FROM "
                + VIEW
                + " WHERE "
                + filter.predicate(),
            row ->
                feeds(String.valueOf(row.getFirst()))
                    .forEach(
                        feed ->
                            byFeed
                                .computeIfAbsent(feed, _ -> new MeantEvents())
                                .add(List.copyOf(row), withCopies)));
      }
    }
    return byFeed;
  }

  private static void requireTellsEvents(QuarantineTable table) {
    if (!Events.tells(table.own())) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "Rows of " + table.of() + " are computed from others and do not tell their events",
          "mend or discard what they were computed from, or release them");
    }
  }

  private List<Feed> feeds(String topic) {
    return pipeline.feeds().stream()
        .filter(feed -> feed.kafka().topic().equals(topic))
        .filter(feed -> lake.find(feed.bronze()).isPresent())
        .toList();
  }

  private Map<TableName, Long> move(
      String operation, KeptFilter filter, KeptState to, Optional<String> why) {
    Map<TableName, Long> moved = new TreeMap<>();
    for (QuarantineTable table : tables(filter)) {
      long rows = new ChangeRows(table, sql, clock).move(operation, filter, to, why);
      if (rows > 0) {
        moved.put(table.of(), rows);
      }
    }
    return moved;
  }

  private long count(QuarantineTable table, KeptFilter filter) {
    try (SqlSession session = session(table)) {
      return KeepRows.count(
          session, "SELECT count(*) AS n FROM " + VIEW + " WHERE " + filter.predicate());
    }
  }

  private List<QuarantineTable> tables(KeptFilter filter) {
    return Stream.concat(
            pipeline.feeds().stream().map(Feed::bronze),
            pipeline.tables().stream().map(DerivedTable::name))
        .filter(filter::means)
        .flatMap(of -> QuarantineTable.find(lake, of).stream())
        .toList();
  }

  private SqlSession session(QuarantineTable table) {
    SqlSession session = sql.session();
    try {
      session.view(VIEW, table.table().schema(), table.table().snapshot().files());
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static KeptRow kept(QuarantineTable table, Map<String, Object> row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    table.own().columns().forEach(c -> values.put(c.name(), row.get(c.name())));
    return new KeptRow(
        table.of(),
        String.valueOf(row.get("quarantine_id")),
        state(row.get("quarantine_state")),
        reasons(row.get("quarantine_reasons")),
        consequence(row.get("quarantine_consequence")),
        String.valueOf(row.get("quarantine_suite")),
        number(row.get("quarantine_version")),
        instant(row.get("quarantine_at")).orElse(Instant.EPOCH),
        Optional.ofNullable(row.get("quarantine_note")).map(Object::toString),
        instant(row.get("quarantine_changed_at")),
        values);
  }

  private static List<String> reasons(@Nullable Object json) {
    try {
      return List.of(JSON.readValue(String.valueOf(json), String[].class));
    } catch (JsonProcessingException _) {
      return List.of(String.valueOf(json));
    }
  }

  /// A state that no version of ours wrote counts as undecided.
  private static KeptState state(@Nullable Object value) {
    return KeptState.named(String.valueOf(value)).orElse(KeptState.OPEN);
  }

  private static Consequence consequence(@Nullable Object value) {
    return Consequence.named(String.valueOf(value)).orElse(Consequence.RECORD);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static Optional<Instant> instant(@Nullable Object value) {
    return value instanceof Instant instant ? Optional.of(instant) : Optional.empty();
  }

  /// The quarantine table of a table.
  public static TableName tableOf(TableName judged) {
    return QuarantineTable.name(judged);
  }

  /// Whether the table is one of quarantined rows.
  public static boolean isQuarantine(TableName table) {
    return table.layer() == Layer.QUARANTINE;
  }
}
