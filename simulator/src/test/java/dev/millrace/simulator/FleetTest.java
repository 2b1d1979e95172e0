package dev.millrace.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.ValueRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final BatchTimes.Spread A_DAY =
      new BatchTimes.Spread(DAY, DAY.plus(Duration.ofDays(1)));

  @TempDir Path home;
  private Pipeline pipeline;
  private FleetSettings settings;

  @BeforeEach
  void read() {
    PipelineFolder folder = Fixtures.buildingSensors(home);
    pipeline = Fixtures.pipeline(folder);
    settings = Simulators.settings(pipeline, folder);
  }

  @Test
  void theShippedFleetIsAsOwed() {
    assertThat(settings.sensors()).isEqualTo(50);
    assertThat(settings.rate()).isEqualTo(100);
    assertThat(settings.shares().anomalies()).isEqualTo(0.02);
    assertThat(settings.places())
        .hasSize(24)
        .startsWith("floor-1/zone-1")
        .endsWith("floor-4/zone-6");
    assertThat(settings.signals())
        .extracting(Signal::kind)
        .containsExactly("temperature", "humidity", "pressure", "vibration");
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Fixtures.Kept first = run(20_000, 7, UnaryOperator.identity()).sink();
    Fixtures.Kept second = run(20_000, 7, UnaryOperator.identity()).sink();
    Fixtures.Kept other = run(20_000, 8, UnaryOperator.identity()).sink();

    assertThat(first.texts()).isEqualTo(second.texts()).isNotEqualTo(other.texts());
    assertThat(first.keyTexts()).isEqualTo(second.keyTexts());
  }

  @Test
  void eventsCarryTheFeedsColumnsInTheirOrder() throws IOException {
    Fixtures.Kept sink = run(1000, 1, UnaryOperator.identity()).sink();

    for (int i = 0; i < 1000; i++) {
      JsonNode event = JSON.readTree(sink.values.get(i));
      List<String> names = new ArrayList<>();
      event.fieldNames().forEachRemaining(names::add);
      assertThat(names)
          .containsExactly("sensor_id", "sensor_type", "location", "value", "unit", "event_time");
      assertThat(event.get("sensor_id").asText()).isEqualTo(sink.keyTexts().get(i));
      assertThat(event.get("value").isNumber()).isTrue();
      assertThat(Instant.parse(event.get("event_time").asText()))
          .isBetween(DAY, DAY.plus(Duration.ofDays(1)));
    }
    assertThat(new HashSet<>(sink.keyTexts())).hasSize(50);
  }

  @Test
  void aSpreadBatchIsInOrderOfTimeAndNamesEachReadingOnce() throws IOException {
    Fixtures.Kept sink = run(50_000, 3, UnaryOperator.identity()).sink();

    Set<String> named = new HashSet<>();
    Instant last = Instant.EPOCH;
    for (byte[] value : sink.values) {
      JsonNode event = JSON.readTree(value);
      Instant time = Instant.parse(event.get("event_time").asText());
      assertThat(time).isAfterOrEqualTo(last);
      last = time;
      named.add(event.get("sensor_id").asText() + time);
    }
    assertThat(named).hasSize(50_000);
  }

  @Test
  void sharesAndTruthAgreeWithWhatWasSent() throws IOException {
    Ran ran =
        run(
            100_000,
            11,
            s -> s.withAnomalies(0.05).withMalformed(0.03).withLate(0.04).withDuplicates(0.02));

    FleetCounts counts = ran.counts();
    assertThat(counts.sent()).isEqualTo(100_000).isEqualTo(ran.sink().values.size());
    assertThat(counts.malformed() / 1e5).isCloseTo(0.03, within(0.003));
    assertThat(counts.late() / 1e5).isCloseTo(0.04, within(0.003));
    assertThat(counts.duplicates() / 1e5).isCloseTo(0.02, within(0.003));
    assertThat(counts.anomalies() / (1e5 * 0.91)).isCloseTo(0.05, within(0.01));

    Map<String, Long> truth = new HashMap<>();
    Map<String, JsonNode> anomalies = new HashMap<>();
    for (JsonNode line : truth()) {
      truth.merge(line.get("kind").asText(), 1L, Long::sum);
      if (Set.of("spike", "stuck", "drift").contains(line.get("kind").asText())) {
        anomalies.put(line.get("sensor").asText() + line.get("event_time").asText(), line);
      }
    }
    for (TruthKind kind : TruthKind.values()) {
      assertThat(truth.getOrDefault(kind.word(), 0L)).as(kind.word()).isEqualTo(counts.of(kind));
    }

    long malformed = 0;
    long late = 0;
    Map<String, Long> seen = new HashMap<>();
    Instant newest = DAY;
    for (byte[] value : ran.sink().values) {
      Optional<JsonNode> sound = sound(value);
      if (sound.isEmpty()) {
        malformed++;
        continue;
      }
      JsonNode event = sound.get();
      Instant time = Instant.parse(event.get("event_time").asText());
      String name = event.get("sensor_id").asText() + event.get("event_time").asText();
      JsonNode anomaly = anomalies.get(name);
      if (anomaly != null) {
        assertThat(event.get("value").asDouble()).isEqualTo(anomaly.get("value").asDouble());
      }
      if (seen.merge(name, 1L, Long::sum) == 1
          && time.isBefore(newest.minus(Duration.ofMinutes(10)))) {
        late++;
      }
      newest = time.isAfter(newest) ? time : newest;
    }
    assertThat(malformed).isEqualTo(counts.malformed());
    assertThat(late).isEqualTo(counts.late());
    assertThat(seen)
        .hasSize((int) (counts.sent() - counts.malformed() - counts.duplicates()))
        .containsKeys(anomalies.keySet().toArray(String[]::new));
  }

  @Test
  void everyMalformationIsOneAndHappens() throws IOException {
    Ran ran = run(5_000, 5, s -> s.withMalformed(1));

    Set<String> details = new HashSet<>();
    truth().forEach(line -> details.add(line.get("detail").asText()));
    assertThat(details)
        .containsExactlyInAnyOrder(
            "truncated", "wrong_type", "missing_field", "bad_time", "not_utf8");
    assertThat(ran.sink().values).allSatisfy(v -> assertThat(sound(v)).isEmpty());
  }

  @Test
  void soundReadingsStayInRangeFollowTheDayAndShareTheirZone() throws IOException {
    Fixtures.Kept sink = run(200_000, 13, s -> s.withAnomalies(0)).sink();

    Map<String, double[]> byHour = new HashMap<>();
    for (byte[] value : sink.values) {
      JsonNode event = JSON.readTree(value);
      String kind = event.get("sensor_type").asText();
      ValueRange range = Objects.requireNonNull(pipeline.ranges().get(kind));
      assertThat(range.holds(event.get("value").asDouble())).isTrue();
      int hour = Integer.parseInt(event.get("event_time").asText().substring(11, 13));
      double[] sums = byHour.computeIfAbsent(kind + hour, _ -> new double[2]);
      sums[0] += event.get("value").asDouble();
      sums[1]++;
    }
    assertThat(mean(byHour, "temperature15") - mean(byHour, "temperature3"))
        .isCloseTo(4.4, within(1.2));
    assertThat(mean(byHour, "humidity15") - mean(byHour, "humidity3")).isCloseTo(-10, within(3.0));
  }

  @Test
  void neighboursInAZoneMoveTogetherAndZonesDoNot() {
    Wave one = new Wave(new SplittableRandom(1), 1_000_000, 9_000_000);
    Wave two = new Wave(new SplittableRandom(2), 1_000_000, 9_000_000);
    double[] own = new double[4000];
    double[] others = new double[4000];
    for (int i = 0; i < own.length; i++) {
      own[i] = one.at(i * 50_000L);
      others[i] = two.at(i * 50_000L);
    }

    double deviation = Math.sqrt(Arrays.stream(own).map(v -> v * v).average().orElseThrow());
    double together = 0;
    for (int i = 0; i < own.length; i++) {
      together += own[i] * others[i] / own.length;
    }
    assertThat(deviation).isCloseTo(1, within(0.15));
    assertThat(together).isCloseTo(0, within(0.2));
  }

  @Test
  void aBrokenSensorFailsInItsWayUntilItIsMended() {
    Fleet fleet = Fleet.of(pipeline, settings.withAnomalies(0), 1, TruthLog.none());
    long from = BatchTimes.micros(DAY);
    String name = "temperature-01";

    assertThat(fleet.breakSensor(name, Fault.STUCK)).isTrue();
    assertThat(valuesOf(fleet, name, from, 40))
        .hasSize(40)
        .containsOnly(valuesOf(fleet, name, from, 1).getFirst());

    fleet.breakSensor(name, Fault.OFFLINE);
    assertThat(valuesOf(fleet, name, from, 0)).isEmpty();

    fleet.breakSensor(name, Fault.DRIFT);
    List<Double> drifting = valuesOf(fleet, name, from, 60);
    assertThat(Math.abs(drifting.getLast() - drifting.getFirst())).isGreaterThan(20);

    fleet.breakSensor(name, Fault.SPIKE);
    long far =
        valuesOf(fleet, name, from, 500).stream().filter(v -> Math.abs(v - 21.5) > 6.5).count();
    assertThat(far).isBetween(60L, 140L);

    fleet.breakSensor(name, Fault.DROPOUT);
    long before = fleet.counts().of(TruthKind.DROPOUT);
    assertThat(valuesOf(fleet, name, from, 100)).hasSize(100);
    assertThat(fleet.counts().of(TruthKind.DROPOUT) - before).isBetween(60L, 150L);

    fleet.breakSensor(name, null);
    assertThat(valuesOf(fleet, name, from, 200))
        .allSatisfy(v -> assertThat(v).isBetween(15.0, 28.0));
    assertThat(fleet.breakSensor("nobody", Fault.STUCK)).isFalse();
  }

  @Test
  void aFleetOfAnyFeedFillsItsColumns() throws IOException {
    PipelineFolder folder =
        Fixtures.till(
            home,
            """
            anomalies: 0
            signals: { till: { sensors: 3, base: 1999, noise: 500 } }
            columns:
              id: { uuid: true }
              paid: { true-share: 0.9 }
              article: { one-of: [bread, "5\\" cake"] }
              discount: { between: [0, 0.5], decimals: 3 }
            """);
    Pipeline till = Fixtures.pipeline(folder);
    Fixtures.Kept sink = new Fixtures.Kept();
    Simulators.batch(
        till,
        Simulators.settings(till, folder),
        4,
        2000,
        A_DAY,
        sink,
        TruthLog.none(),
        Progress.NONE);

    Set<String> ids = new HashSet<>();
    int paid = 0;
    for (int i = 0; i < 2000; i++) {
      JsonNode event = JSON.readTree(sink.values.get(i));
      assertThat(event.get("id").asText())
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(sink.keyTexts().get(i)).isEqualTo(event.get("id").asText());
      ids.add(event.get("id").asText());
      paid += event.get("paid").asBoolean() ? 1 : 0;
      assertThat(event.get("cents").isIntegralNumber()).isTrue();
      assertThat(event.get("article").asText()).isIn("bread", "5\" cake");
      assertThat(event.get("discount").asDouble()).isBetween(0.0, 0.5);
    }
    assertThat(ids).hasSize(2000);
    assertThat(paid).isBetween(1740, 1860);
  }

  @Test
  void truthIsAppended() throws IOException {
    run(1000, 1, UnaryOperator.identity());
    int once = truth().size();
    run(1000, 1, UnaryOperator.identity());

    assertThat(truth()).hasSize(2 * once);
    assertThat(once).isPositive();
  }

  private record Ran(Fixtures.Kept sink, FleetCounts counts) {}

  private Ran run(long events, long seed, UnaryOperator<FleetSettings> change) {
    Fixtures.Kept sink = new Fixtures.Kept();
    try (TruthLog truth = TruthLog.append(home.resolve("a/truth.ndjson"))) {
      FleetCounts counts =
          Simulators.batch(
              pipeline, change.apply(settings), seed, events, A_DAY, sink, truth, Progress.NONE);
      assertThat(sink.flushes).isEqualTo(1);
      return new Ran(sink, counts);
    }
  }

  private List<JsonNode> truth() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(home.resolve("a/truth.ndjson"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /// So many values of one sensor; with 0, those among a thousand events of all.
  private static List<Double> valuesOf(Fleet fleet, String name, long from, int count) {
    List<Double> values = new ArrayList<>();
    long events = 0;
    while (count == 0 ? events < 1000 : values.size() < count) {
      events++;
      assertThat(fleet.next(from + fleet.counts().sent() * 1000)).isTrue();
      if (new String(fleet.key(), StandardCharsets.UTF_8).equals(name)) {
        String text = new String(fleet.value(), StandardCharsets.UTF_8);
        int at = text.indexOf("\"value\":") + 8;
        values.add(Double.parseDouble(text.substring(at, text.indexOf(',', at))));
      }
    }
    return values;
  }

  private static double mean(Map<String, double[]> sums, String name) {
    double[] sum = sums.getOrDefault(name, new double[] {0, 0});
    return sum[0] / sum[1];
  }

  /// The event as a strict reader of the feed's schema takes it, or empty when it does not.
  private static Optional<JsonNode> sound(byte[] value) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      JsonNode event = JSON.readTree(text);
      boolean whole =
          event.path("sensor_id").isTextual()
              && event.path("sensor_type").isTextual()
              && event.path("value").isNumber()
              && event.path("event_time").asText().startsWith("2026-");
      return whole ? Optional.of(event) : Optional.empty();
    } catch (CharacterCodingException | JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
