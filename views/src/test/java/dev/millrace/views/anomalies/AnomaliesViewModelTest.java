package dev.millrace.views.anomalies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.history.PeakGrid;
import dev.millrace.engine.live.Gravity;
import dev.millrace.engine.model.Layer;
import dev.millrace.views.Preferences;
import dev.millrace.views.charts.TimelinePicture.Detail;
import dev.millrace.views.charts.TimelinePicture.Mark;
import dev.millrace.views.charts.TimelinePicture.Pile;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.PastDesk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.time.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnomaliesViewModelTest {

  @Test
  void beforeSilverStandsOnlyWhatIsLiveIsToldAndSaysSo() {
    PastDesk first = PastDesk.of(Case.FIRST_FLOW);
    AnomaliesViewModel model =
        new AnomaliesViewModel(first.desk(), first.cursor(), first.clock(), first.preferences());
    model.show(first.moment());
    assertThat(model.subtitle().getValue())
        .startsWith("live only · Silver: flow at step 3 of 9 · ");
    assertThat(model.found().getValue()).endsWith("live only");
    assertThat(model.rows()).isNotEmpty();
  }

  private static AnomaliesViewModel shown(PastDesk past) {
    AnomaliesViewModel model =
        new AnomaliesViewModel(past.desk(), past.cursor(), past.clock(), past.preferences());
    model.show(past.moment());
    return model;
  }

  @Test
  void tableAndTimelineTellTheSame() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.NORMAL));
    assertThat(model.rows()).hasSize(148);
    assertThat(model.timeline().get().marks()).hasSize(148);
    assertThat(model.timeline().get().counts().stream().mapToLong(c -> c).sum()).isEqualTo(148);
    assertThat(model.found().getValue()).isEqualTo("148 anomalies");
    model.range().set(Stretch.HOUR);
    assertThat(model.rows().size()).isLessThan(148);
    assertThat(model.rows())
        .allMatch(row -> row.anomaly().time().isAfter(SampleEngine.START.minusSeconds(3_601)));
  }

  @Test
  void aNewVersionOfSilverIsLookedAtAtOnce() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    AnomaliesViewModel model = shown(past);
    Altered later = new Altered(past.moment()).later(Duration.ofSeconds(2));
    int before = past.looks().asked();
    model.show(later.moment());
    model.show(later.newVersion(Layer.GOLD).later(Duration.ofSeconds(2)).moment());
    assertThat(past.looks().asked()).as("what came since, each time").isEqualTo(before + 2);
    model.show(later.newVersion(Layer.SILVER).later(Duration.ofSeconds(4)).moment());
    assertThat(past.looks().asked()).as("Silver too").isEqualTo(before + 4);
  }

  @Test
  void whatSilverHasJudgedAndWhatCameSinceAreOne() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.NORMAL));
    assertThat(model.subtitle().getValue())
        .matches("148 anomalies in 24 h, \\d+ not in Silver yet · times in .*");
    assertThat(model.rows())
        .extracting(row -> row.anomaly().time())
        .isSortedAccordingTo(Comparator.reverseOrder())
        .doesNotHaveDuplicates();
  }

  @Test
  void thePictureStaysUntilThereIsAnAnswerToAnotherQuestion() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    AnomaliesViewModel model = shown(past);
    past.looks().hold();
    model.filters().kinds().toggle("humidity");
    model.show(new Altered(past.moment()).later(Duration.ofSeconds(2)).moment());
    assertThat(model.found().getValue()).isEqualTo("looking …");
    assertThat(model.subtitle().getValue()).startsWith("looking … · ");
    assertThat(model.rows()).hasSize(148);
    past.looks().release();
    assertThat(model.rows()).isNotEmpty().allMatch(row -> row.anomaly().kind().equals("humidity"));
    assertThat(model.found().getValue()).isEqualTo(model.rows().size() + " anomalies");
    assertThat(model.timeline().get().counts()).containsExactly((long) model.rows().size());
  }

  @Test
  void filtersNarrowAndStay() {
    Preferences preferences = Preferences.inMemory();
    AnomaliesViewModel model = shown(PastDesk.of(Case.NORMAL, preferences));
    model.filters().kinds().toggle("humidity");
    model.filters().places().toggle("floor-3");
    assertThat(model.rows())
        .isNotEmpty()
        .allMatch(row -> row.anomaly().kind().equals("humidity"))
        .allMatch(row -> row.anomaly().place().startsWith("floor-3/"));
    assertThat(model.timeline().get().lanes()).containsExactly("Humidity");

    AnomaliesViewModel again = shown(PastDesk.of(Case.NORMAL, preferences));
    assertThat(again.rows()).hasSameSizeAs(model.rows());
    again.filters().clear();
    assertThat(again.rows()).hasSize(148);
    again.filters().gravities().toggle("CRITICAL");
    assertThat(again.rows()).isNotEmpty().allMatch(row -> row.gravity() == Gravity.CRITICAL);
    again.aim("floor-2");
    assertThat(again.filters().places().chosen().get()).isEqualTo(Set.of("floor-2"));
    assertThat(again.filters().gravities().isOn()).isFalse();
  }

  @Test
  void severitiesAreOfferedTheGravestFirst() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.NORMAL));
    assertThat(model.filters().gravities().offered().get())
        .containsExactly("CRITICAL", "WARNING", "NOTICE");
    model.filters().gravities().set(Set.of("NOTICE", "CRITICAL"));
    assertThat(model.filters().gravities().ordered()).containsExactly("CRITICAL", "NOTICE");
  }

  @Test
  void lanesStandForKindReasonOrPlace() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.NORMAL));
    model.lanes().set(TimelineLanes.PLACE);
    assertThat(model.timeline().get().lanes())
        .containsExactly("Floor 1", "Floor 2", "Floor 3", "Floor 4");
    model.lanes().set(TimelineLanes.REASON);
    assertThat(model.timeline().get().lanes())
        .contains("Out of range", "Z-score", "Range + z-score");
  }

  @Test
  void aMarkChoosesItsRow() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.NORMAL));
    Detail detail = model.timeline().get().marks().get(7).detail();
    model.choose(detail);
    assertThat(model.chosen().get().orElseThrow().detail().anomaly())
        .isEqualTo(((AnomalyWords) detail).anomaly());
  }

  @Test
  void thePastEndsAtTheTimeOnShow() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    AnomaliesViewModel model = shown(past);
    Instant then = SampleEngine.START.minusSeconds(4 * 3_600);
    past.cursor().show(then);
    model.show(past.moment());
    assertThat(model.rows()).isNotEmpty().noneMatch(row -> row.anomaly().time().isAfter(then));
    assertThat(model.timeline().get().to()).isEqualTo(then.toEpochMilli());
  }

  @Test
  void thousandsAreShownAndNothingIsToldAsSuch() {
    AnomaliesViewModel full = shown(PastDesk.of(Case.OVERFULL));
    assertThat(full.rows()).hasSize(AnomaliesViewModel.MOST);
    AnomaliesViewModel none = shown(PastDesk.of(Case.EMPTY));
    assertThat(none.empty().get()).isTrue();
    assertThat(none.rows()).isEmpty();
  }

  @Test
  void aCrowdThatTheTableHoldsIsPiledUpToo() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.OVERFULL));
    model.filters().kinds().toggle("humidity");
    assertThat(model.rows()).hasSize(1_053);
    assertThat(model.timeline().get().marks()).isEmpty();
    List<Pile> piles = model.timeline().get().piles();
    assertThat(piles.stream().mapToLong(Pile::count).sum()).isEqualTo(1_053);
    assertThat(piles).allSatisfy(pile -> assertThat(pile.from() % 600_000).isZero());
    model.filters().gravities().toggle("CRITICAL");
    assertThat(model.timeline().get().piles()).isEmpty();
    assertThat(model.timeline().get().marks()).hasSameSizeAs(model.rows()).isNotEmpty();
  }

  @Test
  void whatTheTableHasNoRoomForIsOnTheTimelineByItsPeaks() {
    AnomaliesViewModel model = shown(PastDesk.of(Case.OVERFULL));
    assertThat(model.timeline().get().counts().stream().mapToLong(c -> c).sum()).isEqualTo(4_200);
    assertThat(model.found().getValue()).isEqualTo("in the table the newest 3,000 of 4,200");
    assertThat(model.subtitle().getValue())
        .startsWith("4,200 anomalies in 24 h, 49 not in Silver yet · times in ");
    assertThat(model.crowd().getValue()).isEqualTo("Columns of 10 min, square-root scale");
    long oldestRow = model.rows().getLast().anomaly().time().toEpochMilli();
    List<Mark> marks = model.timeline().get().marks();
    List<Pile> piles = model.timeline().get().piles();
    assertThat(marks).as("none has a mark of its own").isEmpty();
    assertThat(piles.size()).isBetween(400, 4 * (PeakGrid.SLOTS + 1));
    assertThat(piles.stream().mapToLong(Pile::count).sum()).isEqualTo(4_200);
    assertThat(piles)
        .allSatisfy(
            pile -> {
              assertThat(pile.gravest().time()).isBetween(pile.from(), pile.to());
              assertThat(pile.shares().getFirst().tone()).isEqualTo(pile.gravest().tone());
            });
    Mark crowd =
        piles.stream()
            .map(Pile::gravest)
            .filter(m -> m.time() < oldestRow)
            .filter(m -> m.detail().text().contains("The gravest of "))
            .findFirst()
            .orElseThrow();
    model.choose(crowd.detail());
    assertThat(model.chosen().get().orElseThrow().anomaly().time().toEpochMilli())
        .isEqualTo(crowd.time());
    assertThat(model.rows()).hasSize(AnomaliesViewModel.MOST + 1);
    assertThat(model.rows().getLast().anomaly())
        .as("a row of its own, below those there is room for")
        .isEqualTo(model.chosen().get().orElseThrow().anomaly());
    model.lanes().set(TimelineLanes.PLACE);
    assertThat(model.chosen().get()).isPresent();
    model.choose((AnomalyRow) null);
    model.lanes().set(TimelineLanes.KIND);
    assertThat(model.rows()).hasSize(AnomaliesViewModel.MOST);
    model.lanes().set(TimelineLanes.PLACE);
    assertThat(model.timeline().get().counts()).hasSize(40);
    assertThat(model.timeline().get().counts().stream().mapToLong(c -> c).sum()).isEqualTo(4_200);
  }
}
