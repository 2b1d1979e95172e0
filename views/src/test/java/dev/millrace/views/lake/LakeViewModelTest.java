package dev.millrace.views.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.care.CareOrder;
import dev.millrace.views.Preferences;
import dev.millrace.views.controls.Fact;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LakeViewModelTest {

  @Test
  void tablesAreListedAndSilverIsOnShowFirst() {
    LakeViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.tables()).hasSize(7);
    assertThat(model.tables().getFirst().share()).isBetween(0.7, 0.9);
    assertThat(model.chosen().get()).isEqualTo(SamplePipeline.SILVER);
    assertThat(model.about().get()).map(Answer.AboutTable::table).contains(SamplePipeline.SILVER);
    assertThat(model.facts().get())
        .extracting(Fact::name)
        .containsExactly("Rows", "Size", "Files", "Version", "Fresh", "Partitioned", "Kept");
    assertThat(model.facts().get().get(5).value()).isEqualTo("event_date");
    assertThat(model.facts().get().get(6).value()).isEqualTo("2 years");
  }

  @Test
  void aNewVersionIsLookedAtAgainAndNothingElseIs() {
    Desk desk = Desk.of(Case.NORMAL);
    LakeViewModel model = shown(desk);
    model.show(desk.moment());
    assertThat(aboutAsked(desk)).isEqualTo(1);
    desk.engine().pass(61);
    model.show(desk.moment());
    assertThat(aboutAsked(desk)).isEqualTo(2);
  }

  private static long aboutAsked(Desk desk) {
    return desk.engine().asked().stream()
        .filter(c -> c instanceof Command.Ask ask && ask.question() instanceof Question.AboutTable)
        .count();
  }

  @Test
  void wordsFilterTheTables() {
    LakeViewModel model = shown(Desk.of(Case.NORMAL));
    model.filter().set("gold.");
    assertThat(model.tables()).hasSize(4);
  }

  @Test
  void rowsAreReadOnlyWhenTheyAreLookedAt() {
    Desk desk = Desk.of(Case.NORMAL);
    LakeViewModel model = shown(desk);
    assertThat(model.rows().get()).isEqualTo(new SqlResult.Nothing());
    model.tab().set(TableTab.ROWS);
    assertThat(model.rows().get().found()).isPresent();
    model.chosen().set(SamplePipeline.HOURLY);
    assertThat(desk.engine().asked())
        .contains(
            new Command.Ask(
                SamplePipeline.NAME,
                new Question.Rows(
                    "SELECT * FROM gold_location_hourly", java.util.Optional.empty(), 500)));
  }

  @Test
  void aPreviewTellsHowFarItIs() {
    Desk desk = Desk.of(Case.NORMAL);
    LakeViewModel model = shown(desk);
    CareOrder order = new CareOrder.Vacuum(SamplePipeline.SILVER, Duration.ofDays(7), false);
    model.preview(order, _ -> {});
    assertThat(model.previewing().getValue()).isEmpty();
    Moment moment = desk.moment();
    EngineSnapshot now = moment.engine();
    WorkStatus work =
        new WorkStatus(
            7,
            new Command.PreviewCare(SamplePipeline.NAME, order),
            moment.now(),
            "look through silver.readings",
            200,
            1_400);
    model.show(
        new Moment(
            moment.now(),
            new EngineSnapshot(
                now.at(), now.services(), now.pipelines(), List.of(work), now.events()),
            moment.pipeline(),
            moment.simulator()));
    assertThat(model.previewing().getValue())
        .isEqualTo("look through silver.readings, 200 of 1,400");
    model.preview(new CareOrder.Vacuum(SamplePipeline.SILVER, Duration.ofDays(30), false), _ -> {});
    assertThat(model.previewing().getValue()).isEmpty();
  }

  @Test
  void workIsPreviewedBeforeItIsDone() {
    Desk desk = Desk.of(Case.NORMAL);
    LakeViewModel model = shown(desk);
    CareChoice choice = CareChoice.optimize(SamplePipeline.SILVER, List.of("sensor_id"));
    assertThat(choice.ways()).hasSize(2);
    List<Outcome> told = new ArrayList<>();
    model.preview(choice.ways().getFirst().order(), told::add);
    assertThat(told).singleElement().isInstanceOf(Outcome.Cared.class);
    assertThat(desk.engine().commands()).isEmpty();
    model.carryOut(choice.ways().getFirst().order());
    assertThat(desk.engine().commands())
        .containsExactly(
            new Command.CareForTables(SamplePipeline.NAME, choice.ways().getFirst().order()));
  }

  @Test
  void aRestoreOfBronzeAsksWhatBecomesOfTheStream() {
    CareChoice choice = CareChoice.restore(SamplePipeline.BRONZE, 12);
    assertThat(choice.ways())
        .extracting(way -> ((CareOrder.Restore) way.order()).offsets())
        .containsExactly(CareOrder.Offsets.KEEP, CareOrder.Offsets.REREAD);
    assertThat(CareChoice.restore(SamplePipeline.SILVER, 12).ways()).hasSize(1);
    assertThat(CareChoice.vacuum(SamplePipeline.SILVER).grave()).isTrue();
  }

  @Test
  void otherRoomsPointAtATableOrAQuery() {
    LakeViewModel model = shown(Desk.of(Case.NORMAL));
    model.aim("gold.sensors");
    assertThat(model.chosen().get()).isEqualTo(SamplePipeline.SENSORS);
    model.aim("sql SELECT 1");
    assertThat(model.tab().get()).isEqualTo(TableTab.SQL);
    assertThat(model.sql().text().get()).isEqualTo("SELECT 1");
  }

  @Test
  void withoutTablesTheRoomIsEmpty() {
    assertThat(shown(Desk.of(Case.EMPTY)).empty().get()).isTrue();
  }

  private static LakeViewModel shown(Desk desk) {
    Clock clock = new Clock(ZoneOffset.UTC);
    LakeViewModel model =
        new LakeViewModel(
            desk.desk(), clock, new SqlViewModel(desk.desk(), clock, Preferences.inMemory()));
    model.show(desk.moment());
    return model;
  }
}
