package dev.millrace.engine.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.deadletter.Settlement.Assumption;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.event.DeadLetter;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.event.Reason;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.lake.parquet.ParquetFiles;
import dev.millrace.engine.model.Column;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TopicPartition;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of dead letters, on real Delta tables; and that no replay sends one twice or loses
/// one, wherever the process ends.
class DeadLettersTest {

  private static final Feed FEED = Feeds.readings();
  private static final Instant SEEN = Instant.parse("2026-03-01T10:00:00Z");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T08:00:00Z"));
  private static final Pipeline PIPELINE =
      new Pipeline(
          "test",
          "1.0.0",
          "Test",
          "test",
          List.of(FEED),
          Map.of(),
          List.of(),
          Map.of(),
          List.of(),
          List.of());

  private static DuckDbEngine sql;
  @TempDir private static Path scratch;

  @TempDir private Path root;
  private Path home = Path.of("");
  private final Breaks breaks = new Breaks();
  private final MemoryReplayTopic topic = new MemoryReplayTopic(breaks);
  private final AtomicInteger ids = new AtomicInteger();

  @BeforeAll
  static void openSql() {
    sql = new DuckDbEngine(scratch, 1L << 30, 2);
  }

  @AfterAll
  static void closeSql() {
    sql.close();
  }

  @BeforeEach
  void startInAHomeOfItsOwn() {
    home = root.resolve("home");
    lettersInTwoFiles();
  }

  private void lettersInTwoFiles() {
    topic.fill(0, 20);
    topic.fill(1, 20);
    LakeTable table = table();
    append(
        table,
        20,
        letter(0, 3, Reason.NOT_JSON, "{\"value\": nope}", 10),
        letter(0, 7, Reason.WRONG_TYPE, event("s1", "\"x\""), 30),
        letter(1, 4, Reason.WRONG_TYPE, event("s2", "\"x\""), 30));
    append(
        table,
        40,
        letter(1, 9, Reason.MISSING_FIELD, "{\"sensor_id\":\"ä'lpha\"}", 22),
        letter(0, 11, Reason.NOT_UTF8, new byte[] {'"', (byte) 0xff, '"'}, 1));
  }

