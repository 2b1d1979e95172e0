package dev.millrace.views.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.flow.FlowPicture.Node;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Tone;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlowPlanTest {

  @Test
  void anOpenBatchIsNotBehindWhenNoMoreEventsCome() {
    Altered stands = normal().stream(0, 30_000, 30_000, 0, 0);
    assertThat(FlowPlan.usualLag(stands.moment())).isEqualTo(60_000);
    assertThat(node(Part.KAFKA, stands).tone()).isEqualTo(Tone.GOOD);
  }

  @Test
  void whatWaitsBesideTheOpenBatchIsBehind() {
    assertThat(node(Part.KAFKA, normal().stream(0, 30_000, 90_000, 0, 0)).tone())
        .isEqualTo(Tone.WARNING);
    // Three triggers of 30 s at 100 events per second.
    assertThat(FlowPlan.usualLag(normal().stream(100, 0, 0, 0, 0).moment())).isEqualTo(9_000);
  }

  @Test
  void deadLettersOfTheOpenBatchAreCountedBeforeTheyAreKept() {
    Node met = node(Part.DEAD_LETTERS, normal().stream(100, 900, 900, 5, 2));
    // 37 are kept, and three wait for the commit.
    assertThat(met.headline()).isEqualTo("40");
    assertThat(met.remark()).isEqualTo("5 in this session");
  }

  private static Altered normal() {
    return new Altered(Desk.of(Case.NORMAL).moment());
  }

  private static Node node(Part part, Altered altered) {
    return Optional.ofNullable(new FlowPlan().picture(altered.moment()).nodes().get(part))
        .orElseThrow();
  }
}
