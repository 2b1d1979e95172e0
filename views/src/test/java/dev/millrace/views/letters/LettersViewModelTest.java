package dev.millrace.views.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.views.Preferences;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LettersViewModelTest {

  private final Preferences preferences = Preferences.inMemory();

  @Test
  void reasonsAreCountedWithTheirCourse() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    assertThat(model.reasons().getFirst().words()).isEqualTo("All reasons");
    assertThat(model.reasons().getFirst().letters()).isEqualTo(model.meant().get());
    assertThat(model.reasons()).hasSizeGreaterThan(3);
    double seen = 0;
    for (double bucket : model.reasons().getFirst().seen()) {
      seen += bucket;
    }
    assertThat(seen).isEqualTo(model.meant().get());
  }

  @Test
  void agesOfReasonsGoOnWhileNothingComes() {
    Desk desk = Desk.of(Case.NORMAL);
    LettersViewModel model = shown(desk);
    model.chooseReason("WRONG_TYPE");
    assertThat(model.reasons().getFirst().last()).isEqualTo("40 s ago");
    int asked = desk.engine().asked().size();
    model.show(new Altered(desk.moment()).later(Duration.ofSeconds(7)).moment());
    assertThat(model.reasons().getFirst().last()).isEqualTo("47 s ago");
    model.show(new Altered(desk.moment()).later(Duration.ofMinutes(5)).moment());
    assertThat(model.reasons().getFirst().last()).isEqualTo("5 min ago");
    assertThat(desk.engine().asked()).as("questions").hasSize(asked);
    assertThat(model.reason().getValue()).isEqualTo("WRONG_TYPE");
  }

  @Test
  void aReasonNarrowsTheListAndNotTheReasons() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    int reasons = model.reasons().size();
    model.chooseReason("WRONG_TYPE");
    assertThat(model.letters()).isNotEmpty().allMatch(l -> l.reason().equals("WRONG_TYPE"));
    assertThat(model.reasons()).hasSize(reasons);
  }

  @Test
  void filtersStayFromOneStartToTheNext() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    model.scope().set(LetterScope.DISCARDED);
    model.age().set(LetterAge.WEEK);
    model.words().set("installer");
    LettersViewModel again = shown(Desk.of(Case.NORMAL));
    assertThat(again.scope().get()).isEqualTo(LetterScope.DISCARDED);
    assertThat(again.age().get()).isEqualTo(LetterAge.WEEK);
    assertThat(again.words().get()).isEqualTo("installer");
    again.words().set("");
    assertThat(again.letters()).isNotEmpty().allMatch(l -> l.state() == LetterState.DISCARDED);
  }

  @Test
  void theFaultIsMarkedAndAMendedEventIsJudgedAtOnce() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    model.chooseReason("WRONG_TYPE");
    Judgement came = model.judgement().get();
    assertThat(came.tone()).isEqualTo(Tone.BAD);
    assertThat(model.text().get().substring(came.from(), came.to())).isEqualTo("\"warm\"");
    assertThat(model.edit()).isEqualTo(Edit.NONE);
    model.text().set(model.text().get().replace("\"warm\"", "21.0"));
    assertThat(model.edited().get()).isTrue();
    assertThat(model.judgement().get().tone()).isEqualTo(Tone.GOOD);
    model.revert();
    assertThat(model.edited().get()).isFalse();
    assertThat(model.judgement().get()).isEqualTo(came);
  }

  @Test
  void aMendedLetterIsSentAsItWasMended() {
    Desk desk = Desk.of(Case.NORMAL);
    LettersViewModel model = shown(desk);
    model.chooseReason("WRONG_TYPE");
    String mended = model.text().get().replace("\"warm\"", "21.0");
    model.text().set(mended);
    List<Outcome> told = new ArrayList<>();
    model.preview(model.one().orElseThrow(), model.edit(), told::add);
    assertThat(told).singleElement().isInstanceOf(Outcome.ReplayPreview.class);
    assertThat(desk.engine().commands()).isEmpty();
    model.replay(model.one().orElseThrow(), model.edit());
    assertThat(desk.engine().commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.ReplayLetters.class,
            replay ->
                assertThat(((Edit.Whole) replay.edit()).bytes())
                    .isEqualTo(mended.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aDiscardCanBeUndoneFromItsToast() {
    Desk desk = Desk.of(Case.NORMAL);
    LettersViewModel model = shown(desk);
    model.discard(model.one().orElseThrow(), "a test");
    desk.engine().end(new Outcome.Done("1 dead letters discarded", Map.of()));
    desk.toasts().getLast().lead().orElseThrow().act().run();
    assertThat(desk.engine().commands())
        .last()
        .isInstanceOfSatisfying(
            Command.RestoreLetters.class,
            restore ->
                assertThat(restore.filter().states()).containsExactly(LetterState.DISCARDED));
  }

  @Test
  void whatComesWhileASheetStandsOpenIsNotMeant() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    Instant newest = model.letters().getFirst().seenAt();
    assertThat(model.all().before()).contains(newest.plusNanos(1_000));
    assertThat(model.all().in(LetterState.NEW).before())
        .as("nor by what is made of the filter")
        .isEqualTo(model.all().before());
  }

  @Test
  void whatWasDealtWithIsNotMended() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    model.scope().set(LetterScope.REPLAYED);
    assertThat(model.chosen().get()).isPresent();
    assertThat(model.mendable()).isFalse();
    model.text().set("{}");
    assertThat(model.edit()).isEqualTo(Edit.NONE);
  }

  @Test
  void manyLettersAreCountedAndTheNewestListed() {
    LettersViewModel model = shown(Desk.of(Case.OVERFULL));
    model.scope().set(LetterScope.ALL);
    assertThat(model.meant().get()).isEqualTo(4_318);
    assertThat(model.letters()).hasSize(LettersViewModel.MOST_LISTED);
  }

  @Test
  void withoutLettersTheRoomIsEmpty() {
    assertThat(shown(Desk.of(Case.EMPTY)).empty().get()).isTrue();
  }

  @Test
  void aFaultInTextBeyondAsciiIsMarkedAtItsCharacters() {
    String text = "{\"ort\":\"Größe\",\"wert\":\"warm\"}";
    long position =
        text.substring(0, text.indexOf("\"warm\"")).getBytes(StandardCharsets.UTF_8).length;
    FaultSpan span = FaultSpan.of(text, position);
    assertThat(text.substring(span.from(), span.to())).isEqualTo("\"warm\"");
    assertThat(FaultSpan.of(text, 10_000).to()).isEqualTo(text.length());
    assertThat(FaultSpan.of("", 3)).isEqualTo(new FaultSpan(0, 0));
  }

  private LettersViewModel shown(Desk desk) {
    LettersViewModel model =
        new LettersViewModel(desk.desk(), new Clock(ZoneOffset.UTC), preferences);
    model.show(desk.moment());
    return model;
  }
}