  @Test
  void lettersAreFoundByEveryCondition() {
    DeadLetters letters = letters(lake());

    assertThat(offsets(letters, LetterFilter.ALL)).containsExactly(3L, 7L, 11L, 4L, 9L);
    assertThat(offsets(letters, LetterFilter.reason("WRONG_TYPE"))).containsExactly(7L, 4L);
    assertThat(offsets(letters, LetterFilter.of("sensor-events", 1, 4))).containsExactly(4L);
    assertThat(offsets(letters, text("ä'LPHA"))).containsExactly(9L);
    assertThat(offsets(letters, text("detail of NOT_JSON"))).containsExactly(3L);
    assertThat(offsets(letters, since(SEEN.plusSeconds(9)))).containsExactly(11L, 9L);
    assertThat(letters.groups(LetterFilter.ALL))
        .extracting(g -> g.reason() + " " + g.state().text() + " " + g.letters())
        .containsExactlyInAnyOrder(
            "WRONG_TYPE new 2", "NOT_JSON new 1", "MISSING_FIELD new 1", "NOT_UTF8 new 1");
    assertThat(letters.newest(LetterFilter.ALL, 2))
        .extracting(l -> l.id().offset())
        .containsExactly(11L, 9L);
    Instant from = SEEN;
    assertThat(letters.trend(LetterFilter.ALL, from, from.plusSeconds(40), 4).get("WRONG_TYPE"))
        .containsExactly(2, 0, 0, 0);
    assertThat(letters.trend(LetterFilter.ALL, from, from.plusSeconds(40), 4).get("NOT_UTF8"))
        .containsExactly(0, 1, 0, 0);
    assertThat(letters.trend(LetterFilter.ALL, from, from.plusSeconds(40), 4))
        .usingRecursiveComparison()
        .isEqualTo(letters.trend(text("e"), from, from.plusSeconds(40), 4));
    assertThatThrownBy(() -> letters.groups(LetterFilter.of("other", 0, 0)))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void aDiscardCanBeUndoneAndTouchesOnlyTheFilesOfItsLetters() {
    DeadLetters letters = letters(lake());
    LakeTable table = table();
    Path untouched =
        table.snapshot().files().stream()
            .filter(f -> f.rows() == 2)
            .map(LakeFile::path)
            .findFirst()
            .orElseThrow();
    List<Path> before = paths(table);

    letters.discard(LetterFilter.reason("WRONG_TYPE"), "a 'test'", Progress.NONE);

    assertThat(paths(table)).contains(untouched).hasSize(2).isNotEqualTo(before);
    assertThat(paths(table)).filteredOn(before::contains).containsExactly(untouched);
    assertThat(table.snapshot().nextOffset(new TopicPartition("sensor-events", 0))).hasValue(40);
    assertThat(states(letters)).isEqualTo("3 new|7 discarded|11 new|4 discarded|9 new");
    assertThat(letters.newest(LetterFilter.ALL.in(LetterState.DISCARDED), 9))
        .allSatisfy(
            l -> {
              assertThat(l.note()).contains("a 'test'");
              assertThat(l.changedAt()).contains(CLOCK.instant());
              assertThat(l.raw()).isEqualTo(event("s" + (l.id().partition() + 1), "\"x\""));
            });
    assertThat(letters.replay(LetterFilter.reason("WRONG_TYPE"), Edit.NONE, Progress.NONE))
        .containsEntry("sensor-events", new LetterChange(0, 0));

    letters.restore(LetterFilter.of("sensor-events", 0, 7), Progress.NONE);

    assertThat(states(letters)).isEqualTo("3 new|7 new|11 new|4 discarded|9 new");
    assertThat(topic.replays()).isEmpty();
  }

  @Test
  void aReplayIsEditedKeyedAndSentOnce() {
    DeadLetters letters = letters(lake());
    Edit mend = new Edit.Replace("\"x\"", "21.5");

    assertThat(letters.previewReplay(LetterFilter.ALL, Edit.NONE).events()).isZero();
    DeadLetters.Preview preview = letters.previewReplay(LetterFilter.ALL, mend);
    Map<String, LetterChange> first = letters.replay(LetterFilter.ALL, mend, Progress.NONE);
    Map<String, LetterChange> second = letters.replay(LetterFilter.ALL, mend, Progress.NONE);

    assertThat(preview.letters()).isEqualTo(2);
    assertThat(preview.events()).isEqualTo(2);
    assertThat(preview.leftAlone()).isEqualTo(3);
    assertThat(first).containsExactly(Map.entry("sensor-events", new LetterChange(2, 3)));
    assertThat(second).containsExactly(Map.entry("sensor-events", new LetterChange(0, 3)));
    assertThat(topic.replays())
        .extracting(r -> r.id() + " " + r.topic() + " " + r.partition() + " " + r.offset())
        .containsExactly("replay-1 sensor-events 0 7", "replay-1 sensor-events 1 4");
    assertThat(topic.replays())
        .allSatisfy(
            r -> {
              assertThat(r.value()).isEqualTo(event("s" + (r.partition() + 1), "21.5"));
              assertThat(r.key())
                  .hasValueSatisfying(
                      key -> assertThat(key).asString().isEqualTo("s" + (r.partition() + 1)));
            });
    Letter sent = letters.newest(LetterFilter.of("sensor-events", 1, 4), 1).getFirst();
    assertThat(sent.note()).contains("replayed to partition 1 offset 20");
    assertThat(sent.replayId()).contains("replay-1");
    assertThat(sent.raw()).isEqualTo(event("s2", "\"x\""));
  }

  @Test
  void aLetterThatCameBackTellsFromWhich() {
    DeadLetters letters = letters(lake());
    letters.replay(LetterFilter.of("sensor-events", 1, 4), Edit.NONE, Progress.NONE);
    append(table(), 60, letter(1, 20, Reason.WRONG_TYPE, event("s2", "\"x\""), 30));

    Map<LetterId, Letter> origins = letters.origins(letters.newest(LetterFilter.ALL, 10));

    assertThat(origins).containsOnlyKeys(new LetterId("sensor-events", 1, 20));
    assertThat(origins.values())
        .allSatisfy(
            sent -> {
              assertThat(sent.id()).isEqualTo(new LetterId("sensor-events", 1, 4));
              assertThat(sent.replayId()).contains("replay-1");
            });
    assertThat(letters.origins(List.of())).isEmpty();
  }

  @Test
  void otherBytesAreForOneLetter() {
    DeadLetters letters = letters(lake());
    Edit whole = new Edit.Whole(event("s9", "1"));

    assertThatThrownBy(() -> letters.replay(LetterFilter.ALL, whole, Progress.NONE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("5 new ones fit the filter");
    letters.replay(LetterFilter.of("sensor-events", 0, 3), whole, Progress.NONE);

    assertThat(topic.replays()).hasSize(1);
    assertThat(topic.replays().getFirst().value()).isEqualTo(event("s9", "1"));
  }

  @Test
  void wherverTheProcessEndsEachLetterIsSentOnce() {
    Set<String> brokenAt = new HashSet<>();
    int last = -1;
    for (int at = 0; last < 0; at++) {
      home = root.resolve("run-" + at);
      MemoryReplayTopic fresh = new MemoryReplayTopic(breaks);
      breaks.never();
      fresh.fill(0, 20);
      fresh.fill(1, 20);
      lettersInTwoFiles();
      breaks.breakAt(at);
      try {
        letters(lake(), fresh).replay(LetterFilter.ALL, Edit.NONE, Progress.NONE);
        last = at;
      } catch (Breaks.Killed _) {
        brokenAt.add(breaks.passed().getLast());
      }
      // Those that come after break off as well, each at another step of its own.
      for (int again = at % 3; again < 12; again += 3) {
        breaks.breakAt(again);
        try {
          letters(lake(), fresh).replay(LetterFilter.ALL, Edit.NONE, Progress.NONE);
        } catch (Breaks.Killed _) {
          brokenAt.add(breaks.passed().getLast());
        }
      }
      breaks.never();
      DeadLetters after = letters(lake(), fresh);
      after.replay(LetterFilter.ALL, Edit.NONE, Progress.NONE);

      assertThat(fresh.replays()).as("broken at step %d", at).hasSize(5);
      assertThat(fresh.replays())
          .extracting(r -> r.partition() + " " + r.offset())
          .containsExactlyInAnyOrder("0 3", "0 7", "0 11", "1 4", "1 9");
      assertThat(states(after))
          .isEqualTo("3 replayed|7 replayed|11 replayed|4 replayed|9 replayed");
    }
    assertThat(brokenAt)
        .contains(
            "open",
            "search",
            "ends",
            "before commit CLAIM FOR REPLAY",
            "after commit CLAIM FOR REPLAY",
            "before record",
            "all sent",
            "before commit REPLAY",
            "after commit REPLAY",
            "before commit SETTLE REPLAY",
            "after commit SETTLE REPLAY");
  }

  @Test
  void aReplayThatBreaksOffTellsWhatWasSentAndTheRestIsNewAgain() {
    DeadLetters letters = letters(lake());
    topic.failsAfterFirst = true;

    assertThatThrownBy(() -> letters.replay(LetterFilter.ALL, Edit.NONE, Progress.NONE))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.what()).contains("the broker is gone");
              assertThat(e.remedy()).contains("1 of the last ones were sent and 4 are new again");
            });
    topic.failsAfterFirst = false;
    letters.replay(LetterFilter.ALL, Edit.NONE, Progress.NONE);

    assertThat(topic.replays()).hasSize(5);
    assertThat(states(letters)).doesNotContain("new").doesNotContain("replaying");
  }

