package dev.millrace.views.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.quarantine.KeptState;
import dev.millrace.engine.quality.report.ReportFormat;
import dev.millrace.engine.quality.report.ReportSubject;
import dev.millrace.views.Preferences;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.HeldWork;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityViewModelTest {

  private final Desk desk = Desk.of(Case.NORMAL);
  private final Preferences preferences = Preferences.inMemory();
  private final QualityViewModel model = shown();

  private QualityViewModel shown() {
    QualityViewModel shown =
        new QualityViewModel(desk.desk(), new Clock(ZoneOffset.UTC), preferences);
    shown.show(desk.moment());
    shown.show(desk.moment());
    return shown;
  }

  @Test
  void theTableThatFailsIsShownFirstWithWhatFailedOnTop() {
    assertThat(model.chosen().get().orElseThrow().table()).isEqualTo(SamplePipeline.SILVER);
    assertThat(model.judgement().get().orElseThrow().tone()).isEqualTo(Tone.WARNING);
    assertThat(model.results()).hasSize(14);
    assertThat(model.results().subList(0, 2)).allMatch(r -> !r.result().success());
    assertThat(model.results().subList(2, 14)).allMatch(r -> r.result().success());
    ResultRow range =
        model.results().stream().filter(r -> r.unexpected() > 10_000).findFirst().orElseThrow();
    assertThat(range.words()).isEqualTo("Values stay within what the sensors can measure");
    assertThat(range.mostly()).isEqualTo(99.9);
    assertThat(range.share()).isBetween(0.149, 0.151);
    assertThat(model.subtitle().getValue())
        .isEqualTo("2 suites · 20 of 22 met · 1,284 rows open in quarantine, 44 hold the load");
  }

  @Test
  void theFilterOfResultsStaysFromOneStartToTheNext() {
    model.scope().set(ResultScope.FAILED);
    assertThat(model.results()).hasSize(2);
    assertThat(shown().results()).hasSize(2);
  }

  @Test
  void aTableWithoutSuiteHasNoResultsAndCanBeProfiled() {
    model.choose(row(SamplePipeline.SENSORS));
    assertThat(model.judgement().get()).isEmpty();
    assertThat(model.results()).isEmpty();
    model.profile().run();
    assertThat(model.profile().profile().get()).isPresent();
    assertThat(model.profile().proposals()).noneMatch(ProposalRow::known);
  }

  @Test
  void aTableThatWasJudgedIsReadBeforeItIsSaidToBeUnjudged() {
    HeldWork work = new HeldWork();
    Desk slow = Desk.on(Case.NORMAL, work);
    QualityViewModel reads =
        new QualityViewModel(slow.desk(), new Clock(ZoneOffset.UTC), preferences);
    reads.show(slow.moment());
    assertThat(reads.reading()).isTrue();
    work.release();
    assertThat(reads.reading()).isFalse();
    assertThat(reads.judgement().get()).isPresent();
    reads.choose(row(SamplePipeline.SENSORS));
    assertThat(reads.reading()).as("never judged").isFalse();
  }

  @Test
  void anEmptyQuarantineSaysSoOnceItIsKnown() {
    HeldWork work = new HeldWork();
    Desk slow = Desk.on(Case.NORMAL, work);
    QualityViewModel reads =
        new QualityViewModel(slow.desk(), new Clock(ZoneOffset.UTC), preferences);
    reads.show(slow.moment());
    work.release();
    reads.choose(row(SamplePipeline.SENSORS));
    assertThat(reads.quarantine().nothing().getValue()).isEqualTo("Looking …");
    work.release();
    assertThat(reads.quarantine().reasons()).isEmpty();
    assertThat(reads.quarantine().nothing().getValue()).startsWith("No row is in quarantine");
  }

  @Test
  void runJudgesAllRowsOrThoseThatCameSince() {
    model.run(false);
    model.run(true);
    assertThat(desk.engine().commands())
        .containsExactly(
            new Command.Quality(
                SamplePipeline.NAME,
                new QualityOrder.Judge(SamplePipeline.SILVER, Slice.WHOLE, Optional.empty())),
            new Command.Quality(
                SamplePipeline.NAME,
                new QualityOrder.Judge(
                    SamplePipeline.SILVER, Slice.newSince(412), Optional.empty())));
    model.show(desk.moment());
    assertThat(model.work().get()).isPresent();
    assertThat(model.cancellable().get()).isTrue();
    model.cancel();
    model.show(desk.moment());
    assertThat(desk.toasts()).isNotEmpty();
  }

  @Test
  void aReasonNarrowsTheRowsAndNotTheReasons() {
    KeptModel kept = model.quarantine();
    assertThat(kept.meant().get()).isEqualTo(1_284);
    assertThat(kept.reasons())
        .extracting(KeptModel.Reason::rows)
        .containsExactly(1_284L, 1_224L, 104L);
    kept.chooseReason(kept.reasons().get(2).reason());
    assertThat(kept.meant().get()).isEqualTo(104);
    assertThat(kept.rows()).hasSize(104);
    assertThat(kept.reasons()).hasSize(3);
    kept.state().set(KeptState.RELEASED);
    assertThat(kept.meant().get()).isEqualTo(312);
    assertThat(kept.rows()).allMatch(r -> r.note().isPresent());
  }

  @Test
  void aReasonOfWhichNoRowIsLeftGivesWayToTheOthers() {
    KeptModel kept = model.quarantine();
    kept.chooseReason("expect_column_values_to_be_unique (decided)");
    assertThat(kept.meant().get()).isZero();
    kept.look();
    assertThat(kept.reason().getValue()).isEmpty();
    assertThat(kept.meant().get()).isEqualTo(1_284);
  }

  @Test
  void aReleaseOfChosenRowsIsPreviewedAndCanBeUndoneFromItsToast() {
    KeptModel kept = model.quarantine();
    var chosen = kept.of(kept.rows().subList(0, 3));
    List<QualityAnswer.Kept> previews = new ArrayList<>();
    kept.preview(chosen, false, previews::add, why -> assertThat(why).isEmpty());
    assertThat(previews).singleElement().extracting(p -> p.rows().size()).isEqualTo(3);
    assertThat(desk.engine().commands()).isEmpty();
    kept.release(chosen, "a new sensor", previews.getFirst());
    desk.engine()
        .end(
            new Outcome.Quality(
                "3 rows released",
                new QualityAnswer.Changed(
                    Map.of(SamplePipeline.SILVER, 3L), List.of(), Optional.empty())));
    desk.toasts().getLast().lead().orElseThrow().act().run();
    assertThat(desk.engine().commands())
        .last()
        .isInstanceOfSatisfying(
            Command.Quality.class,
            c ->
                assertThat(((QualityOrder.Reopen) c.order()).filter())
                    .isEqualTo(chosen.in(KeptState.RELEASED)));
  }

  @Test
  void acceptedProposalsGoIntoTheSuitesDraft() {
    model.profile().run();
    assertThat(model.profile().proposals()).anyMatch(ProposalRow::known);
    model.profile().acceptAll(true);
    int accepted = model.profile().accepted().get();
    assertThat(accepted)
        .isEqualTo((int) model.profile().proposals().stream().filter(p -> !p.known()).count())
        .isPositive();
    model.profile().intoSuite();
    assertThat(model.suite().edited().get()).isTrue();
    assertThat(model.suite().problems()).isEmpty();
    assertThat(model.suite().changes().get().count(SuiteChanges.Kind.ADDED)).isEqualTo(accepted);
    assertThat(model.suite().changes().get().count(SuiteChanges.Kind.DROPPED)).isZero();
    model.suite().revert();
    assertThat(model.suite().changes().get()).isEqualTo(SuiteChanges.NONE);
  }

  @Test
  void aWrongSuiteIsRefusedWholeWithThePlaceOfItsFault() {
    SuiteModel suite = model.suite();
    String before = suite.text().get();
    suite.text().set(before.replace("\"severity\" : \"info\"", "\"severity\" : \"high\""));
    assertThat(suite.problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.what()).contains("high");
              assertThat(p.line()).isPositive();
            });
    suite.trial();
    assertThat(desk.engine().asked())
        .noneMatch(c -> c instanceof Command.Quality q && q.order() instanceof QualityOrder.Judge);
    suite.text().set(before.replace("\"mostly\" : 0.999", "\"mostly\" : 0.99"));
    assertThat(suite.problems()).isEmpty();
    assertThat(suite.changes().get().summary()).isEqualTo("1 changed");
  }

  @Test
  void aTrialIsShownAsSuchAndLeavesTheLastValidationBehindIt() {
    model.suite().text().set(model.suite().text().get().replace("0.999", "0.9"));
    model.suite().trial();
    assertThat(model.judgement().get().orElseThrow().kept()).isFalse();
    assertThat(model.tab().get()).isEqualTo(QualityTab.RESULTS);
    model.endTrial();
    assertThat(model.judgement().get().orElseThrow().kept()).isTrue();
  }

  @Test
  void aDraftStaysWhileAnotherTableIsLookedAt() {
    String draft = model.suite().text().get().replace("0.999", "0.9");
    model.suite().text().set(draft);
    model.choose(row(SamplePipeline.BRONZE));
    assertThat(model.suite().edited().get()).isFalse();
    model.choose(row(SamplePipeline.SILVER));
    assertThat(model.suite().text().get()).isEqualTo(draft);
    assertThat(model.suite().edited().get()).isTrue();
  }

  @Test
  void aDraftIsPutInForceAndAFaultyOneIsNot() {
    SuiteModel suite = model.suite();
    String before = suite.text().get();
    suite.text().set(before.replace("\"severity\" : \"info\"", "\"severity\" : \"high\""));
    suite.accept();
    assertThat(accepted()).isEmpty();
    String draft = before.replace("0.999", "0.9");
    suite.text().set(draft);
    suite.accept();
    assertThat(accepted())
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.table()).isEqualTo(SamplePipeline.SILVER);
              assertThat(order.suite().json()).isEqualTo(draft);
            });
    assertThat(desk.toasts().getLast().title()).contains("in force");
  }

  @Test
  void onlyASuiteThatWasPutInForceCanBeTakenBack(@TempDir Path home) {
    SuiteModel suite = model.suite();
    assertThat(suite.accepted().get()).isFalse();
    suite.goBack();
    assertThat(desk.engine().asked()).noneMatch(QualityViewModelTest::revertsASuite);

    suite.show(
        SamplePipeline.SILVER,
        Optional.of(
            new SuiteSource(
                home.resolve("silver.readings.json").toAbsolutePath().toString(),
                suite.text().get())));
    assertThat(suite.accepted().get()).isTrue();
    suite.goBack();
    assertThat(desk.engine().asked()).anyMatch(QualityViewModelTest::revertsASuite);
    assertThat(desk.toasts().getLast().title()).contains("was taken back");
  }

  private static boolean revertsASuite(Command command) {
    return command instanceof Command.Quality work
        && work.order() instanceof QualityOrder.RevertSuite;
  }

  private List<QualityOrder.AcceptSuite> accepted() {
    List<QualityOrder.AcceptSuite> orders = new ArrayList<>();
    for (Command command : desk.engine().asked()) {
      if (command instanceof Command.Quality work
          && work.order() instanceof QualityOrder.AcceptSuite accept) {
        orders.add(accept);
      }
    }
    return orders;
  }

  @Test
  void aSuiteIsWrittenWhereToldAndAPlaceThatCannotBeSaysSo(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("mine.json");
    model.suite().save(file);
    assertThat(Files.readString(file)).isEqualTo(model.suite().text().get());
    assertThat(desk.toasts().getLast().remedy()).contains("silver.readings: quality/mine.json");
    model.suite().save(folder.resolve("none").resolve("mine.json"));
    assertThat(desk.toasts().getLast().tone()).isEqualTo(Tone.BAD);
  }

  @Test
  void aReportIsOfTheTableItsRunOrItsDay(@TempDir Path folder) {
    assertThat(model.subjects())
        .extracting(ReportSubject::title)
        .containsExactly("silver.readings", "Run 4820", "2026-03-20");
    model.reports().export(model.subjects().getFirst(), ReportFormat.PDF, folder.resolve("r.pdf"));
    assertThat(desk.toasts().getLast().text()).contains("r.pdf");
    assertThat(desk.toasts().getLast().lead()).isPresent();
  }

  @Test
  void anotherRoomPointsAtATableAndATab() {
    model.aim("bronze.sensor_events/history");
    assertThat(model.chosen().get().orElseThrow().table()).isEqualTo(SamplePipeline.BRONZE);
    assertThat(model.tab().get()).isEqualTo(QualityTab.HISTORY);
    assertThat(model.history().get().orElseThrow().points()).hasSize(36);
    model.aim("nothing.like_that");
    assertThat(model.chosen().get().orElseThrow().table()).isEqualTo(SamplePipeline.BRONZE);
  }

  @Test
  void titlesAreSaidInWords() {
    assertThat(Titles.words("expect_column_values_to_not_be_null (unit)"))
        .isEqualTo("unit: values are not null");
    assertThat(Titles.words("expect_table_row_count_to_be_between"))
        .isEqualTo("Row count is between");
    assertThat(Titles.words("expect_column_values_to_be_between (value) where col(\"a\")==1 #2"))
        .isEqualTo("value (a = 1): values are between #2");
    assertThat(Titles.words("something else")).isEqualTo("something else");
  }

  private TableScore row(TableName table) {
    return model.tables().stream().filter(t -> t.table().equals(table)).findFirst().orElseThrow();
  }
}
