package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.event.EventBatch;
import dev.millrace.engine.event.EventDecoder;
import dev.millrace.engine.event.Feeds;
import dev.millrace.engine.event.Verdict;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.ValueRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveStateTest {

  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private final Feed feed = Feeds.readings();
  private final EventDecoder decoder = new EventDecoder(feed);
  private final EventBatch batch = new EventBatch(feed);
  private Instant now = START.plus(Duration.ofDays(2));
  private long nanos;
  private final LiveState live =
      new LiveState(feed, Map.of("temperature", new ValueRange(-40, 85)), () -> now, () -> nanos);

  @Test
  void beforeTheFirstEventThereIsNothing() {
    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.newest()).isEmpty();
    assertThat(snapshot.latest()).isEmpty();
    assertThat(snapshot.eventsPerSecond()).hasSize(120).containsOnly(0);
  }

  @Test
  void theLatestReadingPerEntityStandsByName() {
    arrive("b", 20, 0);
    arrive("a", 21, 1);
    arrive("b", 22, 2);
    arrive("b", 19, 1);

    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.newest()).contains(START.plusSeconds(2));
    assertThat(snapshot.latest())
        .containsExactly(
            new LiveSnapshot.Latest(
                "a", "temperature", "floor-1/a", "C", 21, START.plusSeconds(1), false),
            new LiveSnapshot.Latest(
                "b", "temperature", "floor-1/a", "C", 22, START.plusSeconds(2), false));
  }

  @Test
  void minutesAreAveragedPerKindAndPlaceAndADuplicateCountsOnce() {
    arrive("a", 20, 0);
    arrive("a", 20, 0);
    arrive("b", 30, 10);
    arrive("a", 50, 180);
    arrive("b", 10, -60);

    LiveSnapshot.Series series = picture(live).series().getFirst();
    long minute = START.getEpochSecond() / 60;
    assertThat(series.minutes()).containsExactly(minute - 1, minute, minute + 3);
    assertThat(series.mean()).containsExactly(10, 25, 50);
    assertThat(series.low()).containsExactly(10, 20, 50);
    assertThat(series.high()).containsExactly(10, 30, 50);
  }

  @Test
  void aDayIsKept() {
    arrive("a", 20, 0);
    arrive("a", 21, 23 * 3_600);
    assertThat(picture(live).series().getFirst().minutes()).hasSize(2);
    LiveState later = new LiveState(feed, Map.of(), () -> now, () -> nanos);
    arrive(later, "a", 20, 0);
    arrive(later, "a", 21, 24 * 3_600);
    assertThat(picture(later).series().getFirst().mean()).containsExactly(21);
  }

  @Test
  void anomaliesAreFoundAsSilverFindsThem() {
    for (int i = 0; i < 10; i++) {
      arrive("a", i % 2, i);
    }
    arrive("a", 3, 10);
    arrive("a", 90, 11);
    arrive("b", 100, 12);
    arrive("a", 0, 13);

    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.anomalies())
        .extracting(LiveSnapshot.Anomaly::entity, LiveSnapshot.Anomaly::reason)
        .containsExactly(tuple("b", "RANGE"), tuple("a", "RANGE+ZSCORE"), tuple("a", "ZSCORE"));
    assertThat(snapshot.anomalies().getLast().score())
        .isCloseTo(2.5 / Math.sqrt(2.5 / 9), within(1e-9));
    assertThat(snapshot.anomalies().getFirst().score()).isNaN();
    assertThat(snapshot.latest())
        .extracting(LiveSnapshot.Latest::anomalous)
        .containsExactly(false, true);
  }

  @Test
  void ratesAndLatenciesFollowTheClock() {
    now = START.plusMillis(100);
    for (int i = 0; i < 50; i++) {
      arrive("s" + i, 20, 0);
    }
    now = START.plusSeconds(1);
    arrive("late", 20, -3_600);
    now = START.plusSeconds(2);

    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.eventsPerSecond()).endsWith(0, 50, 1);
    assertThat(snapshot.latencyP99Millis()).isBetween(100.0, 113.0);

    now = START.plus(Duration.ofMinutes(5));
    assertThat(picture(live).eventsPerSecond()).containsOnly(0);
    assertThat(picture(live).latencyP99Millis()).isZero();
  }

  @Test
  void aSnapshotStaysAsItWas() {
    arrive("a", 20, 0);
    LiveSnapshot before = picture(live);
    arrive("a", 40, 60);
    picture(live);
    assertThat(before.latest().getFirst().value()).isEqualTo(20);
    assertThat(before.series().getFirst().mean()).containsExactly(20);
  }

  @Test
  void publishesAtThePulseWhenAskedAndFourTimesASecondWhenNot() {
    arrive("a", 20, 0);
    assertThat(live.snapshot().latest().getFirst().value()).as("the first at once").isEqualTo(20);
    nanos += Duration.ofMillis(14).toNanos();
    arrive("a", 21, 1);
    assertThat(live.snapshot().latest().getFirst().value()).isEqualTo(20);
    nanos += Duration.ofMillis(1).toNanos();
    arrive("a", 22, 2);
    assertThat(live.snapshot().latest().getFirst().value()).isEqualTo(22);
    assertThat(live.snapshot().events()).isEqualTo(3);

    nanos += Duration.ofMillis(20).toNanos();
    arrive("a", 23, 3);
    nanos += Duration.ofMillis(200).toNanos();
    arrive("a", 24, 4);
    assertThat(live.snapshot().latest().getFirst().value()).as("was not asked for").isEqualTo(23);
    nanos += Duration.ofMillis(250).toNanos();
    arrive("a", 25, 5);
    assertThat(live.snapshot().latest().getFirst().value()).isEqualTo(25);
  }

  @Test
  void aBacklogSaysNothingOfLatency() {
    now = START.plusMillis(500);
    for (int second = -3_600; second <= -1; second++) {
      arrive("a", 20, second);
    }
    now = START.plusMillis(1_500);
    arrive("b", 20, -40);
    now = START.plusMillis(9_500);
    arrive("b", 20, -30);
    now = START.plusMillis(13_500);
    arrive("a", 20, 13);
    now = START.plusMillis(14_500);
    assertThat(picture(live).latencyP99Millis())
        .as(
            "neither the backlog's last minute nor what lags behind in it counts, what is live does")
        .isBetween(500.0, 570.0);

    now = START.plusMillis(40_000);
    arrive("a", 20, 30);
    now = START.plusMillis(41_000);
    assertThat(picture(live).latencyP99Millis())
        .as("a gap in time is no backlog")
        .isBetween(10_000.0, 11_300.0);
  }

  @Test
  void oneThatIsStuckIsNotHealthy() {
    for (int second = 0; second < 100; second++) {
      arrive("a", second < 65 ? second % 5 : 3, second);
      arrive("b", second % 5, second);
    }
    assertThat(picture(live).conditions())
        .extracting(LiveSnapshot.Condition::stuckFor, LiveSnapshot.Condition::health)
        .containsExactly(tuple(35, 0.0), tuple(0, 1.0));
    arrive("a", 4, 100);
    assertThat(picture(live).conditions().getFirst().health()).isEqualTo(1);
  }

  @Test
  void aReadingFromTheFutureIsLeftOut() {
    now = START;
    arrive("a", 20, 0);
    arrive("b", 21, 301);
    arrive("b", 22, 299);

    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.newest()).contains(START.plusSeconds(299));
    assertThat(snapshot.latest())
        .extracting(LiveSnapshot.Latest::value)
        .containsExactly(20.0, 22.0);
    assertThat(snapshot.events()).isEqualTo(3);
  }

  @Test
  void healthIsFreshnessTimesTheShareOfSoundReadings() {
    for (int second = 0; second < 40; second += 10) {
      arrive("a", second == 20 ? 90 : 20, second);
      arrive("b", 20, second);
    }
    assertThat(picture(live).conditions())
        .extracting(LiveSnapshot.Condition::health)
        .containsExactly(0.75, 1.0);

    arrive("b", 20, 30 + 90);
    LiveSnapshot later = picture(live);
    assertThat(later.conditions().getFirst().freshness()).isEqualTo(0.5);
    assertThat(later.conditions().getFirst().health()).isEqualTo(0.375);
    assertThat(later.zones()).hasSize(1);
    assertThat(later.zones().getFirst().health()).isCloseTo((0.375 + 1) / 2, within(1e-12));
    assertThat(later.places())
        .containsExactly(
            new LiveSnapshot.PlaceHealth("floor-1/a", 2, later.zones().getFirst().health()));

    arrive("b", 20, 30 + 121);
    assertThat(picture(live).conditions().getFirst().health()).isZero();
  }

  @Test
  void anEntitysHistoryIsReadOnDemand() {
    for (int i = 0; i < 1_000; i++) {
      arrive("a", i % 50, i);
    }
    LiveSnapshot.History history = live.history("a").orElseThrow();
    assertThat(history.values()).hasSize(511);
    assertThat(history.values()[510]).isEqualTo(49);
    assertThat(history.times()[510]).isEqualTo(START.plusSeconds(999).getEpochSecond() * 1_000_000);
    assertThat(history.steps())
        .containsExactly(
            START.getEpochSecond() * 1_000_000,
            START.plusSeconds(300).getEpochSecond() * 1_000_000,
            START.plusSeconds(600).getEpochSecond() * 1_000_000);
    assertThat(history.mean()).containsExactly(24.5, 24.5, 24.5);
    assertThat(live.history("unheard")).isEmpty();
  }

  @Test
  void seedsAreGoneOnFrom() {
    for (int i = 0; i < 20; i++) {
      live.seedReading("a", "temperature", "floor-1/a", "C", i % 2, START.minusSeconds(100 - i));
    }
    long minute = START.getEpochSecond() / 60;
    live.seedMinute("temperature", "floor-1/a", "C", minute, 3, 10, 5, 15);
    live.judged(
        new JudgedAnomalies(
            START.minusSeconds(3_600),
            START,
            List.of(
                new LiveSnapshot.Anomaly(
                    START, "z", "temperature", "x", "C", 1, "RANGE", Double.NaN)),
            List.of(),
            List.of()));
    arrive("a", 50, 1);

    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.anomalies())
        .extracting(LiveSnapshot.Anomaly::entity)
        .containsExactly("a", "z");
    assertThat(snapshot.series().getFirst().mean()).containsExactly(20);
    assertThat(snapshot.eventsPerSecond()).containsOnly(0);
  }

  @Test
  void aSeededReadingIsAnAnomalyByTheSameRules() {
    for (int i = 0; i < 20; i++) {
      double value = i >= 18 ? 500 : i % 2;
      live.seedReading("a", "temperature", "floor-1/a", "C", value, START.minusSeconds(100 - i));
    }
    live.quiet();
    LiveSnapshot snapshot = picture(live);
    assertThat(snapshot.latest().getFirst().anomalous()).isTrue();
    assertThat(snapshot.conditions().getFirst().fiveMinutes().anomalies()).isEqualTo(2);
    assertThat(snapshot.conditions().getFirst().health()).isLessThan(1);
  }

  /// As after a start with events that Silver had not taken in, which a later flow judges.
  @Test
  void whatATableJudgedIsShownThoughNoEventComes() {
    for (int i = 0; i < 70; i++) {
      arrive("a", i % 2, i);
    }
    arrive("a", 60, 80);
    arrive("a", 70, 400);
    assertThat(picture(live).anomalyCounts().getFirst().total()).isEqualTo(2);
    Instant from = START.minus(Duration.ofHours(24));
    Instant until = START.plusSeconds(90);
    LiveSnapshot.Anomaly judged =
        new LiveSnapshot.Anomaly(
            START.plusSeconds(80), "a", "temperature", "floor-1/a", "C", 60, "ZSCORE", 99);
    live.judged(
        new JudgedAnomalies(
            from,
            until,
            List.of(judged),
            List.of(judged),
            List.of(
                new JudgedAnomalies.Count(
                    START.minusSeconds(600), "temperature", "ZSCORE", Gravity.NOTICE, 40),
                new JudgedAnomalies.Count(START, "temperature", "ZSCORE", Gravity.NOTICE, 7))));

    LiveSnapshot snapshot = live.snapshot();
    assertThat(snapshot.anomalyCounts().stream().mapToLong(c -> c.total()).sum())
        .isEqualTo(40 + 7 + 1);
    assertThat(snapshot.anomalies())
        .extracting(LiveSnapshot.Anomaly::time)
        .containsExactly(START.plusSeconds(400), START.plusSeconds(80));
    assertThat(snapshot.anomalies().getLast()).isEqualTo(judged);
  }

  @Test
  void codesThatChangeTheirMeaningAreNoticed() {
    arrive("first", 20, 0);
    for (int i = 0; i < 20_000; i++) {
      decode(
          "{\"sensor_id\":\"x%d\",\"sensor_type\":\"t\",\"event_time\":1767225600000}"
              .formatted(i));
    }
    batch.clear();
    arrive("second", 30, 1);
    assertThat(picture(live).latest())
        .extracting(LiveSnapshot.Latest::entity)
        .containsExactly("first", "second");
  }

  /// All that came, whatever was published before.
  private LiveSnapshot picture(LiveState of) {
    nanos += Duration.ofSeconds(2).toNanos();
    of.quiet();
    return of.snapshot();
  }

  private void arrive(String sensor, double value, long second) {
    arrive(live, sensor, value, second);
  }

  private void arrive(LiveState into, String sensor, double value, long second) {
    batch.clear();
    decode(
        "{\"sensor_id\":\"%s\",\"sensor_type\":\"temperature\",\"location\":\"floor-1/a\",\"unit\":\"C\",\"value\":%s,\"event_time\":\"%s\"}"
            .formatted(sensor, value, START.plusSeconds(second)));
    into.arrived(batch.columns(), 0, 1, 0);
  }

  private void decode(String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(bytes, 0, bytes.length, batch)).isEqualTo(Verdict.Event.DECODED);
    batch.accept(0, 0, 0);
  }
}
