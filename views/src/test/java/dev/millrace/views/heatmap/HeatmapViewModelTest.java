package dev.millrace.views.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.views.Preferences;
import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.heatmap.PlacePanel.Sensor;
import dev.millrace.views.sample.PastDesk;
import dev.millrace.views.sample.SampleEngine;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Tone;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeatmapViewModelTest {

  private static HeatmapViewModel shown(PastDesk past) {
    HeatmapViewModel model =
        new HeatmapViewModel(past.desk(), past.cursor(), past.clock(), past.preferences());
    model.show(past.moment());
    return model;
  }

  private static double value(HeatmapViewModel model, String place) {
    return model.heatmap().get().cells().stream()
        .filter(c -> c.place().equals(place))
        .mapToDouble(Cell::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachPlaceHasItsCellAndTheGravestIsToldAtTheSide() {
    HeatmapViewModel model = shown(PastDesk.of(Case.NORMAL));
    assertThat(model.heatmap().get().cells()).hasSize(24);
    assertThat(model.coverage().getValue()).isEqualTo("24 of 24 places heard");
    PlacePanel panel = model.panel().get();
    assertThat(panel.place()).isEqualTo("floor-3/zone-4");
    assertThat(panel.alarm()).isNotEmpty();
    assertThat(panel.change()).contains("above usual");
    assertThat(panel.sensors()).hasSize(4);
    assertThat(panel.sensors().getFirst().kind()).isEqualTo("temperature");
    assertThat(panel.sensors().getFirst().course()).hasSize(60);
    assertThat(model.sensor().get()).isEqualTo("TMP-0304-A");
  }

  @Test
  void aChosenPlaceIsToldWithItsSensors() {
    HeatmapViewModel model = shown(PastDesk.of(Case.NORMAL));
    model.choose("floor-1/zone-2");
    assertThat(model.panel().get().title()).isEqualTo("Floor 1 · Zone 2");
    assertThat(model.panel().get().sensors())
        .extracting(Sensor::entity)
        .containsExactly("TMP-0102-A", "HUM-0102-A", "PRS-0102-A", "VIB-0102-A");
    assertThat(model.heatmap().get().cells())
        .filteredOn(Cell::chosen)
        .extracting(Cell::place)
        .containsExactly("floor-1/zone-2");
  }

  @Test
  void measuresHaveScalesOfTheirOwn() {
    HeatmapViewModel model = shown(PastDesk.of(Case.NORMAL));
    model.measure().set(Measure.HEALTH);
    assertThat(model.heatmap().get().unit()).isEqualTo("%");
    assertThat(model.heatmap().get().high()).isEqualTo(100);
    assertThat(value(model, "floor-3/zone-4")).isBetween(50.0, 99.0);
    model.measure().set(Measure.ANOMALIES);
    assertThat(value(model, "floor-3/zone-4")).isGreaterThan(2);
    assertThat(value(model, "floor-1/zone-2")).isZero();
    model.measure().set(Measure.FRESHNESS);
    assertThat(value(model, "floor-1/zone-2")).isBetween(80.0, 100.0);
  }

  @Test
  void thePastIsShownInTheColoursOfThePresent() {
    PastDesk past = PastDesk.of(Case.NORMAL);
    HeatmapViewModel model = shown(past);
    double now = value(model, "floor-3/zone-4");
    double low = model.heatmap().get().low();
    past.cursor().show(SampleEngine.START.minusSeconds(8 * 3_600));
    model.show(past.moment());
    assertThat(value(model, "floor-3/zone-4")).as("before it grew hot").isLessThan(now - 5);
    assertThat(model.heatmap().get().low()).isEqualTo(low);
    assertThat(model.heatmap().get().cells()).hasSize(24);
    assertThat(model.panel().get().sensors().getFirst().course()).isNotEmpty();
    past.cursor().live();
    model.show(past.moment());
    assertThat(value(model, "floor-3/zone-4")).isEqualTo(now);
  }

  @Test
  void aLakeThatGivesNoAnswerIsToldAndLiveStays() {
    PastDesk past = PastDesk.of(Case.FAILED);
    HeatmapViewModel model = shown(past);
    past.cursor().show(past.cursor().newest().get().minusSeconds(600));
    model.show(past.moment());
    assertThat(model.trouble().get().orElseThrow().what()).contains("damaged");
    assertThat(model.heatmap().get().cells()).hasSize(24);
    past.cursor().live();
    model.show(past.moment());
    assertThat(model.trouble().get()).isEmpty();
  }

  @Test
  void choicesAreRemembered() {
    Preferences preferences = Preferences.inMemory();
    HeatmapViewModel model = shown(PastDesk.of(Case.NORMAL, preferences));
    model.kind().set("pressure");
    model.measure().set(Measure.HEALTH);
    model.numbers().set(false);
    HeatmapViewModel again = shown(PastDesk.of(Case.NORMAL, preferences));
    assertThat(again.kind().get()).isEqualTo("pressure");
    assertThat(again.measure().get()).isEqualTo(Measure.HEALTH);
    assertThat(again.numbers().get()).isFalse();
    assertThat(again.heatmap().get().numbers()).isFalse();
  }

  @Test
  void fortyFloorsFitAndNothingIsEmptyWithoutAWord() {
    HeatmapViewModel full = shown(PastDesk.of(Case.OVERFULL));
    assertThat(full.heatmap().get().rowCount()).isEqualTo(40);
    assertThat(full.heatmap().get().cells()).hasSize(240);
    HeatmapViewModel none = shown(PastDesk.of(Case.EMPTY));
    assertThat(none.empty().get()).isTrue();
    assertThat(none.panel().get()).isEqualTo(PlacePanel.NONE);
    assertThat(none.trouble().get()).isEqualTo(Optional.empty());
    assertThat(full.counts().get().warning() + full.counts().get().critical())
        .isEqualTo(
            (int)
                full.heatmap().get().cells().stream().filter(c -> c.mark() != Tone.MUTED).count());
  }
}
