package dev.millrace.views.trends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.live.LiveSnapshot.Latest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PicksTest {

  private final Picks picks = new Picks();

  @Test
  void oneThatIsStuckIsSaidToBeAndFoundByThatWord() {
    picks.fill(List.of(latest("t-1"), latest("t-2"), latest("t-3")), Map.of("t-3", 0));
    picks.stuck(Map.of("t-2", "stuck: 412 times the same"));
    picks.choose(Map.of("t-2", 4));
    picks.search().set("stuck");
    assertThat(picks.matching())
        .singleElement()
        .satisfies(
            pick -> {
              assertThat(pick.note())
                  .isEqualTo("stuck: 412 times the same · Temperature · Floor 1 · Zone 1");
              assertThat(pick.colour()).isEqualTo(4);
            });
    picks.fill(List.of(latest("t-2")), Map.of());
    assertThat(picks.matching()).as("as before when others are listed").hasSize(1);
    picks.stuck(Map.of());
    assertThat(picks.matching()).isEmpty();
  }

  private static Latest latest(String name) {
    return new Latest(name, "temperature", "floor-1/zone-1", "°C", 21, Instant.EPOCH, false);
  }
}
