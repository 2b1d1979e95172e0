package dev.millrace.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.engine.live.LiveSnapshot.AnomalyCount;
import java.time.Duration;
import java.time.Instant;
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
        .extracting(AnomalyCount::total)
        .containsExactly(50_000L, 50_000L);
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

  private static Anomaly anomaly(Instant time, String kind, String reason, double score) {
    return new Anomaly(time, "sensor", kind, "floor-1/zone-1", "", 1, reason, score);
  }
}
