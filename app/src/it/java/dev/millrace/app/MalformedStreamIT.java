package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.event.Reason;
import dev.millrace.engine.ingest.kafka.KafkaTopics;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.delta.DeltaLake;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipelines;
import dev.millrace.engine.transform.SqlSession;
import dev.millrace.engine.transform.duckdb.DuckDbEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that is no event, through the running stream on the real broker, in a heap of 512 MB:
/// each value ends once in Bronze or in the dead letters, whole, and the stream goes on.
class MalformedStreamIT {

  private static final String PIPELINE = "building-sensors";
  private static final long SEED = Long.getLong("malformed.seed", System.nanoTime());
  private static final int FUZZED = 5_000;
  private static final String GOOD =
      "{\"sensor_id\":\"s-%d\",\"sensor_type\":\"temperature\",\"location\":\"a\",\"value\":21.5,"
          + "\"unit\":\"C\",\"event_time\":\"2026-03-01T10:00:00Z\"}";

  @TempDir private Path folder;

  private final List<byte[]> values = new ArrayList<>();

  /// Index of a value in {@link #values} to the file of the corpus it is.
  private final Map<Integer, String> corpus = new LinkedHashMap<>();

  private record Letter(Reason reason, long position, byte[] raw) {}

  @Test
  void everyValueEndsOnceAndTheStreamGoesOn() throws Exception {
    Path root = folder.resolve("home");
    Home home = new Home(root);
    Feed feed = new Pipelines(home).find(PIPELINE).feeds().getFirst();
    fill();
    int large = values.size();
    addLarge();
    values.add(GOOD.formatted(1).getBytes(StandardCharsets.UTF_8));
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      KafkaTopics.ensure(services.endpoints().kafka(), feed);
      send(services.endpoints().kafka(), feed, large);
      Program.runWithin("512m", root, "stream", "run", PIPELINE, "--until-caught-up").succeeded();
    }

