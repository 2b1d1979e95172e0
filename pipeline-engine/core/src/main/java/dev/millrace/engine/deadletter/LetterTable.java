package dev.millrace.engine.deadletter;

import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The dead letters of one feed, read. Any thread may call.
record LetterTable(Feed feed, LakeTable table, SqlEngine sql) {

  static final String VIEW = "letters";

  /// The feed's letters; empty when its stream never ran.
  static Optional<LetterTable> find(Feed feed, Lake lake, SqlEngine sql) {
    return lake.find(feed.deadLetters()).map(table -> new LetterTable(feed, table, sql));
  }

  /// The same, with the columns a change needs.
  static Optional<LetterTable> openForChange(Feed feed, Lake lake, SqlEngine sql) {
    return lake.find(feed.deadLetters())
        .map(_ -> lake.openWidened(feed.deadLetters(), DeadLetter.SCHEMA, Optional.empty()))
        .map(table -> new LetterTable(feed, table, sql));
  }

  /// Hands over the letters meant, in order of their coordinates, until `more` says no.
  void forEach(LetterFilter filter, Predicate<Letter> more) {
    read(filter, " ORDER BY kafka_topic, kafka_partition, kafka_offset", more);
  }

  /// The letters meant that were seen last.
  List<Letter> newest(LetterFilter filter, int limit) {
    // A text is looked for here and not in the SQL, so the limit cannot stand there.
    String order = " ORDER BY seen_at DESC, kafka_topic, kafka_partition, kafka_offset DESC";
    List<Letter> newest = new ArrayList<>();
    read(
        filter,
        filter.text().isEmpty() ? order + " LIMIT " + limit : order,
        letter -> newest.size() < limit && newest.add(letter));
    return newest;
  }

  /// Of letters that a replay brought here again: the letters it sent.
  Map<LetterId, Letter> origins(List<Letter> letters) {
    Map<String, LetterId> notes = new HashMap<>();
    for (Letter letter : letters) {
      LetterId id = letter.id();
      notes.put(ReplayLetters.note(id.partition(), id.offset()), id);
    }
    Map<LetterId, Letter> origins = new HashMap<>();
    if (!notes.isEmpty()) {
      String wanted =
          notes.keySet().stream().map(note -> "'" + note + "'").collect(Collectors.joining(", "));
      select(
          " WHERE note IN (" + wanted + ")",
          row -> {
            Letter sent = letter(row);
            sent.note()
                .map(notes::get)
                .filter(back -> back.topic().equals(sent.id().topic()))
                .ifPresent(back -> origins.put(back, sent));
          });
    }
    return origins;
  }

  List<LetterGroup> groups(LetterFilter filter) {
    if (filter.text().isPresent()) {
      GroupCounter counter = new GroupCounter();
      forEach(
          filter,
          letter -> {
            counter.count(letter);
            return true;
          });
      return counter.groups();
    }
    List<LetterGroup> groups = new ArrayList<>();
    try (SqlSession session = session(table.snapshot().files())) {
      session.forEachRow(
          "SELECT reason, state, count(*), min(seen_at), max(seen_at) FROM "
              + VIEW
              + filter.where()
              + " GROUP BY reason, state ORDER BY 3 DESC, reason, state",
          row ->
              groups.add(
                  new LetterGroup(
                      feed.name(),
                      text(row.get(0)),
                      state(row.get(1)),
                      number(row.get(2)),
                      instant(row.get(3)),
                      instant(row.get(4)))));
    }
    return groups;
  }

