package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.Settlement;
import dev.millrace.engine.deadletter.Settlement.Assumption;
import dev.millrace.engine.ingest.ReplayTopic;
import dev.millrace.engine.ingest.kafka.KafkaReplayTopic;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import dev.millrace.simulator.sink.KafkaSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dead letters on the real broker: mended and sent again from the command line, once; and what a
/// process that ends between two steps leaves behind is settled by the topic.
class DeadLettersIT {

  private static final String PIPELINE = "building-sensors";
  private static final int LETTERS = 6;

  @TempDir private Path folder;

  /// The process is gone in the middle of a replay.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void lettersAreMendedSentOnceAndSettled() throws Exception {
    Path root = folder.resolve("home");
    Home home = new Home(root);
    Pipeline pipeline = new Pipelines(home).find(PIPELINE);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      String servers = services.endpoints().kafka();
      KafkaTopics.ensure(servers, pipeline.feeds().getFirst());
      try (KafkaSink sink = KafkaSink.open(servers, pipeline.feeds().getFirst().kafka().topic())) {
        for (int i = 0; i < LETTERS; i++) {
          sink.send(
              ("k" + i).getBytes(StandardCharsets.UTF_8),
              ("{\"sensor_id\":\"temp-%d\",\"sensor_type\":\"temperature\",\"location\":\"a\","
                      + "\"value\":\"BAD\",\"unit\":\"C\","
                      + "\"event_time\":\"2026-03-01T10:00:0%dZ\"}")
                  .formatted(i, i)
                  .getBytes(StandardCharsets.UTF_8));
        }
        sink.send("k".getBytes(StandardCharsets.UTF_8), "{nope".getBytes(StandardCharsets.UTF_8));
      }
      catchUp(root);

      assertThat(reasons(root)).isEqualTo("WRONG_TYPE new 6 NOT_JSON new 1 ");
      Program.Ended shown =
          Program.run(root, "deadletters", "show", PIPELINE, "--reason", "NOT_JSON").succeeded();
      assertThat(shown.out()).contains("NOT_JSON, new", "    {nope\n     ^\n");

      String[] mend = {
        "deadletters", "replay", PIPELINE, "--reason", "WRONG_TYPE", "--replace", "s/\"BAD\"/21.5/"
      };
      Program.Ended unasked = Program.run(root, mend);
      assertThat(unasked.code()).isEqualTo(2);
      assertThat(unasked.err()).contains("6 WRONG_TYPE of", "no terminal", "--yes");
      assertThat(reasons(root)).isEqualTo("WRONG_TYPE new 6 NOT_JSON new 1 ");

      breakOff(root, servers, pipeline);

      assertThat(
              Program.run(root, with(mend, "--yes", "--json"))
                  .succeeded()
                  .json()
                  .get("summary")
                  .asText())
          .isEqualTo("4 dead letters replayed");
      assertThat(
              Program.run(root, with(mend, "--yes", "--json"))
                  .succeeded()
                  .json()
                  .get("summary")
                  .asText())
          .isEqualTo("0 dead letters replayed: 6 replayed already");
      catchUp(root);