  @Test
  void aReplayThatWasThoughtDeadCannotSendAnyMore() {
    DeadLetters slow = letters(lake());
    topic.beforeSend =
        () -> {
          topic.beforeSend = () -> {};
          letters(lake()).replay(LetterFilter.ALL, Edit.NONE, Progress.NONE);
        };

    assertThatThrownBy(() -> slow.replay(LetterFilter.ALL, Edit.NONE, Progress.NONE))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("fenced");

    assertThat(topic.replays()).hasSize(5);
    assertThat(states(slow)).isEqualTo("3 replayed|7 replayed|11 replayed|4 replayed|9 replayed");
  }

  @Test
  void aLetterDiscardedMeanwhileIsNotSent() {
    Lake lake = lake();
    DeadLetters letters =
        new DeadLetters(
            PIPELINE,
            lake,
            sql,
            _ -> {
              letters(lake).discard(LetterFilter.reason("NOT_JSON"), "no", Progress.NONE);
              return topic.open();
            },
            () -> "replay-1",
            CLOCK);

    letters.replay(LetterFilter.ALL, Edit.NONE, Progress.NONE);

    assertThat(topic.replays()).hasSize(4);
    assertThat(states(letters)).startsWith("3 discarded|7 replayed");
  }

  @Test
  void whatTheTopicNoLongerHoldsIsLeftToAPerson() {
    DeadLetters letters = letters(lake());
    topic.beforeSend =
        () -> {
          throw new Breaks.Killed("send");
        };
    assertThatThrownBy(
            () -> letters.replay(LetterFilter.reason("NOT_JSON"), Edit.NONE, Progress.NONE))
        .isInstanceOf(Breaks.Killed.class);
    topic.fill(0, 5);
    topic.forget();

    assertThat(letters.settle(LetterFilter.ALL, Assumption.NONE))
        .isEqualTo(new Settlement(0, 0, 1));
    assertThat(states(letters)).startsWith("3 replaying|");
    assertThat(letters.settle(LetterFilter.ALL, Assumption.NOT_SENT))
        .isEqualTo(new Settlement(0, 1, 0));
    assertThat(states(letters)).startsWith("3 new|");
  }

