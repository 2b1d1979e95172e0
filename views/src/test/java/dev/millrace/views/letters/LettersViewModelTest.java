package dev.millrace.views.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.engine.model.Layer;
import dev.millrace.views.Preferences;
import dev.millrace.views.sample.Altered;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.HeldWork;
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
    Judgement came = model.open().judgement().get();
    assertThat(came.tone()).isEqualTo(Tone.BAD);
    assertThat(model.open().text().get().substring(came.from(), came.to())).isEqualTo("\"warm\"");
    assertThat(model.open().edit()).isEqualTo(Edit.NONE);
    model.open().text().set(model.open().text().get().replace("\"warm\"", "21.0"));
    assertThat(model.open().edited().get()).isTrue();
    assertThat(model.open().judgement().get().tone()).isEqualTo(Tone.GOOD);
    String draft = model.open().text().get();
    Letter letter = model.open().letter().get().orElseThrow();
    model.choose(model.letters().getLast());
    assertThat(model.open().text().get()).isNotEqualTo(draft);
    model.choose(letter);
    assertThat(model.open().text().get()).as("a draft stays").isEqualTo(draft);
    assertThat(model.open().edited().get()).isTrue();
    model.open().revert();
    assertThat(model.open().edited().get()).isFalse();
    assertThat(model.open().judgement().get()).isEqualTo(came);
  }

  @Test
  void aMendedLetterIsSentAsItWasMended() {
    Desk desk = Desk.of(Case.NORMAL);
    LettersViewModel model = shown(desk);
    model.chooseReason("WRONG_TYPE");
    String mended = model.open().text().get().replace("\"warm\"", "21.0");
    model.open().text().set(mended);
    List<Outcome> told = new ArrayList<>();
    model.preview(model.open().filter().orElseThrow(), model.open().edit(), told::add);
    assertThat(told).singleElement().isInstanceOf(Outcome.ReplayPreview.class);
    assertThat(desk.engine().commands()).isEmpty();
    model.replay(model.open().filter().orElseThrow(), model.open().edit());
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
    model.discard(model.open().filter().orElseThrow(), "a test");
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
  void nothingIsDoneToAllLettersBeforeThoseOfTheFilterAreKnown() {
    HeldWork work = new HeldWork();
    LettersViewModel model = shown(Desk.on(Case.NORMAL, work));
    assertThat(model.looking().get()).isTrue();
    work.release();
    assertThat(model.looking().get()).isFalse();
    long all = model.meant().get();
    model.words().set("no letter holds this");
    assertThat(model.looking().get()).isTrue();
    assertThat(LetterWords.listed(all, 7, true, "")).isEqualTo("looking …");
    work.release();
    assertThat(model.looking().get()).isFalse();
    model.chooseReason("WRONG_TYPE");
    assertThat(model.looking().get()).isTrue();
  }

  @Test
  void aLookThatTakesLongerThanTheNextCommitComesToItsEnd() {
    HeldWork work = new HeldWork();
    Desk desk = Desk.on(Case.NORMAL, work);
    LettersViewModel model = shown(desk);
    Altered later = new Altered(desk.moment()).newVersion(Layer.DEAD_LETTERS);
    model.show(later.moment());
    work.release();
    assertThat(model.letters()).isNotEmpty();
    int asked = desk.engine().asked().size();
    model.show(later.moment());
    work.release();
    assertThat(desk.engine().asked()).as("looked again").hasSizeGreaterThan(asked);
  }

  @Test
  void whatIsUnderWayIsSaidInPlaceOfNoLetters() {
    Desk desk = Desk.of(Case.NORMAL);
    LettersViewModel model = shown(desk);
    model.replay(model.all(), Edit.NONE);
    model.show(desk.moment());
    String underWay = model.underWay().get();
    assertThat(underWay).isEqualTo("Replaying 840 of 2,000 …");
    assertThat(model.nothing().getValue()).isEqualTo(underWay);
    assertThat(LetterWords.listed(0, 0, false, underWay)).isEqualTo(underWay);
    assertThat(LetterWords.listed(3, 3, false, underWay)).isEqualTo(underWay + " · 3 letters");
    desk.engine().end(new Outcome.Done("2,000 dead letters replayed", Map.of()));
    model.show(desk.moment());
    assertThat(model.underWay().get()).isEmpty();
    assertThat(LetterWords.listed(0, 0, false, "")).isEqualTo("0 letters");
  }

  @Test
  void aSheetSaysWhatComesMeanwhile() {
    assertThat(LetterWords.newer(-12)).isEmpty();
    assertThat(LetterWords.newer(0)).isEmpty();
    assertThat(LetterWords.newer(1))
        .isEqualTo("1 newer letter came since this was opened and stays as it is.");
    assertThat(LetterWords.newer(1_200))
        .isEqualTo("1,200 newer letters came since this was opened and stay as they are.");
  }

  @Test
  void aTextThatNoLetterHoldsIsSaidSo() {
    DeadLetters.Preview none = new DeadLetters.Preview(List.of(), 0, 0, 37);
    assertThat(LetterWords.of(none, new Edit.Replace("wram", "21.0")))
        .isEqualTo("Nothing in these letters matches “wram”, so none would be sent.");
    assertThat(LetterWords.of(new DeadLetters.Preview(List.of(), 0, 0, 0), Edit.NONE))
        .startsWith("No letters to replay");
  }

  @Test
  void whatWasDealtWithIsNotMended() {
    LettersViewModel model = shown(Desk.of(Case.NORMAL));
    model.scope().set(LetterScope.REPLAYED);
    assertThat(model.open().letter().get()).isPresent();
    assertThat(model.open().mendable()).isFalse();
    model.open().text().set("{}");
    assertThat(model.open().edit()).isEqualTo(Edit.NONE);
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
