package dev.millrace.views.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FarFromUsualTest {

  private static final String PLACE = "floor-1/zone-1";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final FarFromUsual far = new FarFromUsual();

  @Test
  void whereASensorHasDriftedToIsTold() {
    assertThat(far.of(live(600, 0, 24), "temperature", NOW)).isEmpty();
    LiveSnapshot drifted = live(600, 6, 24);
    assertThat(far.of(drifted, "temperature", NOW.plusSeconds(10)))
        .as("looked for seldom")
        .isEmpty();
    assertThat(far.of(drifted, "temperature", NOW.plusSeconds(30)))
        .containsOnlyKeys(PLACE)
        .hasEntrySatisfying(
            PLACE, words -> assertThat(words).contains("24.0 °C").contains("19.6 to 20.4"));
    assertThat(far.of(drifted, "humidity", NOW)).isEmpty();
    PlacePanel panel = PanelPlan.of(PLACE, "temperature", drifted, drifted, _ -> new double[0]);
    assertThat(panel.alarm()).isEqualTo("far from usual");
    assertThat(panel.tone()).isEqualTo(Tone.WARNING);
  }

  @Test
  void aFewMinutesOrAnHourThatHasJustBegunTellNothing() {
    assertThat(far.of(live(600, 2, 90), "temperature", NOW)).isEmpty();
    assertThat(new FarFromUsual().of(live(50, 6, 90), "temperature", NOW)).isEmpty();
    assertThat(new FarFromUsual().of(live(600, 6, 20.9), "temperature", NOW))
        .as("beyond what is usual, but not far")
        .isEmpty();
  }

  /// Minutes that go from 19.5 to 20.5 and back, and the last of them elsewhere.
  private static LiveSnapshot live(int minutes, int last, double elsewhere) {
    double[] mean = new double[minutes];
    for (int i = 0; i < minutes; i++) {
      mean[i] = i >= minutes - last ? elsewhere : 20 + Math.abs(i % 20 - 10) / 10.0 - 0.5;
    }
    long[] times = LongStream.range(0, minutes).toArray();
    return new LiveSnapshot(
        Optional.of(NOW),
        List.of(new Latest("t-1", "temperature", PLACE, "°C", mean[minutes - 1], NOW, false)),
        List.of(new Series("temperature", PLACE, "°C", times, mean, mean, mean)),
        List.of(),
        List.of(),
        new double[0],
        0,
        List.of(),
        List.of(),
        List.of(),
        0);
  }
}