  /// Counts letters by reason and stretch of time into `seen`.
  void trend(LetterFilter filter, Instant from, Instant to, int buckets, Map<String, long[]> seen) {
    long width = Math.max(1, Duration.between(from, to).toMillis() / buckets);
    if (filter.text().isPresent()) {
      forEach(
          filter,
          letter -> {
            long bucket = Duration.between(from, letter.seenAt()).toMillis() / width;
            count(seen, buckets, letter.reason(), bucket, 1);
            return true;
          });
      return;
    }
    String sql =
        "SELECT reason, CAST(floor((unix_micros(seen_at) / 1e3 - %de0) / %de0) AS BIGINT), count(*) FROM %s%s GROUP BY 1, 2"
            .formatted(from.toEpochMilli(), width, VIEW, filter.where());
    try (SqlSession session = session(table.snapshot().files())) {
      session.forEachRow(
          sql,
          row -> count(seen, buckets, text(row.get(0)), number(row.get(1)), number(row.get(2))));
    }
  }

  private static void count(
      Map<String, long[]> seen, int buckets, String reason, long bucket, long letters) {
    if (bucket >= 0 && bucket < buckets) {
      long[] counts = seen.computeIfAbsent(reason, _ -> new long[buckets]);
      counts[(int) bucket] += letters;
    }
  }

  /// A session in which these files of the table stand as {@link #VIEW}; the caller closes it.
  SqlSession session(List<LakeFile> files) {
    SqlSession session = sql.session();
    try {
      // Files from before a column was added read it as null, so the whole schema always fits.
      session.view(VIEW, DeadLetter.SCHEMA, files);
      return session;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private void read(LetterFilter filter, String order, Predicate<Letter> more) {
    if (!filter.meansFeed(feed.name())) {
      return;
    }
    boolean[] wanted = {true};
    select(
        filter.where() + order,
        row -> {
          if (wanted[0]) {
            Letter letter = letter(row);
            wanted[0] = !filter.meansText(letter) || more.test(letter);
          }
        });
  }

  /// Hands over a row for {@link #letter} of each letter.
  ///
  /// @param rest what follows the view in the SELECT
  private void select(String rest, Consumer<List<Object>> each) {
    try (SqlSession session = session(table.snapshot().files())) {
      session.forEachRow(
          "SELECT kafka_topic, kafka_partition, kafka_offset, reason, detail, \"position\","
              + " seen_at, state, replay_id, replay_from, note, changed_at, raw FROM "
              + VIEW
              + rest,
          each);
    }
  }

  private Letter letter(List<Object> row) {
    Iterator<Object> at = row.iterator();
    return new Letter(
        feed.name(),
        new LetterId(text(at.next()), (int) number(at.next()), number(at.next())),
        text(at.next()),
        text(at.next()),
        number(at.next()),
        instant(at.next()),
        state(at.next()),
        optional(at.next()),
        optional(at.next()),
        optional(at.next()),
        Optional.ofNullable(at.next()).map(LetterTable::instant),
        at.next() instanceof byte[] bytes ? bytes : new byte[0]);
  }

  private static Optional<String> optional(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static Instant instant(@Nullable Object value) {
    return value instanceof Instant instant ? instant : Instant.EPOCH;
  }

  /// A state that no version of ours wrote counts as dealt with: nothing is done to such a letter.
  private static LetterState state(@Nullable Object value) {
    return LetterState.named(text(value)).orElse(LetterState.DISCARDED);
  }

  /// Counts letters by reason and state.
  private static final class GroupCounter {

    private final Map<List<Object>, LetterGroup> byKey = new java.util.LinkedHashMap<>();

    void count(Letter letter) {
      byKey.merge(
          List.of(letter.reason(), letter.state()),
          new LetterGroup(
              letter.feed(), letter.reason(), letter.state(), 1, letter.seenAt(), letter.seenAt()),
          GroupCounter::together);
    }

    private static LetterGroup together(LetterGroup a, LetterGroup b) {
      return new LetterGroup(
          a.feed(),
          a.reason(),
          a.state(),
          a.letters() + b.letters(),
          a.first().isBefore(b.first()) ? a.first() : b.first(),
          a.last().isAfter(b.last()) ? a.last() : b.last());
    }

    List<LetterGroup> groups() {
      return byKey.values().stream()
          .sorted(java.util.Comparator.comparingLong(LetterGroup::letters).reversed())
          .toList();
    }
  }
}