    Map<Integer, Letter> letters = letters(root, feed);
    assertThat(letters.size() + rows(root, feed)).as("seed %d", SEED).isEqualTo(values.size());
    letters.forEach(
        (index, letter) -> {
          assertThat(Arrays.equals(letter.raw(), values.get(index))).as("raw %d", index).isTrue();
          assertThat(letter.position()).isBetween(0L, (long) letter.raw().length);
        });
    corpus.forEach(
        (index, file) -> {
          assertThat(letters).as(file).containsKey(index);
          Letter letter = Objects.requireNonNull(letters.get(index));
          switch (file.charAt(0)) {
            case 'n' -> assertThat(letter.reason().parse()).as("%s: %s", file, letter).isTrue();
            case 'y' -> assertThat(letter.reason().parse()).as("%s: %s", file, letter).isFalse();
            default -> assertThat(letter).isNotNull();
          }
        });
    assertThat(reasons(letters, large, large + 6))
        .containsExactly(
            Reason.TOO_LARGE,
            Reason.TOO_LARGE,
            Reason.TOO_LARGE,
            Reason.NOT_JSON,
            Reason.NOT_JSON,
            Reason.TOO_DEEP);
    assertThat(letters).as("the values of a megabyte and the last").doesNotContainKey(large + 6);
    assertThat(letters).doesNotContainKey(values.size() - 1);
  }

  /// The corpus, values one by one, and bytes changed at random.
  private void fill() throws IOException {
    for (Path file : corpusFiles()) {
      corpus.put(values.size(), file.getFileName().toString());
      values.add(Files.readAllBytes(file));
    }
    String[] odd = {
      "",
      " ",
      "\0",
      "NaN",
      "{\"value\":NaN}",
      "{\"value\":Infinity}",
      "\uFEFF{}",
      "{\"a\":\"\\ud800\"}",
    };
    for (String each : odd) {
      values.add(each.getBytes(StandardCharsets.UTF_8));
    }
    values.add(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < FUZZED; i++) {
      byte[] event = GOOD.formatted(i).getBytes(StandardCharsets.UTF_8);
      for (int k = random.nextInt(3); k >= 0; k--) {
        event[random.nextInt(event.length)] = (byte) random.nextInt(256);
      }
      values.add(event);
    }
  }

  /// Three values of 50 MB, one packed to nothing and one that does not pack; deep ones; and 400 MB
  /// of events that pack to 2 MB, which one fetch brings.
  private void addLarge() {
    byte[] brackets = new byte[50 << 20];
    Arrays.fill(brackets, (byte) '[');
    values.add(brackets);
    byte[] noise = new byte[50 << 20];
    new Random(SEED).nextBytes(noise);
    values.add(noise);
    values.add(event("x".repeat(50 << 20)));
    values.add("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    values.add("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    values.add(
        GOOD.formatted(1)
            .replace("}", ",\"deep\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
            .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < 400; i++) {
      values.add(event("y".repeat(1_000_000) + i));
    }
  }

  private static byte[] event(String location) {
    return GOOD.formatted(1)
        .replace("\"a\"", "\"" + location + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void send(String servers, Feed feed, int large) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", servers);
    settings.put("compression.type", "lz4");
    settings.put("max.request.size", 64 << 20);
    settings.put("buffer.memory", 192L << 20);
    settings.put("linger.ms", 5);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        var sent =
            producer.send(new ProducerRecord<>(feed.kafka().topic(), i % 3, null, values.get(i)));
        if (i >= large) {
          assertThat(sent.get().offset()).isEqualTo(i / 3);
        }
      }
    }
  }

  private static List<Path> corpusFiles() throws IOException {
    Optional<Path> found = Optional.ofNullable(System.getProperty("json.corpus")).map(Path::of);
    for (Path at = Path.of("").toAbsolutePath();
        found.isEmpty() && at != null;
        at = at.getParent()) {
      found = Optional.of(at.resolve("shared/data/json")).filter(Files::isDirectory);
    }
    if (found.isEmpty()) {
      System.err.println("No folder shared/data/json: without the corpus; set -Djson.corpus=DIR");
      return List.of();
    }
    try (Stream<Path> files = Files.list(found.get())) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<Reason> reasons(Map<Integer, Letter> letters, int from, int to) {
    List<Reason> reasons = new ArrayList<>();
    for (int i = from; i < to; i++) {
      assertThat(letters).containsKey(i);
      reasons.add(Objects.requireNonNull(letters.get(i)).reason());
    }
    return reasons;
  }

  private Map<Integer, Letter> letters(Path root, Feed feed) {
    Map<Integer, Letter> letters = new HashMap<>();
    forEachRow(
        root,
        feed.deadLetters(),
        "SELECT kafka_partition, kafka_offset, reason, position, raw FROM t",
        row -> {
          Letter letter =
              new Letter(
                  Reason.valueOf(String.valueOf(row.get(2))),
                  ((Number) row.get(3)).longValue(),
                  (byte[]) row.get(4));
          assertThat(letters.put(index(row), letter)).as("twice: %s", index(row)).isNull();
        });
    return letters;
  }

  private long rows(Path root, Feed feed) {
    Map<Integer, Boolean> met = new HashMap<>();
    forEachRow(
        root,
        feed.bronze(),
        "SELECT kafka_partition, kafka_offset FROM t",
        row -> assertThat(met.put(index(row), true)).as("twice: %s", index(row)).isNull());
    return met.size();
  }

  private static int index(List<Object> row) {
    return 3 * ((Number) row.get(1)).intValue() + ((Number) row.get(0)).intValue();
  }

  private static void forEachRow(
      Path root, TableName name, String sql, Consumer<List<Object>> each) {
    DeltaLake lake = new DeltaLake(new Home(root).lake(PIPELINE), "test", InstantSource.system());
    LakeTable table = lake.find(name).orElseThrow();
    try (DuckDbEngine engine = new DuckDbEngine(root.resolve("tmp"), 2L << 30, 2);
        SqlSession session = engine.session()) {
      session.view("t", table.schema(), table.snapshot().files());
      session.forEachRow(sql, each);
    }
  }
}
