package dev.millrace.views.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.lake.SqlResult;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import dev.millrace.views.warehouse.LoadRow.Standing;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarehouseViewModelTest {

  private final Preferences preferences = Preferences.inMemory();

  @Test
  void tablesTellHowFarTheyAreBehindTheLake() {
    WarehouseViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.tables())
        .extracting(LoadRow::target, LoadRow::words)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("fact_sensor_5min", "3 versions behind"),
            org.assertj.core.api.Assertions.tuple("fact_location_hourly", "2 versions behind"),
            org.assertj.core.api.Assertions.tuple("fact_daily_summary", "up to date"),
            org.assertj.core.api.Assertions.tuple("dim_sensors", "up to date"));
    assertThat(model.subtitle().getValue())
        .isEqualTo("4 tables · last load 30 min ago · 2 not up to date");
    model.filter().set("hourly");
    assertThat(model.tables()).extracting(LoadRow::target).containsExactly("fact_location_hourly");
  }

  @Test
  void theHomesOwnDatabaseIsLookedIntoByItselfAndOnlyOnce() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    model.show(desk.moment());
    assertThat(model.server().get().found())
        .map(found -> found.server().product())
        .contains("PostgreSQL");
    assertThat(model.planned().get().found()).isPresent();
    assertThat(desk.engine().asked())
        .containsOnlyOnce(
            new Command.Ask(SamplePipeline.NAME, new Question.WarehouseServer()),
            new Command.PreviewLoad(SamplePipeline.NAME));
    assertThat(desk.engine().commands()).isEmpty();
  }

  @Test
  void aPreviewIsMarkedWhenTheLakeMovesAndLookedAtAgainAfterALoad() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    assertThat(moved(model)).isFalse();
    desk.engine().pass(61);
    model.show(desk.moment());
    assertThat(moved(model)).isTrue();
    model.load();
    assertThat(desk.engine().commands()).containsExactly(new Command.Load(SamplePipeline.NAME));
    model.show(desk.moment());
    assertThat(model.work().get())
        .map(w -> w.command())
        .contains(new Command.Load("building-sensors"));
    assertThat(model.cancellable().get()).isTrue();
    desk.engine().end(new Outcome.Done("1,636 rows loaded into 2 tables", Map.of()));
    assertThat(moved(model)).isFalse();
  }

  @Test
  void aLoadThatIsToldBeforeItIsWithinReachCanBeCancelledOnceItIs() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    Work load = desk.engine().submit(new Command.Load(SamplePipeline.NAME));
    Moment told = desk.moment();
    model.show(told);
    assertThat(model.work().get()).isPresent();
    assertThat(model.cancellable().get()).isFalse();
    desk.desk().follow(load);
    model.show(told);
    assertThat(model.cancellable().get()).isTrue();
  }

  @Test
  void beforeATableIsBuiltThereIsNothingToLoad() {
    assertThat(shown(Desk.of(Case.FIRST_FLOW)).unbuilt().get()).isTrue();
    assertThat(shown(Desk.of(Case.NORMAL)).unbuilt().get()).isFalse();
  }

  @Test
  void aHeldLoadIsToldInThePreviewAndLookedAtAgainOnceItIsDecided() {
    Desk desk = Desk.of(Case.FAILED);
    WarehouseViewModel model = shown(desk);
    assertThat(model.planned().get().found().flatMap(Outcome.LoadPlanned::hold))
        .get()
        .satisfies(
            hold -> {
              assertThat(hold.what()).contains("in quarantine hold the load");
              assertThat(hold.remedy()).contains("millrace quality quarantine ls building-sensors");
            });
    desk.desk()
        .submit(
            new Command.Quality(
                SamplePipeline.NAME, new QualityOrder.Release(KeptFilter.ALL, "looked at")));
    desk.engine()
        .end(
            new Outcome.Quality(
                "1 row released",
                new QualityAnswer.Changed(Map.of(), List.of(), Optional.empty())));
    assertThat(desk.engine().asked().stream().filter(Command.PreviewLoad.class::isInstance))
        .hasSize(2);
  }

  @Test
  void theHomesDatabaseThatEndedIsRestartedAndLookedIntoAgain() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    desk.engine().database(false);
    model.show(desk.moment());
    assertThat(model.server().get())
        .isEqualTo(
            new Looked.Refused<>(
                "The home's own PostgreSQL: the server's process has ended",
                "start it again; what was committed to it is safe"));
    assertThat(model.restarting().get()).isEqualTo(WarehouseViewModel.Restart.OFFERED);
    assertThat(model.lost().get()).as("nothing is loaded meanwhile").isTrue();
    model.restart();
    model.show(desk.moment());
    assertThat(model.restarting().get()).isEqualTo(WarehouseViewModel.Restart.UNDER_WAY);
    model.restart();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.RestartDatabase(SamplePipeline.NAME));
    desk.engine().end(new Outcome.Done("PostgreSQL answers again", Map.of()));
    desk.engine().database(true);
    model.show(desk.moment());
    assertThat(model.restarting().get()).isEqualTo(WarehouseViewModel.Restart.NONE);
    assertThat(model.server().get().found()).isPresent();
    assertThat(model.lost().get()).isFalse();
  }

  @Test
  void everyAgeOfTheRoomIsToldByOneSecond() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    desk.engine().pass(7);
    model.show(desk.moment());
    assertThat(model.tick().get()).isEqualTo(desk.moment().now().truncatedTo(ChronoUnit.SECONDS));
    assertThat(model.subtitle().getValue())
        .contains("last load " + model.age(model.all().getFirst().loadedAt().orElseThrow()));
  }

  private static boolean moved(WarehouseViewModel model) {
    return model.planned().get() instanceof Looked.Found<?> found && found.moved();
  }

  @Test
  void aLoadUnderWayIsCancelled() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    model.load();
    model.show(desk.moment());
    model.cancel();
    assertThat(desk.toasts()).last().extracting(t -> t.title()).asString().contains("cancelled");
    model.show(desk.moment());
    assertThat(model.work().get()).isEmpty();
  }

  @Test
  void differencesAreComparedAndMendedAndComparedAgain() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    assertThat(model.comparison().get()).isInstanceOf(Looked.NotYet.class);
    model.compare();
    assertThat(model.comparison().get().found())
        .get()
        .satisfies(r -> assertThat(r.differs()).isTrue());
    model.mend();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.MendWarehouse(SamplePipeline.NAME));
    desk.engine().end(new Outcome.Done("2 partitions that differed were loaded again", Map.of()));
    assertThat(desk.engine().asked().stream().filter(Command.Reconcile.class::isInstance))
        .hasSize(2);
  }

  @Test
  void theLedgerIsReadWhenItIsLookedAt() {
    Desk desk = Desk.of(Case.OVERFULL);
    WarehouseViewModel model = shown(desk);
    assertThat(model.tables()).hasSize(200);
    assertThat(model.ledger().get()).isInstanceOf(Looked.NotYet.class);
    model.aim("fact_location_007/ledger");
    assertThat(model.chosen().get()).contains("fact_location_007");
    assertThat(model.ledger().get().found())
        .get()
        .satisfies(
            ledger -> {
              assertThat(ledger.entries()).hasSize(WarehouseViewModel.LEDGER);
              assertThat(ledger.more()).isTrue();
            });
    assertThat(shown(desk).tab().get()).isEqualTo(WarehouseTab.LEDGER);
  }

  @Test
  void aWarehouseThatDoesNotAnswerIsToldWithTheRemedy() {
    WarehouseViewModel model = shown(Desk.of(Case.SERVICE_DOWN));
    assertThat(model.server().get())
        .isInstanceOfSatisfying(
            Looked.Refused.class,
            refused -> assertThat(refused.remedy()).contains("check that it runs"));
    // It is not asked more than it was told to.
    assertThat(model.planned().get()).isInstanceOf(Looked.NotYet.class);
    assertThat(model.tables()).hasSize(4);
  }

  @Test
  void whatWasNeverLoadedIsNeverCalledCurrent() {
    WarehouseViewModel model = shown(Desk.of(Case.EMPTY));
    assertThat(model.empty().get()).isFalse();
    assertThat(model.tables()).extracting(LoadRow::standing).containsOnly(Standing.NO_SOURCE);
    assertThat(model.planned().get()).isInstanceOf(Looked.Refused.class);
    assertThat(shown(Desk.of(Case.LOADING)).loading().get()).isTrue();
  }

  @Test
  void sqlRunsInTheWarehouse() {
    Desk desk = Desk.of(Case.NORMAL);
    WarehouseViewModel model = shown(desk);
    model.sql().run();
    assertThat(model.sql().result().get().found()).map(r -> r.rows().size()).contains(4);
    assertThat(desk.engine().asked())
        .last()
        .isInstanceOfSatisfying(
            Command.Ask.class,
            ask -> assertThat(ask.question()).isInstanceOf(Question.WarehouseRows.class));
    model.sql().text().set("DELETE FROM dim_sensors");
    model.sql().run();
    assertThat(model.sql().result().get()).isInstanceOf(SqlResult.Faulty.class);
  }

  @Test
  void windowsThatChangeStandFirstAndAreSummed() {
    WarehouseViewModel model = shown(Desk.of(Case.NORMAL));
    var preview = model.planned().get().found().orElseThrow().preview();
    List<WindowPlan.Planned> all = WindowPlan.planned(preview, Optional.empty());
    WindowPlan.Totals totals = WindowPlan.totals(all);
    assertThat(totals.windows()).isEqualTo(6);
    assertThat(all.subList(0, 6)).allMatch(WindowPlan.Planned::changes);
    assertThat(totals.inserted()).isEqualTo(936 + 2 * 1_884 + 79 + 2 * 170);
    assertThat(totals.deleted()).isEqualTo(2 * 1_872 + 2 * 158);
    List<Bar> bars = WindowPlan.bars(WindowPlan.planned(preview, Optional.of("fact_sensor_5min")));
    assertThat(bars).hasSize(14);
    assertThat(bars.getLast()).extracting(Bar::label, Bar::up).containsExactly("2026-03-20", 936.0);
  }

  private WarehouseViewModel shown(Desk desk) {
    WarehouseViewModel model =
        new WarehouseViewModel(desk.desk(), new Clock(ZoneOffset.UTC), preferences);
    model.show(desk.moment());
    return model;
  }
}