  @Test
  void aStreamGoesOnBesideChanges() throws Exception {
    LakeTable table = lake().find(FEED.deadLetters()).orElseThrow();
    DeadLetters letters = letters(lake());
    int appends = 20;
    Thread stream =
        Thread.ofPlatform()
            .name("appends")
            .start(
                () -> {
                  for (int i = 0; i < appends; i++) {
                    append(table, 100 + i, letter(0, 100 + i, Reason.NULL_FIELD, "{}", 0));
                  }
                });
    for (int round = 0; round < 5; round++) {
      letters.discard(LetterFilter.reason("WRONG_TYPE"), "round", Progress.NONE);
      letters.restore(LetterFilter.reason("WRONG_TYPE"), Progress.NONE);
    }
    stream.join();

    assertThat(offsets(letters, LetterFilter.ALL)).hasSize(5 + appends).doesNotHaveDuplicates();
    assertThat(table.snapshot().nextOffset(new TopicPartition("sensor-events", 0)))
        .hasValue(100 + appends - 1);
    assertThat(table.history(1000))
        .extracting(LakeVersion::operation)
        .filteredOn(o -> o.equals("DISCARD") || o.equals("RESTORE LETTERS"))
        .hasSize(10);
  }

  @Test
  void aTableOfTheFirstVersionIsReadAsItIsAndWidenedByAChange() {
    List<Column> first = DeadLetter.SCHEMA.columns().subList(0, 9);
    home = root.resolve("old");
    LakeTable old = lake().open(FEED.deadLetters(), new Schema(first), Optional.empty());
    long version = old.snapshot().version();

    DeadLetters letters = letters(lake());
    assertThat(letters.groups(LetterFilter.ALL)).isEmpty();
    assertThat(lake().find(FEED.deadLetters()).orElseThrow().snapshot().version())
        .isEqualTo(version);
    letters.discard(LetterFilter.ALL, "none", Progress.NONE);

    assertThat(lake().find(FEED.deadLetters()).orElseThrow().schema()).isEqualTo(DeadLetter.SCHEMA);
  }

