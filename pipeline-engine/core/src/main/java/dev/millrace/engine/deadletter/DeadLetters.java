package dev.millrace.engine.deadletter;

import dev.millrace.engine.deadletter.ChangeState.Move;
import dev.millrace.engine.deadletter.ChangeState.Target;
import dev.millrace.engine.deadletter.Settlement.Assumption;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.ingest.ReplayTopic;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.SqlEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The dead letters of one pipeline as a working place.
///
/// Any thread may call; every change is a commit of the feed's dead-letter table, beside a stream
/// that writes to it and beside others who change it. Replays of one feed are one at a time: a
/// later one ends the one before.
public final class DeadLetters {

  private static final int CHUNK = 5_000;

  private final Pipeline pipeline;
  private final Lake lake;
  private final SqlEngine sql;
  private final ReplayTopics topics;
  private final Supplier<String> ids;
  private final InstantSource clock;

  public DeadLetters(
      Pipeline pipeline, Lake lake, SqlEngine sql, ReplayTopics topics, InstantSource clock) {
    this(pipeline, lake, sql, topics, () -> UUID.randomUUID().toString(), clock);
  }

  /// @param ids gives every replay an id that no other ever had
  DeadLetters(
      Pipeline pipeline,
      Lake lake,
      SqlEngine sql,
      ReplayTopics topics,
      Supplier<String> ids,
      InstantSource clock) {
    this.pipeline = pipeline;
    this.lake = lake;
    this.sql = sql;
    this.topics = topics;
    this.ids = ids;
    this.clock = clock;
  }

  /// What a replay would do.
  ///
  /// @param groups the letters of the filter that are new, by reason; those an edit does not apply
  ///   to included
  /// @param letters letters that would be sent
  /// @param events those of them that are events of their feed now, the edit applied; the others
  ///   would come back as dead letters
  /// @param leftAlone letters the edit does not apply to
  public record Preview(List<LetterGroup> groups, long letters, long events, long leftAlone) {
    public Preview {
      groups = List.copyOf(groups);
    }
  }

  /// How many there are, by feed, reason and state.
  public List<LetterGroup> groups(LetterFilter filter) {
    List<LetterGroup> groups = new ArrayList<>();
    feeds(filter).forEach(feed -> letters(feed).ifPresent(l -> groups.addAll(l.groups(filter))));
    return groups;
  }

  /// The letters seen last, newest first.
  ///
  /// @param limit at most this many
  public List<Letter> newest(LetterFilter filter, int limit) {
    List<Letter> newest = new ArrayList<>();
    feeds(filter)
        .forEach(feed -> letters(feed).ifPresent(l -> newest.addAll(l.newest(filter, limit))));
    newest.sort(Comparator.comparing(Letter::seenAt).reversed());
    return List.copyOf(newest.subList(0, Math.min(limit, newest.size())));
  }

  /// Of those that are what a replay sent and came back as dead letters: the letters it sent.
  public Map<LetterId, Letter> origins(List<Letter> letters) {
    Map<LetterId, Letter> origins = new HashMap<>();
    letters.stream()
        .collect(Collectors.groupingBy(Letter::feed))
        .forEach(
            (feed, of) ->
                pipeline
                    .feed(feed)
                    .flatMap(this::letters)
                    .ifPresent(table -> origins.putAll(table.origins(of))));
    return origins;
  }

  /// How many of the filter's letters were seen when, by reason: in each of `buckets` equal
  /// stretches from the one time to the other, oldest first.
  public Map<String, long[]> trend(LetterFilter filter, Instant from, Instant to, int buckets) {
    Map<String, long[]> seen = new TreeMap<>();
    feeds(filter)
        .forEach(feed -> letters(feed).ifPresent(l -> l.trend(filter, from, to, buckets, seen)));
    return seen;
  }

  /// Hands over letters by feed and coordinates until `more` says no.
  public void forEach(LetterFilter filter, Predicate<Letter> more) {
    boolean[] wanted = {true};
    for (Feed feed : feeds(filter)) {
      letters(feed)
          .ifPresent(
              l ->
                  l.forEach(
                      filter,
                      letter -> {
                        wanted[0] = wanted[0] && more.test(letter);
                        return wanted[0];
                      }));
    }
  }

  public Preview previewReplay(LetterFilter filter, Edit edit) {
    ReplayLetters.Plan plan = new ReplayLetters.Plan(0, 0, 0);
    for (Feed feed : feeds(filter)) {
      Optional<LetterTable> letters = letters(feed);
      if (letters.isPresent()) {
        plan = plan.plus(replayOf(letters.get()).plan(filter, edit));
      }
    }
    return new Preview(
        groups(filter.in(LetterState.NEW)), plan.letters(), plan.events(), plan.leftAlone());
  }

