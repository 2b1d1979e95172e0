package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnomalyMemoryTest {

  private static final Instant NOW = Instant.parse("2026-03-05T12:34:56Z");

  private final AnomalyMemory memory = new AnomalyMemory();

  @Test
  void everyAnomalyIsCountedThoughNotAllAreKept() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100_000; i++) {
      Instant time = NOW.minusSeconds(random.nextLong(Duration.ofHours(20).toSeconds()));
      memory.add(anomaly(time, i % 2 == 0 ? "temperature" : "humidity", "ZSCORE", 4 + i % 9));
    }
    assertThat(memory.counts(NOW))
        .extracting(AnomalyCount::kind, AnomalyCount::gravity)
        .containsExactly(
            tuple("humidity", Gravity.NOTICE),
            tuple("humidity", Gravity.WARNING),
            tuple("temperature", Gravity.NOTICE),
            tuple("temperature", Gravity.WARNING));
    assertThat(memory.counts(NOW).stream().mapToLong(AnomalyCount::total).sum()).isEqualTo(100_000);
    assertThat(memory.kept(NOW)).hasSizeBetween(400, 900);
  }

  @Test
  void theMostStrikingOfAKindAndFiveMinutesIsKept() {
    Instant early = NOW.minus(Duration.ofHours(3));
    memory.add(anomaly(early, "temperature", "ZSCORE", 5));
    memory.add(anomaly(early.plusSeconds(1), "temperature", "ZSCORE", -9));
    memory.add(anomaly(early.plusSeconds(2), "temperature", "RANGE", Double.NaN));
    memory.add(anomaly(early.plusSeconds(3), "temperature", "ZSCORE", 20));
    for (int i = 0; i < 300; i++) {
      memory.add(anomaly(NOW.minusMillis(i), "vibration", "ZSCORE", 6));
    }
    List<Anomaly> temperature =
        memory.kept(NOW).stream().filter(a -> a.kind().equals("temperature")).toList();
    assertThat(temperature).extracting(Anomaly::reason).containsExactly("RANGE");
  }

  @Test
  void whatIsOlderThanADayIsForgotten() {
    memory.add(anomaly(NOW.minus(Duration.ofHours(30)), "temperature", "ZSCORE", 5));
    memory.add(anomaly(NOW, "temperature", "ZSCORE", 5));
    assertThat(memory.kept(NOW)).hasSize(1);
    assertThat(memory.counts(NOW)).extracting(AnomalyCount::total).containsExactly(1L);
    assertThat(memory.counts(NOW).getFirst().perHour()[23]).isEqualTo(1);
  }

  @Test
  void aDayIsCountedToItsFiveMinutes() {
    memory.add(anomaly(NOW.minus(Duration.ofHours(24)), "temperature", "ZSCORE", 5));
    memory.add(anomaly(Instant.parse("2026-03-04T12:35:00Z"), "temperature", "ZSCORE", 5));
    memory.add(anomaly(NOW.minus(Duration.ofMinutes(59)), "temperature", "ZSCORE", 5));
    AnomalyCount count = memory.counts(NOW).getFirst();
    assertThat(count.total()).isEqualTo(2);
    assertThat(count.perHour()[0]).isEqualTo(1);
    assertThat(count.perHour()[23]).isEqualTo(1);
  }

  @Test
  void aTablesWordStandsForItsSpanAndWhatCameLaterIsAdded() {
    Instant from = NOW.minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);
    Instant until = NOW.minusSeconds(600);
    memory.add(anomaly(from.minusSeconds(1), "temperature", "ZSCORE", 5));
    for (int i = 0; i < 50; i++) {
      memory.add(anomaly(from.plusSeconds(i), "temperature", "ZSCORE", 5));
    }
    memory.add(anomaly(until, "temperature", "ZSCORE", 5));
    memory.add(anomaly(NOW, "temperature", "ZSCORE", 5));
    memory.take(
        new JudgedAnomalies(
            from,
            until,
            List.of(anomaly(until, "temperature", "RANGE", 9)),
            List.of(anomaly(from, "temperature", "RANGE", 9)),
            List.of(
                new JudgedAnomalies.Count(from, "temperature", "ZSCORE", Gravity.NOTICE, 12),
                new JudgedAnomalies.Count(
                    from.plus(Duration.ofMinutes(20)), "humidity", "RANGE", Gravity.CRITICAL, 3))));

    assertThat(memory.counts(NOW))
        .extracting(c -> c.kind() + " " + c.total())
        .containsExactly("humidity 3", "temperature 14");
    assertThat(memory.kept(NOW))
        .extracting(a -> a.reason() + " " + a.time())
        .containsExactly(
            "ZSCORE " + NOW, "RANGE " + until, "RANGE " + from, "ZSCORE " + from.minusSeconds(1));
  }

  @Test
  void whatNoTableHasJudgedIsKeptWhole() {
    Instant from = NOW.minus(Duration.ofHours(1));
    for (int i = 0; i < 3_000; i++) {
      memory.add(anomaly(from.plusSeconds(i), "temperature", "ZSCORE", 5));
    }
    assertThat(memory.unjudged()).hasSize(3_000);
    assertThat(memory.judgedUntil()).isEmpty();
    Instant until = from.plusSeconds(2_000);
    memory.take(
        new JudgedAnomalies(
            from.minusSeconds(600),
            until,
            List.of(),
            List.of(),
            List.of(
                new JudgedAnomalies.Count(from, "temperature", "ZSCORE", Gravity.NOTICE, 1_900),
                new JudgedAnomalies.Count(until, "temperature", "ZSCORE", Gravity.NOTICE, 7))));
    assertThat(memory.judgedUntil()).contains(until);
    assertThat(memory.unjudged()).hasSize(999).allSatisfy(a -> assertThat(a.time()).isAfter(until));
    assertThat(memory.counts(NOW))
        .as("what the table counted and what came since, in the slot it ends in too")
        .extracting(AnomalyCount::total)
        .containsExactly(1_907L + 999);
  }

  @Test
  void aTablesWordCanBeTakenAgainAndAgain() {
    Instant from = NOW.minus(Duration.ofHours(24));
    for (int i = 1; i <= 3; i++) {
      memory.take(
          new JudgedAnomalies(
              from,
              NOW.minusSeconds(400),
              List.of(),
              List.of(),
              List.of(
                  new JudgedAnomalies.Count(
                      NOW.minusSeconds(4_000), "humidity", "RANGE", Gravity.CRITICAL, i))));
      assertThat(memory.counts(NOW)).extracting(AnomalyCount::total).containsExactly((long) i);
    }
  }

  private static Anomaly anomaly(Instant time, String kind, String reason, double score) {
    return new Anomaly(time, "sensor", kind, "floor-1/zone-1", "", 1, reason, score);
  }
}
