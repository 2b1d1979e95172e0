package dev.millrace.views.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnTest {

  private final Desk desk = Desk.of(Case.STOPPED);

  @Test
  void whatRunsBesideHoldsNoTurn() {
    assertThat(Turn.taken(desk.moment())).isEmpty();
    desk.engine().submit(new Command.PreviewLoad(SamplePipeline.NAME));
    desk.engine().submit(new Command.StartStream(SamplePipeline.NAME, SamplePipeline.FEED));
    desk.engine().submit(new Command.RunFlow("another", "daily"));
    assertThat(Turn.taken(desk.moment())).isEmpty();
  }

  @Test
  void theWorkThatWasAskedForFirstHoldsIt() {
    desk.engine().submit(new Command.RunFlow(SamplePipeline.NAME, "daily"));
    desk.engine().submit(new Command.Load(SamplePipeline.NAME));
    Turn turn = Turn.taken(desk.moment()).orElseThrow();
    assertThat(turn.after()).isEqualTo("after the flow");
    assertThat(turn.whole()).contains("“Run flow daily” is under way").contains("has ended");
    assertThat(desk.desk().turn().get()).contains(turn);
  }

  @Test
  void buttonsSayWhatTheyWouldWaitFor() {
    desk.engine().submit(new Command.Transform(SamplePipeline.NAME, Optional.empty()));
    Optional<Turn> turn = Turn.taken(desk.moment());
    assertThat(Turn.words("Load now", turn)).isEqualTo("Load after the build");
    assertThat(Turn.words("Load …", turn)).isEqualTo("Load after the build …");
    assertThat(Turn.words("Check all", turn)).isEqualTo("Check all after the build");
    assertThat(Turn.words("Load now", Optional.empty())).isEqualTo("Load now");
  }
}
