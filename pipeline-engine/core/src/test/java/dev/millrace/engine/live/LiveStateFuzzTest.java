package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Window;
import dev.millrace.engine.live.LiveSnapshot.Zone;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.ValueRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The live state beside a model that keeps every reading in lists and sums them anew each time.
///
/// Readings come late, twice, in bursts and after long silence, at two places, with values out of
/// range. The seed is in each assertion's words.
class LiveStateFuzzTest {

  private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
  private static final long STEP = 10_000;
  private static final String[] KINDS = {"temperature", "humidity"};

  private final Feed feed = Feeds.readings();
  private final EventDecoder decoder = new EventDecoder(feed);
  private final EventBatch batch = new EventBatch(feed);
  private Instant now = BEGIN;
  private long nanos;

  /// @param anomalous outside its kind's range; the model judges nothing else
  record Reading(String entity, String kind, String place, double value, long millis) {
    boolean anomalous() {
      return value > 100;
    }
  }

  /// What the live state should have kept, by its description.
  private static final class Model {
    final List<Reading> taken = new ArrayList<>();
    final Map<String, List<Reading>> inOrder = new TreeMap<>();
    final Map<String, Double> gaps = new HashMap<>();
    long newest = Long.MIN_VALUE;

    void hear(Reading r) {
      newest = Math.max(newest, r.millis());
      List<Reading> before = inOrder.computeIfAbsent(r.entity(), _ -> new ArrayList<>());
      Reading last = before.isEmpty() ? null : before.getLast();
      if (last != null && last.millis() == r.millis()) {
        return;
      }
      if (last != null && r.millis() < last.millis()) {
        if (last.place().equals(r.place())) {
          taken.add(r);
        }
        return;
      }
      if (last != null) {
        double gap = r.millis() - last.millis();
        gaps.merge(r.entity(), gap, (old, g) -> old + (g - old) / 16);
      }
      taken.add(r);
      before.add(r);
    }

    /// @param head newest reading's time of whoever keeps the window: what was older than five
    ///   minutes when it came has left already
    Window window(Predicate<Reading> which, int steps) {
      long last = Math.floorDiv(newest, STEP);
      long head = Long.MIN_VALUE;
      long count = 0;
      long anomalies = 0;
      double sum = 0;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Reading r : taken) {
        if (which.test(r)) {
          long step = Math.floorDiv(r.millis(), STEP);
          head = Math.max(head, step);
          if (step > last - steps && step > head - 30) {
            count++;
            anomalies += r.anomalous() ? 1 : 0;
            sum += r.value();
            low = Math.min(low, r.value());
            high = Math.max(high, r.value());
          }
        }
      }
      return count == 0 ? Window.EMPTY : new Window(count, anomalies, sum / count, low, high);
    }