      assertThat(rows(root, "select count(*) as n from bronze_sensor_events where value = 21.5"))
          .isEqualTo(LETTERS);
      assertThat(rows(root, "select count(distinct sensor_id) as n from bronze_sensor_events"))
          .isEqualTo(LETTERS);
      Program.run(root, "deadletters", "discard", PIPELINE, "--all", "--why", "noise", "--yes")
          .succeeded();
      assertThat(reasons(root)).isEqualTo("WRONG_TYPE replayed 6 NOT_JSON discarded 1 ");
      Program.run(root, "deadletters", "restore", PIPELINE, "--all", "--yes").succeeded();
      Path lines = folder.resolve("letters.ndjson");
      Program.run(root, "deadletters", "export", PIPELINE, "--out", lines.toString()).succeeded();
      assertThat(Files.readAllLines(lines))
          .hasSize(LETTERS + 1)
          .anySatisfy(line -> assertThat(line).contains("\"raw\":\"{nope\"", "\"state\":\"new\""));
    }
  }

  /// One replay ends before it sends, one after; a third opens the topic while a fourth is sending.
  private static void breakOff(Path root, String servers, Pipeline pipeline) {
    try (DuckDbEngine sql = new DuckDbEngine(root.resolve("tmp"), 1L << 30, 2)) {
      DeltaLake lake = new DeltaLake(new Home(root).lake(PIPELINE), "test", InstantSource.system());
      Edit mend = new Edit.Replace("\"BAD\"", "21.5");
      LetterFilter one = text("temp-0");
      LetterFilter two = text("temp-1");

      letters(pipeline, lake, sql, servers, When.BEFORE).run(one, mend);
      letters(pipeline, lake, sql, servers, When.AFTER).run(two, mend);

      DeadLetters after =
          new DeadLetters(
              pipeline,
              lake,
              sql,
              feed -> KafkaReplayTopic.open(servers, PIPELINE, feed),
              InstantSource.system());
      assertThat(after.settle(LetterFilter.ALL, Assumption.NONE))
          .as("the first replay never sent, and the second settled it; its own was sent")
          .isEqualTo(new Settlement(1, 0, 0));
      assertThat(
              after.groups(LetterFilter.reason("WRONG_TYPE")).stream()
                  .map(g -> g.state().text() + " " + g.letters()))
          .containsExactlyInAnyOrder("new 5", "replayed 1");

      letters(pipeline, lake, sql, servers, When.FENCED).run(one, mend);
      assertThat(
              after.groups(LetterFilter.reason("WRONG_TYPE")).stream()
                  .map(g -> g.state().text() + " " + g.letters()))
          .containsExactlyInAnyOrder("new 4", "replayed 2");
    }
  }

  private enum When {
    BEFORE,
    AFTER,
    FENCED
  }

  private interface Run {
    void run(LetterFilter filter, Edit edit);
  }

  private static Run letters(
      Pipeline pipeline, DeltaLake lake, DuckDbEngine sql, String servers, When when) {
    DeadLetters breaking =
        new DeadLetters(
            pipeline,
            lake,
            sql,
            feed ->
                new Breaking(
                    KafkaReplayTopic.open(servers, PIPELINE, feed),
                    when,
                    () ->
                        new DeadLetters(
                                pipeline,
                                lake,
                                sql,
                                again -> KafkaReplayTopic.open(servers, PIPELINE, again),
                                InstantSource.system())
                            .replay(
                                text("temp-0"),
                                new Edit.Replace("\"BAD\"", "21.5"),
                                Progress.NONE)),
            InstantSource.system());
    return (filter, edit) ->
        assertThatThrownBy(() -> breaking.replay(filter, edit, Progress.NONE))
            .satisfies(
                e ->
                    assertThat(when == When.FENCED ? e.getMessage() : e.getClass().getSimpleName())
                        .containsAnyOf("another replay", "Killed"));
  }

  /// A topic whose owner ends while sending.
  private record Breaking(ReplayTopic real, When when, Runnable other) implements ReplayTopic {

    @Override
    public Map<Integer, Long> ends() {
      return real.ends();
    }

    @Override
    public List<Sent> send(List<Replay> replays) {
      return switch (when) {
        case BEFORE -> throw new Killed();
        case AFTER -> {
          List<Sent> _ = real.send(replays);
          throw new Killed();
        }
        case FENCED -> {
          other.run();
          yield real.send(replays);
        }
      };
    }

    @Override
    public Search search(Map<Integer, Long> from) {
      return real.search(from);
    }

    @Override
    public void close() {
      real.close();
    }
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

  private static void catchUp(Path root) {
    Program.run(root, "stream", "run", PIPELINE, "--until-caught-up").succeeded();
  }

  private static String reasons(Path root) {
    StringBuilder text = new StringBuilder();
    for (JsonNode row :
        Program.run(root, "deadletters", "ls", PIPELINE, "--json")
            .succeeded()
            .json()
            .get("reasons")) {
      text.append(row.get("reason").asText())
          .append(' ')
          .append(row.get("state").asText())
          .append(' ')
          .append(row.get("dead_letters").asLong())
          .append(' ');
    }
    return text.toString();
  }

  private static long rows(Path root, String sql) {
    return Program.run(root, "table", "sql", sql, "--json")
        .succeeded()
        .json()
        .get("rows")
        .get(0)
        .get("n")
        .asLong();
  }

  private static String[] with(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }
}
