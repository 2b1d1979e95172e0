package dev.millrace.views.trends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.model.Layer;
import dev.millrace.views.Preferences;
import dev.millrace.views.charts.Heading;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.charts.TrendPicture.Line;
import dev.millrace.views.desk.ReadingWays;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.PastDesk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.text.Clock;
import dev.millrace.views.time.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendsViewModelTest {

  private final List<String> followed = new ArrayList<>();

  private TrendsViewModel shown(PastDesk past) {
    ReadingWays ways =
        new ReadingWays() {
          @Override
          public void trend(List<String> entities) {
            throw new AssertionError("it is the trends room itself");
          }

          @Override
          public void follow(String entity, Instant time) {
            followed.add(entity + " " + time);
          }

          @Override
          public void anomalies(String place) {
            throw new AssertionError("nothing asks for it");
          }
        };
    TrendsViewModel model =
        new TrendsViewModel(past.desk(), past.cursor(), past.clock(), past.preferences(), ways);
    model.show(past.moment());
    return model;
  }

  @Test
  void threeLinesOfOneKindAreShownAtFirst() {
    TrendsViewModel model = shown(PastDesk.of(Case.NORMAL));
    assertThat(model.panes().get()).hasSize(1);
    TrendPicture picture = model.panes().get().getFirst().picture();
    assertThat(picture.lines()).hasSize(3);
    assertThat(picture.unit()).isEqualTo("°C");
    assertThat(picture.to()).isEqualTo(SampleEngine.START.toEpochMilli());
    assertThat(picture.to() - picture.from()).isEqualTo(6 * 3_600_000L);
    assertThat(picture.lines().getFirst().times().length).isGreaterThan(500);
    assertThat(model.picks().subList(0, 3)).allMatch(Pick::chosen);
  }

  @Test
  void eachKindHasAPaneAndAtMostEightLinesAreShown() {
    TrendsViewModel model = shown(PastDesk.of(Case.NORMAL));
    model.choose(List.of());
    for (int zone = 1; zone <= 6; zone++) {
      model.toggle("TMP-010" + zone + "-A");
    }
    model.toggle("HUM-0101-A");
    model.toggle("VIB-0101-A");
    model.toggle("VIB-0102-A");
    assertThat(model.chosen()).hasSize(8).doesNotContain("TMP-0101-A");
    assertThat(model.panes().get())
        .extracting(Pane::kind)
        .containsExactly("humidity", "temperature", "vibration");
    assertThat(model.panes().get().stream().flatMap(p -> p.picture().lines().stream()))
        .extracting(Line::colour)
        .doesNotHaveDuplicates();
    model.toggle("HUM-0101-A");
    assertThat(model.panes().get()).extracting(Pane::kind).doesNotContain("humidity");
  }

  @Test
  void oneChosenElsewhereIsLedToInTheListThoughASearchHidIt() {
    TrendsViewModel model = shown(PastDesk.of(Case.NORMAL));
    List<String> ledTo = new ArrayList<>();
    model.onAim(pick -> ledTo.add(pick.entity() + (pick.chosen() ? ", chosen" : "")));
    model.search().set("humidity");
    model.aim("VIB-0405-A");
    assertThat(ledTo).containsExactly("VIB-0405-A, chosen");
    assertThat(model.search().get()).isEmpty();
    assertThat(model.picks()).extracting(Pick::entity).contains("VIB-0405-A");
    model.search().set("vib");
    model.aim("VIB-0405-A");
    assertThat(ledTo).as("again, though it is chosen already").hasSize(2);
    assertThat(model.search().get()).as("a search that shows it stays").isEqualTo("vib");
  }

  @Test
  void whatIsExportedTellsWhoseItIsAndWhen() {
    TrendsViewModel model = shown(PastDesk.of(Case.NORMAL));
    Clock berlin = new Clock(ZoneId.of("Europe/Berlin"));
    model.choose(List.of("TMP-0304-A"));
    model.view(
        SampleEngine.START.minusSeconds(3_600).toEpochMilli(), SampleEngine.START.toEpochMilli());
    assertThat(TrendHeading.of(model.panes().get(), berlin))
        .isEqualTo(
            new Heading(
                "Temperature of TMP-0304-A",
                berlin.span(SampleEngine.START.minusSeconds(3_600), SampleEngine.START)));
    model.choose(List.of("TMP-0101-A", "TMP-0102-A", "TMP-0103-A", "HUM-0101-A"));
    assertThat(TrendHeading.of(model.panes().get(), berlin).title())
        .isEqualTo("Humidity, temperature of 4 sensors");
    assertThat(TrendHeading.of(List.of(), berlin).title()).isEqualTo("Trends");
  }

  @Test
  void aZoomedViewStaysWhereItIsAndShowsMoreDetail() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    TrendsViewModel model = shown(past);
    model.range().set(Stretch.WEEK);
    long to = SampleEngine.START.toEpochMilli() - 3_600_000;
    model.view(to - 600_000, to);
    assertThat(model.following().get()).isFalse();
    TrendPicture picture = model.panes().get().getFirst().picture();
    assertThat(picture.from()).isEqualTo(to - 600_000);
    assertThat(inView(picture)).as("one reading each ten seconds").isBetween(55L, 62L);
    past.engine().pass(60);
    model.show(past.moment());
    assertThat(model.panes().get().getFirst().picture().to()).isEqualTo(to);
    model.reset();
    assertThat(model.panes().get().getFirst().picture().to())
        .isEqualTo(SampleEngine.START.plusSeconds(60).toEpochMilli());
  }

  @Test
  void whileTheDetailIsLookedUpTheLineSaysSo() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    TrendsViewModel model = shown(past);
    model.range().set(Stretch.WEEK);
    long to = SampleEngine.START.toEpochMilli() - 3_600_000;
    past.looks().hold();
    model.view(to - 600_000, to);
    assertThat(model.detail().getValue()).isEqualTo("looking closer …");
    past.looks().release();
    assertThat(model.detail().getValue()).isEqualTo("every reading");
  }

  @Test
  void aViewThatStaysIsLookedUpAgainForANewVersionOfSilver() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    TrendsViewModel model = shown(past);
    long to = SampleEngine.START.toEpochMilli() - 3_600_000;
    model.view(to - 600_000, to);
    Altered later = new Altered(past.moment()).later(Duration.ofSeconds(2));
    int before = past.looks().asked();
    model.show(later.moment());
    assertThat(past.looks().asked()).isEqualTo(before);
    model.show(later.newVersion(Layer.SILVER).later(Duration.ofSeconds(2)).moment());
    assertThat(past.looks().asked()).isEqualTo(before + 1);
  }

  private static long inView(TrendPicture picture) {
    long count = 0;
    for (long time : picture.lines().getFirst().times()) {
      count += time >= picture.from() && time <= picture.to() ? 1 : 0;
    }
    return count;
  }

  @Test
  void theViewEndsAtTheTimeOnShow() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    TrendsViewModel model = shown(past);
    Instant then = SampleEngine.START.minusSeconds(7_200);
    past.cursor().show(then);
    model.show(past.moment());
    TrendPicture picture = model.panes().get().getFirst().picture();
    assertThat(picture.to()).isEqualTo(then.toEpochMilli());
    for (Line line : picture.lines()) {
      assertThat(line.times().length).isPositive();
    }
  }

  @Test
  void withoutTheLakeWhatIsLiveIsDrawn() {
    TrendsViewModel model = shown(PastDesk.of(Case.FAILED));
    assertThat(model.trouble().get()).isPresent();
    assertThat(model.panes().get().getFirst().picture().lines())
        .allMatch(line -> line.times().length > 100);
  }

  @Test
  void linesThatGaveWayToOthersAreDrawnAgain() {
    TrendsViewModel model = shown(PastDesk.of(Case.NORMAL));
    List<String> before = model.chosen();
    assertThat(model.undoable()).isFalse();
    model.aim("VIB-0203-A");
    assertThat(model.chosen()).containsExactly("VIB-0203-A");
    model.undo();
    assertThat(model.chosen()).isEqualTo(before);
    assertThat(model.undoable()).as("and back").isTrue();
    model.toggle("VIB-0203-A");
    assertThat(model.undoable()).isFalse();
  }

  @Test
  void marksAndPointsLeadToTheirReading() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    TrendsViewModel model = shown(past);
    model.range().set(Stretch.DAY);
    Pane pane = model.panes().get().getFirst();
    assertThat(pane.picture().marks()).isNotEmpty();
    model.follow(pane.of(pane.picture().marks().getFirst()).orElseThrow());
    assertThat(followed)
        .containsExactly(
            pane.anomalies().getFirst().entity() + " " + pane.anomalies().getFirst().time());
    followed.clear();
    long time = pane.times().get(1)[40] / 1_000;
    model.follow(pane.nearest(time).orElseThrow());
    assertThat(followed).hasSize(1);
    assertThat(followed.getFirst()).endsWith(Instant.ofEpochMilli(time).toString());
  }

  @Test
  void theSearchWantsAllItsWordsAndChoicesAreRemembered() {
    Preferences preferences = Preferences.inMemory();
    TrendsViewModel model = shown(PastDesk.of(Case.NORMAL, preferences));
    model.search().set("floor-2 pressure");
    assertThat(model.picks()).hasSize(6).allMatch(p -> p.place().startsWith("floor-2"));
    model.aim("VIB-0203-A\tPRS-0101-A");
    model.range().set(Stretch.HOUR);
    TrendsViewModel again = shown(PastDesk.of(Case.NORMAL, preferences));
    assertThat(again.chosen()).containsExactly("VIB-0203-A", "PRS-0101-A");
    assertThat(again.range().get()).isEqualTo(Stretch.HOUR);
  }
}