  /// Sends the new letters of the filter to their topics, each at most once.
  ///
  /// @throws MillraceException `USAGE` when other bytes are given for more than one letter
  public Map<String, LetterChange> replay(LetterFilter filter, Edit edit, Progress progress) {
    if (edit instanceof Edit.Whole) {
      requireOne(filter);
    }
    return eachFeed(filter, letters -> replayOf(letters).replay(filter, edit, progress));
  }

  /// Sets new letters aside.
  ///
  /// @param why kept with each of them
  public Map<String, LetterChange> discard(LetterFilter filter, String why, Progress progress) {
    return eachFeed(
        filter,
        letters ->
            move(
                letters,
                filter,
                Optional.of(why),
                "DISCARD",
                LetterState.NEW,
                LetterState.DISCARDED,
                progress));
  }

  /// Makes discarded letters new again.
  public Map<String, LetterChange> restore(LetterFilter filter, Progress progress) {
    return eachFeed(
        filter,
        letters ->
            move(
                letters,
                filter,
                Optional.empty(),
                "RESTORE LETTERS",
                LetterState.DISCARDED,
                LetterState.NEW,
                progress));
  }

  /// Decides about letters that a replay claimed and did not mark.
  public Settlement settle(LetterFilter filter, Assumption assumption) {
    Settlement settlement = Settlement.NOTHING;
    for (Feed feed : feeds(filter)) {
      Optional<LetterTable> letters = LetterTable.openForChange(feed, lake, sql);
      if (letters.isPresent()) {
        try (ReplayTopic topic = topics.open(feed)) {
          settlement =
              settlement.plus(new SettleReplays(letters.get(), clock).settle(topic, assumption));
        }
      }
    }
    return settlement;
  }

  /// Writes letters with all their columns, one JSON object a line.
  ///
  /// @return letters written
  public long exportLines(LetterFilter filter, Path file) {
    return new ExportLetters(this).lines(filter, file);
  }

  /// Writes each letter's bytes into a file of its own, `<topic>-<partition>-<offset>.raw`.
  ///
  /// @return letters written
  public long exportFiles(LetterFilter filter, Path folder) {
    return new ExportLetters(this).files(filter, folder);
  }

  private ReplayLetters replayOf(LetterTable letters) {
    return new ReplayLetters(letters, topics, ids, clock);
  }

  private LetterChange move(
      LetterTable letters,
      LetterFilter filter,
      Optional<String> note,
      String operation,
      LetterState from,
      LetterState to,
      Progress progress) {
    List<Target> targets = new ArrayList<>();
    letters.forEach(
        filter.in(from), letter -> targets.add(new Target(letter.id(), Optional.empty(), note)));
    long moved = 0;
    for (int at = 0; at < targets.size() && !progress.cancelled(); at += CHUNK) {
      progress.report("dead letters of " + letters.feed().name(), at, targets.size());
      moved +=
          new ChangeState(letters)
              .move(
                  targets.subList(at, Math.min(targets.size(), at + CHUNK)),
                  new Move(
                      operation, from, to, Optional.empty(), Optional.empty(), clock.instant()))
              .size();
    }
    return new LetterChange(moved, targets.size() - moved);
  }

  private Map<String, LetterChange> eachFeed(
      LetterFilter filter, Function<LetterTable, LetterChange> work) {
    Map<String, LetterChange> changes = new TreeMap<>();
    for (Feed feed : feeds(filter)) {
      LetterTable.openForChange(feed, lake, sql)
          .ifPresent(letters -> changes.put(feed.name(), work.apply(letters)));
    }
    return changes;
  }

  private void requireOne(LetterFilter filter) {
    long meant = groups(filter.in(LetterState.NEW)).stream().mapToLong(LetterGroup::letters).sum();
    if (meant != 1) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "Only one letter can be given other bytes, and " + meant + " new ones fit the filter",
          "name one by its partition and offset");
    }
  }

  private List<Feed> feeds(LetterFilter filter) {
    filter
        .feeds()
        .forEach(
            name -> {
              if (pipeline.feed(name).isEmpty()) {
                throw new MillraceException(
                    ErrorCode.USAGE,
                    pipeline.name() + " has no feed '" + name + "'",
                    "it has "
                        + String.join(", ", pipeline.feeds().stream().map(Feed::name).toList()));
              }
            });
    return pipeline.feeds().stream().filter(feed -> filter.meansFeed(feed.name())).toList();
  }

  private Optional<LetterTable> letters(Feed feed) {
    return LetterTable.find(feed, lake, sql);
  }
}
