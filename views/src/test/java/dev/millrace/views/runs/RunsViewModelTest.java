package dev.millrace.views.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunsViewModelTest {

  @Test
  void theNewestRunThatBeganIsOnShow() {
    RunsViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.chosen().get()).map(FlowRun::state).contains(RunState.RUNNING);
    assertThat(model.rows()).hasSize(24);
    assertThat(model.subtitle().getValue()).isEqualTo("24 runs · 2 failed");
    assertThat(model.grid().get().steps()).startsWith("catch up sensor-events").hasSize(9);
    assertThat(model.grid().get().runs())
        .isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
  }

  @Test
  void theRangeBoundsTheGridAndNotTheList() {
    RunsViewModel model = shown(Desk.of(Case.NORMAL));
    model.range().set(RunRange.HOURS_6);
    assertThat(model.grid().get().runs()).hasSize(12);
    model.range().set(RunRange.ALL);
    assertThat(model.grid().get().runs()).hasSize(24);
    assertThat(model.rows()).hasSize(24);
  }

  @Test
  void olderRunsThanTheSnapshotHoldsAreAskedForOnce() {
    Desk desk = Desk.of(Case.OVERFULL);
    RunsViewModel model = shown(desk);
    assertThat(model.rows()).hasSize(10_000);
    model.show(desk.moment());
    assertThat(desk.engine().asked()).hasSize(1);
    model.range().set(RunRange.ALL);
    assertThat(model.grid().get().runs()).hasSize(10_000);
  }

  @Test
  void wordsAndStatesFilterTheList() {
    RunsViewModel model = shown(Desk.of(Case.NORMAL));
    model.filter().set(RunFilter.FAILED);
    assertThat(model.rows()).hasSize(3).noneMatch(r -> r.state() == RunState.SUCCEEDED);
    model.words().set("2 of 14 expectations");
    assertThat(model.rows()).hasSize(2);
    model.words().set("");
    model.filter().set(RunFilter.OPEN);
    assertThat(model.rows()).hasSize(2);
  }

  @Test
  void aLineOfTheLogNamesItsTableOnce() {
    RunsViewModel model = shown(Desk.of(Case.NORMAL));
    model.choose(4_819, "transform silver.readings");
    assertThat(model.log())
        .anySatisfy(line -> assertThat(line.text()).startsWith("built from what is new ("));
  }

  @Test
  void theLogOfAFailedRunTellsTheFaultAndTheRemedy() {
    RunsViewModel model = shown(Desk.of(Case.NORMAL));
    model.aim("#4817");
    assertThat(model.chosen().get()).map(FlowRun::state).contains(RunState.FAILED);
    model.level().set(LogLevel.ERROR);
    assertThat(model.log())
        .anySatisfy(line -> assertThat(line.text()).contains("expectations failed"))
        .anySatisfy(line -> assertThat(line.text()).contains("lower the severity"));
    model.level().set(LogLevel.INFO);
    int all = model.log().size();
    model.choose(4_817, "check bronze.sensor_events");
    assertThat(model.log()).hasSizeLessThan(all).isNotEmpty();
    assertThat(model.log()).allMatch(line -> line.step().equals("check bronze.sensor_events"));
  }

  @Test
  void aRunThatEndsStaysOnShowWhileAPersonLooksAtAnother() {
    Desk desk = Desk.of(Case.NORMAL);
    RunsViewModel model = shown(desk);
    model.choose(4_810, "");
    desk.engine().pass(60);
    model.show(desk.moment());
    assertThat(model.chosen().get()).map(FlowRun::id).contains(4_810L);
    model.aim("newest");
    assertThat(model.chosen().get()).map(FlowRun::id).contains(4_820L);
  }

  @Test
  void aFlowRunsOnceAtATimeAndCanBeCancelled() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.engine().idle();
    RunsViewModel model = shown(desk);
    assertThat(model.preview()).contains("9 steps").contains("only what is new");
    model.run();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.RunFlow(SamplePipeline.NAME, "daily"));
    model.show(desk.moment());
    assertThat(model.running().get()).isTrue();
    assertThat(model.cancellable().get()).isTrue();
    model.run();
    assertThat(desk.engine().commands()).hasSize(1);
    model.cancel();
    model.show(desk.moment());
    assertThat(model.running().get()).isFalse();
  }

  @Test
  void withoutRunsTheRoomIsEmpty() {
    RunsViewModel model = shown(Desk.of(Case.EMPTY));
    assertThat(model.empty().get()).isTrue();
    assertThat(model.subtitle().getValue()).isEqualTo("no run yet");
  }

  private static RunsViewModel shown(Desk desk) {
    RunsViewModel model = new RunsViewModel(desk.desk(), new Clock(ZoneOffset.UTC));
    model.show(desk.moment());
    return model;
  }
}
