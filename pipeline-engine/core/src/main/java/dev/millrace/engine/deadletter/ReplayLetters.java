package dev.millrace.engine.deadletter;

import dev.millrace.engine.deadletter.ChangeState.Move;
import dev.millrace.engine.deadletter.ChangeState.Target;
import dev.millrace.engine.deadletter.Settlement.Assumption;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.ingest.ReplayTopic;
import dev.millrace.engine.ingest.ReplayTopic.Replay;
import dev.millrace.engine.ingest.ReplayTopic.Sent;
import dev.millrace.engine.model.ColumnType;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Feed;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Sends dead letters to their topic again, each at most once, whatever breaks off in between.
///
/// Claim (a commit) → send → mark (a commit). What is claimed and not marked is settled by looking
/// into the topic, before anything else is sent; opening the topic fences off whoever sent before.
/// The reasons stand in `docs/decisions/0007-a-dead-letter-is-sent-once.md`. Confined to one
/// thread.
final class ReplayLetters {

  private static final int MOST_LETTERS = 5_000;
  private static final long MOST_BYTES = 16L << 20;

  private final LetterTable letters;
  private final ReplayTopics topics;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /// @param ids gives every replay another id
  ReplayLetters(
      LetterTable letters, ReplayTopics topics, Supplier<String> ids, InstantSource clock) {
    this.letters = letters;
    this.topics = topics;
    this.ids = ids;
    this.clock = clock;
  }

  /// What a replay would send.
  ///
  /// @param letters letters that would be sent
  /// @param events those of them that are events now, the edit applied; the others would come back
  /// @param leftAlone letters the edit does not apply to
  record Plan(long letters, long events, long leftAlone) {

    Plan plus(Plan other) {
      return new Plan(letters + other.letters, events + other.events, leftAlone + other.leftAlone);
    }
  }

  Plan plan(LetterFilter filter, Edit edit) {
    Wire wire = new Wire(letters.feed());
    long[] counts = new long[3];
    letters.forEach(
        filter.in(LetterState.NEW),
        letter -> {
          Optional<byte[]> value = edit.apply(letter.raw());
          if (value.isEmpty()) {
            counts[2]++;
          } else {
            counts[0]++;
            counts[1] += wire.isEvent(value.get()) ? 1 : 0;
          }
          return true;
        });
    return new Plan(counts[0], counts[1], counts[2]);
  }

  /// Sends the letters of the filter that are new.
  LetterChange replay(LetterFilter filter, Edit edit, Progress progress) {
    try (ReplayTopic topic = topics.open(letters.feed())) {
      new SettleReplays(letters, clock).settle(topic, Assumption.NONE);
      return replay(topic, filter, edit, progress);
    } catch (MillraceException failed) {
      throw settled(failed);
    }
  }

  private LetterChange replay(
      ReplayTopic topic, LetterFilter filter, Edit edit, Progress progress) {
    // What is sent may come back as a dead letter while this runs: only those of now are meant.
    Set<LetterId> meant = new HashSet<>();
    long[] leftAlone = new long[1];
    letters.forEach(
        filter.in(LetterState.NEW),
        letter -> {
          if (edit.apply(letter.raw()).isPresent()) {
            meant.add(letter.id());
          } else {
            leftAlone[0]++;
          }
          return true;
        });
    Wire wire = new Wire(letters.feed());
    LetterChange done = new LetterChange(0, leftAlone[0]);
    int total = meant.size();
    while (true) {
      if (progress.cancelled()) {
        throw new MillraceException(
            ErrorCode.CANCELLED,
            "The replay was cancelled after %,d of %,d letters".formatted(done.changed(), total),
            "those are sent and marked; the others are as they were");
      }
      progress.report("replaying dead letters of " + letters.feed().name(), done.changed(), total);
      List<Replay> chunk = chunk(filter, edit, meant, wire);
      if (chunk.isEmpty()) {
        return done.plus(new LetterChange(0, meant.size()));
      }
      done = done.plus(replay(topic, chunk));
    }
  }

  /// The next letters meant, so many as go into one claim; they are no longer meant afterwards.
  private List<Replay> chunk(LetterFilter filter, Edit edit, Set<LetterId> meant, Wire wire) {
    List<Replay> chunk = new ArrayList<>();
    long[] bytes = new long[1];
    letters.forEach(
        filter.in(LetterState.NEW),
        letter -> {
          if (meant.remove(letter.id())) {
            byte[] value = edit.apply(letter.raw()).orElseThrow();
            chunk.add(wire.replay(letter.id(), value));
            bytes[0] += value.length;
          }
          return chunk.size() < MOST_LETTERS && bytes[0] < MOST_BYTES;
        });
    return chunk;
  }

