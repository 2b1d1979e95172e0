package dev.millrace.views.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.sample.SamplePipeline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteViewModelTest {

  private static final List<String> ROOMS = List.of("overview", "lake", "runs");

  @Test
  void fewLettersFindTheirName() {
    PaletteViewModel model = opened(Desk.of(Case.NORMAL));
    assertThat(first(model, "silread")).isEqualTo("silver.readings");
    assertThat(first(model, "g5")).isEqualTo("gold.sensor_5min");
    assertThat(first(model, "run daily")).isEqualTo("Run flow daily");
    assertThat(first(model, "tmp0304")).isEqualTo("TMP-0304-A");
    assertThat(first(model, "#4819")).isEqualTo("#4819 daily");
    model.words().set("qqqqq");
    assertThat(model.shown()).isEmpty();
  }

  @Test
  void whatWasTakenLatelyStandsFirstAmongEquals() {
    PaletteViewModel model = opened(Desk.of(Case.NORMAL));
    model.words().set("gold.");
    Entry last = model.shown().getLast();
    model.take(last);
    model.open();
    model.words().set("gold.");
    assertThat(model.shown().indexOf(last)).isLessThan(model.shown().size() - 1);
  }

  @Test
  void takingAnEntryDoesWhatItSays() {
    Desk desk = Desk.of(Case.NORMAL);
    List<String> opened = new ArrayList<>();
    desk.desk().doors((room, target) -> opened.add(room + " " + target));
    PaletteViewModel model = opened(desk);
    model.words().set("silver.readings");
    model.take(model.shown().getFirst());
    assertThat(opened).containsExactly("lake silver.readings");
    model.words().set("load the warehouse");
    model.take(model.shown().getFirst());
    assertThat(desk.engine().commands()).containsExactly(new Command.Load(SamplePipeline.NAME));
  }

  @Test
  void whatWouldWaitSaysForWhat() {
    PaletteViewModel model = opened(Desk.of(Case.FIRST_FLOW));
    model.words().set("load the warehouse");
    assertThat(model.shown().getFirst().detail()).isEqualTo("after the flow · what is new in Gold");
    model.words().set("stop stream");
    assertThat(model.shown().getFirst().detail()).isEqualTo("after a last commit");
  }

  @Test
  void allLettersMustStandInTheirOrder() {
    assertThat(Fuzzy.weight("abc", "a-b-c")).isPresent();
    assertThat(Fuzzy.weight("acb", "a-b-c")).isEmpty();
    assertThat(Fuzzy.weight("lake", "Lake").orElseThrow())
        .isGreaterThan(Fuzzy.weight("lake", "a long key").orElse(0));
  }

  private static String first(PaletteViewModel model, String words) {
    model.words().set(words);
    assertThat(model.shown()).as(words).isNotEmpty();
    return model.shown().getFirst().title();
  }

  private static PaletteViewModel opened(Desk desk) {
    PaletteViewModel model =
        new PaletteViewModel(() -> Entries.of(desk.moment(), desk.desk(), ROOMS));
    model.open();
    return model;
  }
}
