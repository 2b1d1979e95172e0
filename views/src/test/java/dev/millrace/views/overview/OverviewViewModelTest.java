package dev.millrace.views.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.Preferences;
import dev.millrace.views.anomalies.TimelineLanes;
import dev.millrace.views.charts.HeatmapPicture;
import dev.millrace.views.charts.TimelinePicture;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.time.TimeCursor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewViewModelTest {

  private static final Clock CLOCK = new Clock(ZoneOffset.UTC);

  @Test
  void everyPlaceHasACellAndTheHotOneIsMarked() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.kind().get()).isEqualTo("temperature");
    assertThat(model.heatmap().get().cells()).hasSize(24);
    assertThat(model.heatmap().get().cells()).anyMatch(c -> c.mark() != Tone.MUTED);
    assertThat(model.heatmap().get().unit()).isEqualTo("°C");
    assertThat(model.heatmap().get().low()).isLessThan(model.heatmap().get().high());
  }

  @Test
  void anotherKindChangesHeatmapAndTrendAtOnce() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    model.kind().set("pressure");
    assertThat(model.heatmap().get().unit()).isEqualTo("hPa");
    assertThat(model.trend().get().unit()).isEqualTo("hPa");
  }

  @Test
  void aChosenPlaceHasItsLineAndAFourthSendsTheFirstAway() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    for (String place :
        new String[] {"floor-1/zone-1", "floor-1/zone-2", "floor-1/zone-3", "floor-1/zone-4"}) {
      model.choosePlace(place);
    }
    assertThat(model.trend().get().lines())
        .extracting(Line::name)
        .containsExactly(
            "All 24 places", "Floor 1 · Zone 2", "Floor 1 · Zone 3", "Floor 1 · Zone 4");
    model.choosePlace("floor-1/zone-3");
    assertThat(model.trend().get().lines())
        .extracting(Line::name)
        .doesNotContain("Floor 1 · Zone 3");
  }

  @Test
  void theRangeBoundsTrendAndTimeline() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    int day = model.timeline().get().marks().size();
    model.range().set(TrendRange.HOUR);
    assertThat(model.trend().get().to() - model.trend().get().from()).isEqualTo(60 * 60_000L);
    assertThat(model.timeline().get().marks()).hasSizeLessThan(day);
    assertThat(day).isEqualTo(148);
  }

  @Test
  void lanesByReasonHoldTheSameMarks() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    model.lanes().set(TimelineLanes.REASON);
    assertThat(model.timeline().get().lanes())
        .contains("Out of range", "Z-score", "Range + z-score");
    assertThat(model.timeline().get().counts().stream().mapToLong(i -> i).sum()).isEqualTo(148);
  }

  @Test
  void theFilterFindsRunsByStateFlowAndNumber() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.runs()).hasSize(24);
    model.filter().set("FAILED daily");
    assertThat(model.runs()).isNotEmpty().allMatch(r -> r.state() == RunState.FAILED);
    model.filter().set("#4819");
    assertThat(model.runs()).singleElement().extracting(RunRow::id).isEqualTo(4_819L);
    model.filter().set("no such run");
    assertThat(model.runs()).isEmpty();
  }

  @Test
  void overfullIsToldWhole() {
    OverviewViewModel model = shown(Desk.of(Case.OVERFULL));
    assertThat(model.kpis().get().get(2).value()).isEqualTo("4,200");
    assertThat(model.heatmap().get().cells()).hasSize(240);
    assertThat(model.runs()).hasSize(500);
  }

  @Test
  void figuresTellQualityAnomaliesAndWhoIsSilent() {
    OverviewViewModel model = shown(Desk.of(Case.NORMAL));
    Kpi anomalies = model.kpis().get().get(2);
    Kpi quality = model.kpis().get().get(3);
    assertThat(anomalies.value()).isEqualTo("148");
    assertThat(quality.value()).isEqualTo("90.9");
    assertThat(quality.note()).isEqualTo("2 of 22 checks failing");
    assertThat(model.entities().getValue()).isEqualTo("Sensors");
  }

  @Test
  void atAMomentOfThePastAllButThePresentsFiguresIsOfThen() {
    Desk desk = Desk.of(Case.NORMAL);
    HistoryDesk history = desk.history();
    TimeCursor cursor = new TimeCursor(history, Preferences.inMemory());
    OverviewViewModel model = new OverviewViewModel(desk.desk(), history, cursor, CLOCK);
    cursor.pulse(desk.moment());
    model.show(desk.moment());
    List<Kpi> live = model.kpis().get();
    double hottest = hottest(model);
    Instant then = cursor.newest().get().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES);
    cursor.show(then);
    model.show(desk.moment());

    assertThat(model.trend().get().to()).isEqualTo(then.toEpochMilli());
    assertThat(model.timeline().get().marks())
        .isNotEmpty()
        .allMatch(mark -> mark.time() <= then.toEpochMilli());
    assertThat(hottest(model)).isLessThan(hottest - 2);
    assertThat(model.kpis().get().get(0)).isEqualTo(live.get(0));
    assertThat(Integer.parseInt(model.kpis().get().get(2).value())).isBetween(1, 147);
    assertThat(model.runs()).hasSizeBetween(1, 23).allMatch(run -> !run.started().isAfter(then));

    cursor.live();
    model.show(desk.moment());
    assertThat(model.kpis().get().get(2).value()).isEqualTo("148");
    assertThat(model.runs()).hasSize(24);
    assertThat(hottest(model)).isEqualTo(hottest);
  }

  @Test
  void aPastThatCannotBeToldSaysSoAndKeepsThePresent() {
    Desk desk = Desk.of(Case.FAILED);
    HistoryDesk history = desk.history();
    TimeCursor cursor = new TimeCursor(history, Preferences.inMemory());
    OverviewViewModel model = new OverviewViewModel(desk.desk(), history, cursor, CLOCK);
    cursor.pulse(desk.moment());
    cursor.show(cursor.newest().get().minusSeconds(3_600));
    model.show(desk.moment());
    assertThat(model.trouble().get()).isPresent();
    assertThat(model.heatmap().get().cells()).isNotEmpty();
  }

  private static double hottest(OverviewViewModel model) {
    return model.heatmap().get().cells().stream()
        .mapToDouble(HeatmapPicture.Cell::value)
        .max()
        .orElseThrow();
  }

  @Test
  void anEmptyOverviewOffersToStartTheFlow() {
    Desk desk = Desk.of(Case.EMPTY);
    OverviewViewModel model = shown(desk);
    assertThat(model.empty().get()).isTrue();
    model.startFlowing();
    assertThat(desk.engine().commands())
        .containsExactly(new Command.StartStream(SamplePipeline.NAME, SamplePipeline.FEED));
    assertThat(desk.simulator().status().running()).isTrue();
  }

  @Test
  void theFirstFlowIsAwaitedAndNoNoughtIsTold() {
    OverviewViewModel model = shown(Desk.of(Case.FIRST_FLOW));
    Kpi quality = model.kpis().get().get(3);
    assertThat(quality.value()).isEqualTo("–");
    assertThat(quality.note()).isEqualTo("flow at step 3 of 9");
    assertThat(quality.detail()).contains("transform silver.readings");
    assertThat(model.runs()).singleElement().extracting(RunRow::state).isEqualTo(RunState.RUNNING);

    Desk asked = Desk.of(Case.EMPTY);
    asked.engine().submit(new Command.RunFlow(SamplePipeline.NAME, "daily"));
    assertThat(shown(asked).noRun().getValue()).startsWith("Flow daily is starting");
    assertThat(shown(Desk.of(Case.EMPTY)).noRun().getValue()).startsWith("No run yet");
  }

  @Test
  void loadingIsNotEmpty() {
    assertThat(shown(Desk.of(Case.LOADING)).empty().get()).isFalse();
  }

  private static OverviewViewModel shown(Desk desk) {
    HistoryDesk history = desk.history();
    OverviewViewModel model =
        new OverviewViewModel(
            desk.desk(), history, new TimeCursor(history, Preferences.inMemory()), CLOCK);
    model.show(desk.moment());
    return model;
  }

  @Test
  void aCrowdOfAnomaliesIsPiledUpWhole() {
    OverviewViewModel model = shown(Desk.of(Case.OVERFULL));
    model.range().set(TrendRange.DAY);
    TimelinePicture timeline = model.timeline().get();
    assertThat(timeline.marks()).isEmpty();
    assertThat(timeline.piles())
        .hasSizeBetween(40, 4 * 49)
        .allSatisfy(pile -> assertThat(pile.gravest().detail().text()).isNotBlank());
    assertThat(timeline.piles().stream().mapToLong(TimelinePicture.Pile::count).sum())
        .isEqualTo(timeline.counts().stream().mapToLong(c -> c).sum());
  }
}
