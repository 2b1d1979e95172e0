package dev.millrace.views.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.views.desk.ProgramWork;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ShellViewModelTest {

  @Test
  void servicesStreamAndFiguresAreTold() {
    ShellViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.chips().get())
        .extracting(ShellViewModel.Chip::text)
        .containsExactly("Kafka up", "PostgreSQL up", "Stream running");
    assertThat(model.figures().get())
        .first()
        .extracting(ShellViewModel.Chip::text)
        .isEqualTo("98/s");
    assertThat(model.demo().get()).isTrue();
    assertThat(model.notice().get()).isEmpty();
    assertThat(model.loading().get()).isFalse();
  }

  @Test
  void workIsToldWithShareRateAndTimeLeft() {
    ShellViewModel model = shown(Desk.of(Case.NORMAL));
    ShellViewModel.WorkLine work = model.work().get().orElseThrow();
    assertThat(work.title()).isEqualTo("Build silver.readings");
    assertThat(work.share()).isBetween(0.45, 0.46);
    assertThat(work.detail()).contains("45 %").contains("/s").contains("left");
  }

  @Test
  void aFlowsShareIsOfAllItsStepsAndNoTimeLeftIsGuessedFromOne() {
    ShellViewModel.WorkLine work = shown(Desk.of(Case.FIRST_FLOW)).work().get().orElseThrow();
    assertThat(work.share()).isBetween(0.27, 0.28);
    assertThat(work.detail())
        .isEqualTo("27 % · 3 of 9, transform silver.readings: reading bronze.sensor_events · 6 s");
  }

  @Test
  void theFlowRunsOnceAtATime() {
    Desk desk = Desk.of(Case.NORMAL);
    ShellViewModel model = shown(desk);
    model.run();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.RunFlow(SamplePipeline.NAME, "daily"));
    model.show(desk.moment());
    assertThat(model.runnable().get()).isFalse();
    model.run();
    assertThat(desk.engine().commands()).hasSize(1);
  }

  @Test
  void aServiceThatIsDownIsTheFirstThingToKnow() {
    Notice notice = shown(Desk.of(Case.SERVICE_DOWN)).notice().get().orElseThrow();
    assertThat(notice.tone()).isEqualTo(Tone.BAD);
    assertThat(notice.what()).contains("Kafka").contains("connection refused");
  }

  @Test
  void aDatabaseThatEndedIsRestartedFromTheNotice() {
    Desk desk = Desk.of(Case.NORMAL);
    ShellViewModel model = shown(desk);
    desk.engine().database(false);
    model.show(desk.moment());
    Notice notice = model.notice().get().orElseThrow();
    assertThat(notice.what()).contains("PostgreSQL").contains("has ended");
    assertThat(model.runnable().get()).as("a flow needs it").isFalse();
    assertThat(notice.remedy()).doesNotContain("start Millrace again");
    notice.action().orElseThrow().run().run();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.RestartDatabase(SamplePipeline.NAME));
    model.show(desk.moment());
    assertThat(model.notice().get().flatMap(Notice::action)).as("once at a time").isEmpty();
    desk.engine().database(true);
    model.show(desk.moment());
    assertThat(model.notice().get()).isEmpty();
    assertThat(model.runnable().get()).isTrue();
  }

  @Test
  void workOfTheProgramIsToldFirstAndCancelled() {
    Desk desk = Desk.of(Case.NORMAL);
    ShellViewModel model = new ShellViewModel(desk.desk(), new Clock(ZoneOffset.UTC), "daily");
    try (ProgramWork fill = desk.desk().begin("Fill demo data", desk.engine().time())) {
      fill.report("events", 60_000, 150_000);
      desk.engine().pass(2);
      model.show(desk.moment());
      ShellViewModel.WorkLine line = model.work().get().orElseThrow();
      assertThat(line.title()).isEqualTo("Fill demo data");
      assertThat(line.detail()).isEqualTo("40 % · events · 30.0k/s · 3 s left");
      assertThat(line.share()).isEqualTo(0.4);
      assertThat(line.others()).isEqualTo(1);
      assertThat(line.cancellable()).isTrue();
      model.cancelWork();
      assertThat(fill.cancelled()).isTrue();
      model.show(desk.moment());
      assertThat(model.work().get().orElseThrow().cancellable()).isFalse();
    }
    model.show(desk.moment());
    assertThat(model.work().get().orElseThrow().title()).isEqualTo("Build silver.readings");
  }

  @Test
  void aStoppedStreamOffersToStart() {
    Desk desk = Desk.of(Case.STOPPED);
    Notice notice = shown(desk).notice().get().orElseThrow();
    assertThat(notice.what()).contains("stopped");
    notice.action().orElseThrow().run().run();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.StartStream(SamplePipeline.NAME, SamplePipeline.FEED));
  }

  @Test
  void aFailedStreamSaysWhyAndWhatIsSafe() {
    Notice notice = shown(Desk.of(Case.FAILED)).notice().get().orElseThrow();
    assertThat(notice.what()).contains("no space left");
    assertThat(notice.remedy()).contains("Nothing is lost");
    assertThat(notice.action()).isPresent();
  }

  @Test
  void aStreamThatIsHeldUpSaysByWhat() {
    ShellViewModel model = shown(Desk.of(Case.HELD_UP));
    assertThat(model.chips().get())
        .extracting(ShellViewModel.Chip::text)
        .contains("Stream held up");
    Notice notice = model.notice().get().orElseThrow();
    assertThat(notice.tone()).isEqualTo(Tone.WARNING);
    assertThat(notice.what()).contains("the disk of the lake is full");
    assertThat(notice.remedy()).contains("free space");
  }

  @Test
  void beforeTheFirstLookItIsLoading() {
    assertThat(shown(Desk.of(Case.LOADING)).loading().get()).isTrue();
  }

  @Test
  void anEmptyPipelineIsNotBlamedForStandingStill() {
    assertThat(shown(Desk.of(Case.EMPTY)).notice().get()).isEmpty();
  }

  @Test
  void theLastCommitIsNeverToldMissingWhileBronzeTellsOfOne() {
    assertThat(shown(Desk.of(Case.NORMAL)).figures().get().getLast().text()).endsWith(" ago");
    assertThat(shown(Desk.of(Case.FIRST_FLOW)).figures().get().getLast().text())
        .as("the stream made none since it started")
        .isEqualTo("11 s ago");
    assertThat(shown(Desk.of(Case.EMPTY)).figures().get().getLast().text()).isEqualTo("none yet");
  }

  private static ShellViewModel shown(Desk desk) {
    ShellViewModel model = new ShellViewModel(desk.desk(), new Clock(ZoneOffset.UTC), "daily");
    model.show(desk.moment());
    return model;
  }
}