    double health(String entity) {
      List<Reading> heard = Objects.requireNonNull(inOrder.get(entity));
      Window five = window(r -> r.entity().equals(entity), 30);
      double sound =
          five.count() > 0
              ? 1 - (double) five.anomalies() / five.count()
              : heard.getLast().anomalous() ? 0 : 1;
      double allowed = Math.max(60_000, 3 * gaps.getOrDefault(entity, 0.0));
      double age = newest - heard.getLast().millis();
      return sound * Math.clamp(2 - age / allowed, 0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithPlainLists(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LiveState live =
        new LiveState(
            feed,
            Map.of(KINDS[0], new ValueRange(-1e6, 100), KINDS[1], new ValueRange(-1e6, 100)),
            () -> now,
            () -> nanos);
    Model model = new Model();
    long millis = BEGIN.toEpochMilli();
    for (int round = 0; round < 150; round++) {
      millis += random.nextInt(20) == 0 ? random.nextLong(900_000) : random.nextLong(8_000);
      now = Instant.ofEpochMilli(millis);
      batch.clear();
      int rows = 1 + random.nextInt(12);
      for (int i = 0; i < rows; i++) {
        Reading r = reading(random, millis);
        decode(r);
        model.hear(r);
      }
      live.arrived(batch.columns(), 0, rows, 0);
      if (round % 10 == 9) {
        nanos += Duration.ofSeconds(2).toNanos();
        live.quiet();
        compare(live, model, "seed " + seed + ", round " + round);
      }
    }
  }

  private static Reading reading(SplittableRandom random, long millis) {
    int sensor = random.nextInt(6);
    long late =
        switch (random.nextInt(10)) {
          case 0 -> random.nextLong(60_000);
          case 1 -> random.nextLong(600_000);
          default -> random.nextLong(5) * 500;
        };
    // Sums of values around 20 whose windows of 60 deviate widely: only the range makes anomalies.
    double value = random.nextInt(8) == 0 ? 101 : random.nextInt(100);
    String place = "floor/" + (sensor == 5 && random.nextInt(30) == 0 ? 9 : sensor % 2);
    return new Reading("s" + sensor, KINDS[sensor % 2], place, value, millis - late);
  }

  private static void compare(LiveState live, Model model, String where) {
    LiveSnapshot snapshot = live.snapshot();
    assertThat(snapshot.newest()).as(where).contains(Instant.ofEpochMilli(model.newest));
    assertThat(snapshot.latest())
        .as(where)
        .extracting(LiveSnapshot.Latest::entity)
        .containsExactlyElementsOf(model.inOrder.keySet());
    for (Condition c : snapshot.conditions()) {
      String what = where + ", " + c.entity();
      Predicate<Reading> its = r -> r.entity().equals(c.entity());
      same(c.minute(), model.window(its, 6), what);
      same(c.fiveMinutes(), model.window(its, 30), what);
      List<Reading> heard = Objects.requireNonNull(model.inOrder.get(c.entity()));
      double last60 =
          heard.subList(Math.max(0, heard.size() - 60), heard.size()).stream()
              .mapToDouble(Reading::value)
              .average()
              .orElseThrow();
      assertThat(c.movingAverage()).as(what).isCloseTo(last60, within(1e-9));
      assertThat(c.health()).as(what).isCloseTo(model.health(c.entity()), within(1e-9));
      history(live.history(c.entity()).orElseThrow(), heard, what);
    }
    for (Zone zone : snapshot.zones()) {
      Predicate<Reading> its = r -> r.kind().equals(zone.kind()) && r.place().equals(zone.place());
      String what = where + ", " + zone.kind() + " at " + zone.place();
      same(zone.minute(), model.window(its, 6), what);
      same(zone.fiveMinutes(), model.window(its, 30), what);
      double health = 0;
      int entities = 0;
      for (List<Reading> heard : model.inOrder.values()) {
        if (its.test(heard.getLast())) {
          entities++;
          health += model.health(heard.getLast().entity());
        }
      }
      assertThat(zone.entities()).as(what).isEqualTo(entities);
      assertThat(zone.health()).as(what).isCloseTo(health / entities, within(1e-9));
    }
  }

  private static void history(LiveSnapshot.History history, List<Reading> heard, String what) {
    int n = history.values().length;
    assertThat(n).as(what).isGreaterThanOrEqualTo(Math.min(heard.size() - 1, 511));
    List<Reading> last = heard.subList(heard.size() - n, heard.size());
    assertThat(history.values())
        .as(what)
        .containsExactly(last.stream().mapToDouble(Reading::value).toArray());
    assertThat(history.times())
        .as(what)
        .containsExactly(last.stream().mapToLong(r -> r.millis() * 1_000).toArray());
    long under = Math.floorDiv(heard.getLast().millis(), 300_000L);
    TreeMap<Long, List<Reading>> steps = new TreeMap<>();
    heard.forEach(
        r ->
            steps
                .computeIfAbsent(Math.floorDiv(r.millis(), 300_000L), _ -> new ArrayList<>())
                .add(r));
    steps.remove(under);
    int kept = history.steps().length;
    assertThat(kept).as(what).isGreaterThanOrEqualTo(Math.min(steps.size() - 1, 255));
    List<Long> numbers = new ArrayList<>(steps.keySet());
    for (int i = 0; i < kept; i++) {
      long number = numbers.get(numbers.size() - kept + i);
      assertThat(history.steps()[i]).as(what).isEqualTo(number * 300_000_000L);
      assertThat(history.mean()[i])
          .as(what)
          .isCloseTo(
              Objects.requireNonNull(steps.get(number)).stream()
                  .mapToDouble(Reading::value)
                  .average()
                  .orElseThrow(),
              within(1e-9));
    }
  }

  private static void same(Window actual, Window expected, String what) {
    assertThat(actual.count()).as(what).isEqualTo(expected.count());
    assertThat(actual.anomalies()).as(what).isEqualTo(expected.anomalies());
    if (expected.count() > 0) {
      assertThat(actual.mean()).as(what).isCloseTo(expected.mean(), within(1e-9));
      assertThat(actual.low()).as(what).isEqualTo(expected.low());
      assertThat(actual.high()).as(what).isEqualTo(expected.high());
    } else {
      assertThat(actual.mean()).as(what).isNaN();
    }
  }

  private void decode(Reading r) {
    byte[] bytes =
        "{\"sensor_id\":\"%s\",\"sensor_type\":\"%s\",\"location\":\"%s\",\"unit\":\"C\",\"value\":%s,\"event_time\":%d}"
            .formatted(r.entity(), r.kind(), r.place(), r.value(), r.millis())
            .getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(bytes, 0, bytes.length, batch)).isEqualTo(Verdict.Event.DECODED);
    batch.accept(0, 0, 0);
  }
}