  @Test
  void lettersAreExportedWithEveryColumn() throws IOException {
    DeadLetters letters = letters(lake());
    Path file = root.resolve("letters.ndjson");
    Path folder = root.resolve("raw");

    assertThat(letters.exportLines(LetterFilter.ALL, file)).isEqualTo(5);
    assertThat(letters.exportFiles(LetterFilter.reason("NOT_UTF8"), folder)).isEqualTo(1);

    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst().get("raw").asText()).isEqualTo("{\"value\": nope}");
    assertThat(lines.getFirst().get("position").asInt()).isEqualTo(10);
    assertThat(lines.getFirst().get("note").isNull()).isTrue();
    assertThat(lines.get(2).get("raw_base64").binaryValue())
        .isEqualTo(new byte[] {'"', (byte) 0xff, '"'});
    assertThat(folder.resolve("sensor-events-0-11.raw"))
        .hasBinaryContent(new byte[] {'"', (byte) 0xff, '"'});
  }

  private DeltaLake lake() {
    return new DeltaLake(home, "test", CLOCK);
  }

  private LakeTable table() {
    return lake().open(FEED.deadLetters(), DeadLetter.SCHEMA, Optional.empty());
  }

  private DeadLetters letters(Lake lake) {
    return letters(lake, topic);
  }

  private DeadLetters letters(Lake lake, MemoryReplayTopic to) {
    ReplayTopics topics = _ -> to.open();
    return new DeadLetters(
        PIPELINE,
        new BreakingLake(lake, breaks),
        sql,
        topics,
        () -> "replay-" + ids.incrementAndGet(),
        CLOCK);
  }

  private static List<Long> offsets(DeadLetters letters, LetterFilter filter) {
    List<Long> offsets = new ArrayList<>();
    letters.forEach(filter, letter -> offsets.add(letter.id().offset()));
    return offsets;
  }

  private static String states(DeadLetters letters) {
    List<String> states = new ArrayList<>();
    letters.forEach(
        LetterFilter.ALL, letter -> states.add(letter.id().offset() + " " + letter.state().text()));
    return String.join("|", states);
  }

  private static LetterFilter text(String text) {
    LetterFilter all = LetterFilter.ALL;
    return new LetterFilter(
        all.feeds(),
        all.reasons(),
        all.states(),
        all.since(),
        all.before(),
        Optional.of(text),
        all.partition(),
        all.fromOffset(),
        all.toOffset());
  }

  private static LetterFilter since(Instant at) {
    LetterFilter all = LetterFilter.ALL;
    return new LetterFilter(
        all.feeds(),
        all.reasons(),
        all.states(),
        Optional.of(at),
        all.before(),
        all.text(),
        all.partition(),
        all.fromOffset(),
        all.toOffset());
  }

  private static byte[] event(String sensor, String value) {
    return ("{\"sensor_id\":\"%s\",\"sensor_type\":\"t\",\"value\":%s,"
            + "\"event_time\":\"2026-03-01T09:00:00Z\"}")
        .formatted(sensor, value)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static DeadLetter letter(
      int partition, long offset, Reason reason, String raw, long position) {
    return letter(partition, offset, reason, raw.getBytes(StandardCharsets.UTF_8), position);
  }

  private static DeadLetter letter(
      int partition, long offset, Reason reason, byte[] raw, long position) {
    return new DeadLetter(
        raw,
        "sensor-events",
        partition,
        offset,
        reason,
        "detail of " + reason,
        position,
        SEEN.plusSeconds(offset));
  }

  private static void append(LakeTable table, long next, DeadLetter... letters) {
    ColumnBatch rows = new ColumnBatch(DeadLetter.SCHEMA);
    for (DeadLetter letter : letters) {
      letter.appendTo(rows);
    }
    LakeFile file =
        new ParquetFiles()
            .write(
                table.dataFolder(Optional.empty()),
                rows,
                RowSelection.run(0, rows.rows()),
                Optional.empty());
    LakeCommit commit =
        new LakeCommit(
            "STREAMING UPDATE",
            List.of(file),
            List.of(),
            Map.of(new TopicPartition("sensor-events", 0), next),
            Map.of());
    while (!(table.commit(table.snapshot(), commit) instanceof CommitOutcome.Committed)) {
      Thread.onSpinWait();
    }
  }

  private static List<Path> paths(LakeTable table) {
    return table.snapshot().files().stream().map(LakeFile::path).toList();
  }
}
