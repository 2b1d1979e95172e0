package dev.millrace.views.heatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Window;
import dev.millrace.views.heatmap.PlacePanel.Sensor;
import dev.millrace.views.theme.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PanelPlanTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void aStuckSensorIsToldAsSuch() {
    LiveSnapshot live =
        new LiveSnapshot(
            Optional.of(NOW),
            List.of(latest("t-1"), latest("t-2")),
            List.of(),
            List.of(),
            List.of(),
            new double[0],
            0,
            List.of(condition("t-1", 1_234), condition("t-2", 0)),
            List.of(),
            List.of(),
            0);
    PlacePanel panel =
        PanelPlan.of("floor-1/zone-1", "temperature", live, live, _ -> new double[0]);
    assertThat(panel.sensors())
        .extracting(Sensor::note, Sensor::tone)
        .containsExactly(
            tuple("Stuck, 1,234 times", Tone.WARNING), tuple("Temperature", Tone.GOOD));
  }

  private static Latest latest(String name) {
    return new Latest(name, "temperature", "floor-1/zone-1", "°C", 21, NOW, false);
  }

  private static Condition condition(String name, int stuckFor) {
    return new Condition(name, Window.EMPTY, Window.EMPTY, 21, 1, stuckFor > 0 ? 0 : 1, stuckFor);
  }
}
