package dev.millrace.views.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.simulator.Fault;
import dev.millrace.views.desk.Doors;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.flow.FlowPicture.Arrow;
import dev.millrace.views.flow.FlowViewModel.EventFilter;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FlowViewModelTest {

  @Test
  void everyPartIsDrawnAndWhatFlowsMoves() {
    FlowPicture picture = shown(Desk.of(Case.NORMAL)).picture().get();
    assertThat(picture.nodes()).containsOnlyKeys(Part.values());
    assertThat(picture.arrows().stream().filter(a -> a.from() == Part.SIMULATOR))
        .hasSize(3)
        .allMatch(Arrow::moving);
    assertThat(picture.nodes().get(Part.QUALITY)).extracting(n -> n.tone()).isEqualTo(Tone.WARNING);
  }

  @Test
  void nothingMovesWhenTheBrokerIsDown() {
    FlowPicture picture = shown(Desk.of(Case.SERVICE_DOWN)).picture().get();
    assertThat(picture.arrows()).noneMatch(Arrow::moving);
    assertThat(picture.nodes().get(Part.KAFKA)).extracting(n -> n.tone()).isEqualTo(Tone.BAD);
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void everyPartHasAPanelAndAPlanInEveryCase(Part part) {
    for (Case each : Case.values()) {
      Desk desk = Desk.of(each);
      FlowViewModel model = shown(desk);
      model.chosen().set(part);
      assertThat(model.panel().get().isPresent()).as("%s", each).isEqualTo(each != Case.LOADING);
      assertThat(model.plan().get().isPresent()).as("%s", each).isEqualTo(each != Case.LOADING);
    }
  }

  @Test
  void theLoadIsPreviewedThenRunsThenTellsItsResult() {
    Desk desk = Desk.of(Case.NORMAL);
    desk.engine().idle();
    FlowViewModel model = shown(desk);
    model.chosen().set(Part.WAREHOUSE);
    PlanPicture plan = model.plan().get().orElseThrow();
    assertThat(plan.stats()).first().extracting(PlanPicture.Stat::value).isEqualTo("+1,536");
    assertThat(plan.caution()).contains("20 of 22");
    Command load = plan.command().orElseThrow();
    model.submit(load);
    model.show(desk.moment());
    assertThat(model.plan().get().orElseThrow().progress()).isPresent();
    desk.engine().end(new Outcome.Done("4 tables, 1,536 rows", Map.of()));
    model.show(desk.moment());
    assertThat(model.plan().get().orElseThrow().progress()).isEmpty();
    assertThat(model.plan().get().orElseThrow().result().orElseThrow().text())
        .isEqualTo("4 tables, 1,536 rows");
  }

  @Test
  void whileAFlowRunsWhatWouldWaitForItSaysSo() {
    Desk desk = Desk.of(Case.FIRST_FLOW);
    FlowViewModel model = shown(desk);
    model.chosen().set(Part.QUALITY);
    assertThat(model.plan().get().orElseThrow().button()).isEqualTo("Check after the flow");
    assertThat(model.panel().get().orElseThrow().acts())
        .extracting(PanelPicture.Act::label)
        .containsExactly("Check all after the flow");
    model.chosen().set(Part.STREAM);
    assertThat(model.plan().get().orElseThrow().button())
        .as("runs beside it")
        .isEqualTo("Catch up now");
  }

  @Test
  void nothingIsLoadedFromAnEmptyLake() {
    FlowViewModel model = shown(Desk.of(Case.EMPTY));
    model.chosen().set(Part.WAREHOUSE);
    assertThat(model.plan().get().orElseThrow().command()).isEmpty();
  }

  @Test
  void aLoadIsDueOnlyWhileRowsWait() {
    Desk desk = Desk.of(Case.NORMAL);
    FlowViewModel model = shown(desk);
    model.chosen().set(Part.WAREHOUSE);
    assertThat(model.plan().get().orElseThrow().due()).isTrue();
    Moment moment = desk.moment();
    List<TableStatus> unloaded =
        moment.status().orElseThrow().tables().stream()
            .map(
                t ->
                    new TableStatus(
                        t.table(),
                        t.version(),
                        1,
                        t.bytes(),
                        t.files(),
                        t.committedAt(),
                        t.quality()))
            .toList();
    model.show(new Altered(moment).tables(unloaded).moment());
    PlanPicture plan = model.plan().get().orElseThrow();
    assertThat(plan.due()).isFalse();
    assertThat(plan.subject()).startsWith("no new rows");
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"SIMULATOR", "KAFKA", "DEAD_LETTERS"})
  void wherePartsActByThemselvesNothingIsOfferedToRun(Part part) {
    for (Case each : List.of(Case.EMPTY, Case.NORMAL, Case.SERVICE_DOWN)) {
      FlowViewModel model = shown(Desk.of(each));
      model.chosen().set(part);
      PlanPicture plan = model.plan().get().orElseThrow();
      assertThat(plan.title()).doesNotContain("warehouse");
      assertThat(plan.button()).isEmpty();
      assertThat(plan.command()).isEmpty();
      assertThat(plan.lines()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BRONZE, lake, bronze.sensor_events",
    "SILVER, lake, silver.readings",
    "GOLD, lake, gold.sensor_5min",
    "WAREHOUSE, warehouse, ''",
    "QUALITY, quality, ''",
    "DEAD_LETTERS, letters, ''"
  })
  void aPartLeadsToItsRoom(Part part, String room, String target) {
    Desk desk = Desk.of(Case.NORMAL);
    Opened opened = new Opened();
    FlowViewModel model = shown(desk);
    model.chosen().set(part);
    assertThat(model.lead()).as("a console without that room").isEmpty();
    desk.desk().doors(opened);
    model.openRoom();
    assertThat(opened.last).isEqualTo(room + " " + target);
    model.openRoom("elsewhere");
    assertThat(opened.last).isEqualTo(room + " elsewhere");
  }

  @ParameterizedTest
  @EnumSource(
      value = Part.class,
      names = {"SIMULATOR", "KAFKA", "STREAM"})
  void aPartWithoutARoomLeadsNowhere(Part part) {
    Desk desk = Desk.of(Case.NORMAL);
    desk.desk().doors(new Opened());
    FlowViewModel model = shown(desk);
    model.chosen().set(part);
    assertThat(model.lead()).isEmpty();
  }

  /// Doors to every room, and the last that was opened.
  private static final class Opened implements Doors {
    private String last = "";

    @Override
    public void open(String room, String target) {
      last = room + " " + target;
    }

    @Override
    public boolean leadsTo(String room) {
      return true;
    }
  }

  @Test
  void silverBuildsItsOneTableAndGoldAll() {
    FlowViewModel model = shown(Desk.of(Case.NORMAL));
    model.chosen().set(Part.SILVER);
    assertThat(model.plan().get().orElseThrow().command().orElseThrow().toString())
        .contains("silver.readings");
    model.chosen().set(Part.GOLD);
    assertThat(model.plan().get().orElseThrow().command())
        .contains(new Command.Transform(SamplePipeline.NAME, Optional.empty()));
  }

  @Test
  void theLogIsFilteredAndGrowsAtItsHead() {
    Desk desk = Desk.of(Case.NORMAL);
    FlowViewModel model = shown(desk);
    assertThat(model.events()).hasSize(40);
    model.filter().set(EventFilter.FAILURES);
    assertThat(model.events()).isNotEmpty().allMatch(e -> e.part().equals("Stream"));
    model.filter().set(EventFilter.ALL);
    desk.engine().pass(13);
    model.show(desk.moment());
    assertThat(model.events()).isEqualTo(desk.engine().snapshot().events());
  }

  @Test
  void withoutASimulatorTheStreamIsShownFirst() {
    Desk desk = Desk.of(Case.NORMAL);
    FlowViewModel model = new FlowViewModel(desk.desk(), new Clock(ZoneOffset.UTC));
    Moment steered = desk.moment();
    model.show(new Moment(steered.now(), steered.engine(), steered.pipeline(), Optional.empty()));
    assertThat(model.chosen().get()).isEqualTo(Part.STREAM);
    assertThat(model.panel().get().orElseThrow().facts()).isNotEmpty();
  }

  @Test
  void theFleetIsSteered() {
    Desk desk = Desk.of(Case.NORMAL);
    FlowViewModel model = shown(desk);
    model.rate(500);
    model.anomalyRate(0.05);
    model.breakSensor("TMP-0101-A", Fault.OFFLINE);
    model.mend("HUM-0302-A");
    assertThat(desk.simulator().status().targetRate()).isEqualTo(500);
    assertThat(desk.simulator().status().anomalyRate()).isEqualTo(0.05);
    assertThat(desk.simulator().status().broken())
        .extracting(b -> b.sensor())
        .containsExactly("TMP-0405-A", "TMP-0101-A");
  }

  private static FlowViewModel shown(Desk desk) {
    FlowViewModel model = new FlowViewModel(desk.desk(), new Clock(ZoneOffset.UTC));
    model.show(desk.moment());
    return model;
  }
}