  private LetterChange replay(ReplayTopic topic, List<Replay> wanted) {
    String id = ids.get();
    Map<Integer, Long> from = topic.ends();
    Set<LetterId> claimed =
        new ChangeState(letters)
            .move(
                wanted.stream()
                    .map(r -> new Target(idOf(r), Optional.empty(), Optional.empty()))
                    .toList(),
                new Move(
                    "CLAIM FOR REPLAY",
                    LetterState.NEW,
                    LetterState.REPLAYING,
                    Optional.of(id),
                    Optional.of(SettleReplays.text(from)),
                    clock.instant()));
    List<Sent> sent =
        topic.send(
            wanted.stream()
                .filter(r -> claimed.contains(idOf(r)))
                .map(r -> new Replay(id, r.topic(), r.partition(), r.offset(), r.key(), r.value()))
                .toList());
    new ChangeState(letters)
        .move(
            sent.stream()
                .map(
                    s ->
                        new Target(
                            new LetterId(s.topic(), s.partition(), s.offset()),
                            Optional.of(id),
                            Optional.of(note(s))))
                .toList(),
            new Move(
                "REPLAY",
                LetterState.REPLAYING,
                LetterState.REPLAYED,
                Optional.of(id),
                Optional.empty(),
                clock.instant()));
    return new LetterChange(sent.size(), wanted.size() - sent.size());
  }

  /// After a failure the topic tells at once what of it was sent, if it can be reached.
  private MillraceException settled(MillraceException failed) {
    if (failed.code() == ErrorCode.CANCELLED || failed.code() == ErrorCode.USAGE) {
      return failed;
    }
    try (ReplayTopic topic = topics.open(letters.feed())) {
      Settlement settlement = new SettleReplays(letters, clock).settle(topic, Assumption.NONE);
      return new MillraceException(
          failed.code(),
          "The replay broke off: " + failed.what(),
          "%s; no letter was sent twice, %,d of the last ones were sent and %,d are new again"
              .formatted(failed.remedy(), settlement.replayed(), settlement.released()),
          failed);
    } catch (MillraceException again) {
      failed.addSuppressed(again);
      return new MillraceException(
          failed.code(),
          "The replay broke off: " + failed.what(),
          failed.remedy()
              + "; letters it claimed are settled by the next replay, or by 'millrace deadletters"
              + " settle'",
          failed);
    }
  }

  static String note(Sent sent) {
    return note(sent.sentPartition(), sent.sentOffset());
  }

  /// By this text a letter that came back is found again: it stays.
  static String note(int partition, long offset) {
    return "replayed to partition " + partition + " offset " + offset;
  }

  private static LetterId idOf(Replay replay) {
    return new LetterId(replay.topic(), replay.partition(), replay.offset());
  }

  /// What a value is to the feed: an event with a key, or none.
  private static final class Wire {

    private final EventDecoder decoder;
    private final EventBatch batch;
    private final int keyColumn;

    Wire(Feed feed) {
      decoder = new EventDecoder(feed);
      batch = new EventBatch(feed);
      keyColumn =
          feed.schema()
              .column(feed.kafka().key())
              .filter(c -> c.type() == ColumnType.STRING)
              .map(c -> feed.schema().indexOf(c.name()))
              .orElse(-1);
    }

    boolean isEvent(byte[] value) {
      boolean event = decoder.decode(value, 0, value.length, batch) == Verdict.Event.DECODED;
      batch.clear();
      return event;
    }

    /// An event goes where others with its key go; anything else returns to its partition.
    Replay replay(LetterId id, byte[] value) {
      Optional<byte[]> key = Optional.empty();
      if (decoder.decode(value, 0, value.length, batch) == Verdict.Event.DECODED
          && keyColumn >= 0
          && !batch.columns().text(keyColumn).isNull(0)) {
        key = Optional.of(batch.columns().text(keyColumn).at(0).getBytes(StandardCharsets.UTF_8));
      }
      batch.clear();
      return new Replay("", id.topic(), id.partition(), id.offset(), key, value);
    }
  }
}
