package dev.millrace.views.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwaitedTest {

  @Test
  void theFirstFlowIsToldByItsStep() {
    Moment moment = Desk.of(Case.FIRST_FLOW).moment();
    Awaited flow = Awaited.flow(moment).orElseThrow();
    assertThat(flow.brief()).isEqualTo("flow at step 3 of 9");
    assertThat(flow.whole())
        .isEqualTo("Flow daily is running: transform silver.readings, step 3 of 9.");
    assertThat(Awaited.silver(moment).orElseThrow().brief())
        .isEqualTo("Silver: flow at step 3 of 9");
    assertThat(Awaited.checks(moment)).contains(flow);
    assertThat(Awaited.loads(moment)).contains(flow);
  }

  @Test
  void aFlowWithoutARunYetIsStarting() {
    Desk desk = Desk.of(Case.STOPPED);
    desk.engine().submit(new Command.RunFlow(SamplePipeline.NAME, "hourly"));
    assertThat(Awaited.flow(desk.moment()).orElseThrow().brief()).isEqualTo("flow is starting");
  }

  @Test
  void otherWorkIsToldByItsTitle() {
    Desk desk = Desk.of(Case.STOPPED);
    desk.engine().submit(new Command.Check(SamplePipeline.NAME, Optional.empty()));
    assertThat(Awaited.checks(desk.moment()).orElseThrow().whole())
        .isEqualTo("Check quality: reading new files.");
    assertThat(Awaited.flow(desk.moment())).isEmpty();
  }

  @Test
  void silverIsMissedOnlyUntilItStands() {
    assertThat(Awaited.silver(Desk.of(Case.NORMAL).moment())).isEmpty();
    assertThat(Awaited.silver(Desk.of(Case.EMPTY).moment()).orElseThrow().brief())
        .isEqualTo("Silver is not built yet");
    assertThat(Awaited.silver(Desk.of(Case.LOADING).moment())).isEmpty();
  }
}
