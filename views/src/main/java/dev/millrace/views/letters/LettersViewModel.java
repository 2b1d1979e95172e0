package dev.millrace.views.letters;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterGroup;
import dev.millrace.engine.deadletter.LetterId;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.engine.model.Layer;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the dead letters' room tells and does. FX thread only.
public final class LettersViewModel implements RoomModel {

  /// Letters listed at most; groups count all.
  static final int MOST_LISTED = 2_000;

  private static final int BUCKETS = 32;
  private static final String SCOPE = "letters.scope";
  private static final String AGE = "letters.age";
  private static final String WORDS = "letters.words";

  private final CommandDesk desk;
  private final Clock clock;
  private final Preferences preferences;
  private final ObjectProperty<@Nullable LetterScope> scope = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable LetterAge> age = new SimpleObjectProperty<>();
  private final StringProperty words = new SimpleStringProperty("");
  private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
  private final ReasonList reasons = new ReasonList(BUCKETS);
  private final ObservableList<Letter> letters = FXCollections.observableArrayList();
  private final ReadOnlyLongWrapper meant = new ReadOnlyLongWrapper();
  private final OpenLetter open;
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("Looking …");
  private final ReadOnlyStringWrapper underWay = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyLongWrapper comes = new ReadOnlyLongWrapper();
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(true);
  private final Map<String, Asked> asking = new LinkedHashMap<>();
  private List<LetterGroup> groups = List.of();
  private Map<String, long[]> trend = Map.of();
  private Map<String, Long> versions = Map.of();
  private String pipeline = "";
  private Instant now = Instant.EPOCH;
  private boolean choosing;

  public LettersViewModel(CommandDesk desk, Clock clock, Preferences preferences) {
    this.desk = desk;
    this.clock = clock;
    this.preferences = preferences;
    open = new OpenLetter(desk, () -> pipeline);
    scope.set(kept(SCOPE, LetterScope.values(), LetterScope.NEW));
    age.set(kept(AGE, LetterAge.values(), LetterAge.ALL));
    words.set(preferences.value(WORDS).orElse(""));
    scope.addListener((_, _, next) -> refilter(SCOPE, String.valueOf(next)));
    age.addListener((_, _, next) -> refilter(AGE, String.valueOf(next)));
    words.addListener((_, _, next) -> refilter(WORDS, next));
  }

  private <T extends Enum<T>> T kept(String key, T[] all, T otherwise) {
    String name = preferences.value(key).orElse("");
    for (T each : all) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return otherwise;
  }

  @Override
  public void show(Moment moment) {
    now = moment.now();
    if (moment.status().isEmpty()) {
      return;
    }
    pipeline = moment.pipeline();
    underWay.set(LetterWords.underWay(moment));
    Map<String, Long> next = new LinkedHashMap<>();
    long all = 0;
    for (TableStatus table : moment.status().get().tables()) {
      if (table.table().layer() == Layer.DEAD_LETTERS) {
        next.put(table.table().name(), table.version());
        all += table.rows();
      }
    }
    empty.set(all == 0);
    comes.set(all > 0 ? 0 : moment.stream().map(StreamStatus::deadLettersMet).orElse(0L));
    // A look that takes longer than commits follow one another is let come to its end.
    if (!next.equals(versions) && !awaits()) {
      versions = next;
      look();
    } else if (!groups.isEmpty()) {
      showReasons();
    }
  }

  private boolean awaits() {
    return asking.values().stream().anyMatch(asked -> !asked.isAnswered());
  }

  private void refilter(String key, String value) {
    preferences.keep(key, value);
    looking.set(true);
    look();
  }

  /// Asks the engine anew.
  private void look() {
    if (pipeline.isEmpty()) {
      return;
    }
    LetterFilter everyReason = filter("");
    ask("groups", new Command.FindLetters(pipeline, everyReason, 0), this::takeGroups);
    Duration span = span();
    ask(
        "trend",
        new Command.Ask(
            pipeline, new Question.LetterTrend(everyReason, now.minus(span), now, BUCKETS)),
        this::takeTrend);
    list();
  }

  private void list() {
    ask(
        "letters",
        new Command.FindLetters(pipeline, filter(reason.get()), MOST_LISTED),
        this::takeLetters);
  }

  private void ask(String what, Command command, Consumer<Outcome> take) {
    Asked before = asking.get(what);
    if (before != null && !before.isAnswered()) {
      before.forget();
    }
    asking.put(what, desk.ask(command, take));
  }

  /// What the trend covers: the age on show, or what the oldest letters need.
  private Duration span() {
    LetterAge shown = age.get();
    return Optional.ofNullable(shown)
        .flatMap(LetterAge::span)
        .orElseGet(
            () ->
                groups.stream()
                    .map(LetterGroup::first)
                    .min(Comparator.naturalOrder())
                    .map(first -> Duration.between(first, now).plusMinutes(1))
                    .orElse(Duration.ofDays(1)));
  }

  private LetterFilter filter(String ofReason) {
    String part = words.get().strip();
    LetterScope states = scope.get();
    return new LetterFilter(
        Set.of(),
        ofReason.isEmpty() ? Set.of() : Set.of(ofReason),
        states == null ? Set.of() : states.states(),
        Optional.ofNullable(age.get()).flatMap(LetterAge::span).map(now::minus),
        Optional.empty(),
        part.isEmpty() ? Optional.empty() : Optional.of(part),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private void takeGroups(Outcome outcome) {
    switch (outcome) {
      case Outcome.Letters found -> {
        boolean older = groups.isEmpty() && age.get() == LetterAge.ALL;
        groups = found.groups();
        fault.set("");
        nothing.set("No letter fits the filter.");
        showReasons();
        if (older && !groups.isEmpty()) {
          ask(
              "trend",
              new Command.Ask(
                  pipeline, new Question.LetterTrend(filter(""), now.minus(span()), now, BUCKETS)),
              this::takeTrend);
        }
      }
      case Outcome.Failed failed -> {
        fault.set(failed.what() + ". " + failed.remedy() + ".");
        nothing.set("The letters cannot be read.");
      }
      default -> {
        // Another question took its place.
      }
    }
  }

  private void takeTrend(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered
        && answered.answer() instanceof Answer.LetterTrend seen) {
      trend = seen.seen();
      showReasons();
    }
  }

  private void takeLetters(Outcome outcome) {
    boolean others = looking.get();
    looking.set(false);
    if (outcome instanceof Outcome.Letters found) {
      meant.set(found.groups().stream().mapToLong(LetterGroup::letters).sum());
      Optional<Letter> before = open.letter().get();
      boolean keeps = open.edited().get();
      choosing = true;
      List<Letter> next = kept(letters, found.newest());
      if (!letters.equals(next)) {
        letters.setAll(next);
      }
      choosing = false;
      Optional<Letter> again =
          before.flatMap(b -> letters.stream().filter(l -> l.id().equals(b.id())).findFirst());
      if (again.isEmpty()) {
        choose(letters.isEmpty() ? null : letters.getFirst());
      } else if (!keeps) {
        choose(again.get());
      }
    } else if (others) {
      // Those on show are of another filter, and nobody knows what this one finds.
      letters.clear();
      meant.set(0);
    }
  }

  /// Letters that are read again are mostly those on show: they stay the very same, and what shows
  /// them need not be drawn anew.
  private static List<Letter> kept(List<Letter> shown, List<Letter> found) {
    Map<LetterId, Letter> before =
        shown.stream().collect(Collectors.toMap(Letter::id, l -> l, (a, _) -> a));
    return found.stream()
        .map(
            letter ->
                Optional.ofNullable(before.get(letter.id()))
                    .filter(b -> b.state() == letter.state() && b.note().equals(letter.note()))
                    .filter(b -> b.changedAt().equals(letter.changedAt()))
                    .orElse(letter))
        .toList();
  }

  private void showReasons() {
    choosing = true;
    int kinds = reasons.show(groups, trend, now);
    choosing = false;
    long count = groups.stream().mapToLong(LetterGroup::letters).sum();
    LetterScope states = scope.get();
    subtitle.set(
        count == 0
            ? "none that fits the filter"
            : Figures.counted(count, "letter")
                + (states == LetterScope.ALL || states == null
                    ? ""
                    : ", " + states.words().toLowerCase(java.util.Locale.ROOT))
                + " · "
                + Figures.counted(kinds, "reason"));
  }

  /// @param name of a reason; empty for all
  public void chooseReason(String name) {
    if (!choosing && !name.equals(reason.get())) {
      reason.set(name);
      looking.set(true);
      list();
    }
  }

  public void choose(@Nullable Letter letter) {
    if (!choosing) {
      open.open(letter);
    }
  }

  /// The filter of all letters on show; what came since they were looked at is not meant, so that
  /// an act does what its sheet said.
  LetterFilter all() {
    LetterFilter shown = filter(reason.get());
    return letters.stream()
        .map(Letter::seenAt)
        .max(Comparator.naturalOrder())
        .map(newest -> shown.seenBefore(newest.plus(1, ChronoUnit.MICROS)))
        .orElse(shown);
  }

  public Asked preview(LetterFilter of, Edit edit, Consumer<Outcome> told) {
    return desk.ask(new Command.PreviewReplay(pipeline, of, edit), told);
  }

  public void replay(LetterFilter of, Edit edit) {
    open.sent();
    desk.submit(new Command.ReplayLetters(pipeline, of, edit));
  }

  /// Sets letters aside; the toast offers to take it back.
  public void discard(LetterFilter of, String why) {
    Command back = new Command.RestoreLetters(pipeline, of.in(LetterState.DISCARDED));
    desk.submit(
        new Command.DiscardLetters(pipeline, of, why),
        new Toast.Lead("Undo", () -> desk.submit(back)));
  }

  public void restore(LetterFilter of) {
    desk.submit(new Command.RestoreLetters(pipeline, of));
  }

  public void export(Path to) {
    desk.submit(new Command.ExportLetters(pipeline, all(), Command.LetterFormat.LINES, to));
  }

  void copied() {
    desk.say(new Toast(Tone.GOOD, "Copied", "the event as it came", ""));
  }

  /// @param target a reason, or a letter as `topic-partition@offset`
  @Override
  public void aim(String target) {
    if (target.isEmpty()) {
      return;
    }
    letters.stream()
        .filter(l -> l.id().toString().equals(target))
        .findFirst()
        .ifPresentOrElse(this::choose, () -> chooseReason(target));
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return now;
  }

  public ObjectProperty<@Nullable LetterScope> scope() {
    return scope;
  }

  public ObjectProperty<@Nullable LetterAge> age() {
    return age;
  }

  /// Words that an event or its fault must hold.
  public StringProperty words() {
    return words;
  }

  /// Name of the chosen reason; empty for all.
  public ObservableValue<String> reason() {
    return reason.getReadOnlyProperty();
  }

  public ObservableList<ReasonRow> reasons() {
    return reasons.rows();
  }

  /// The newest letters of the filter.
  public ObservableList<Letter> letters() {
    return letters;
  }

  /// How many the filter finds, listed or not.
  public ReadOnlyLongProperty meant() {
    return meant.getReadOnlyProperty();
  }

  /// The letter that is chosen.
  public OpenLetter open() {
    return open;
  }

  /// Why letters cannot be told; empty when they can.
  public ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }

  /// What stands where no letter is listed.
  ObservableValue<String> nothing() {
    return Bindings.when(underWay.isEmpty()).then(nothing).otherwise(underWay);
  }

  /// What changes letters right now; empty when nothing does.
  ReadOnlyStringProperty underWay() {
    return underWay.getReadOnlyProperty();
  }

  /// Whether the letters on show are those of an earlier filter still: nothing is done to all of
  /// them then.
  ReadOnlyBooleanProperty looking() {
    return looking.getReadOnlyProperty();
  }

  /// Letters met that the next commit brings, while none is kept yet.
  ReadOnlyLongProperty comes() {
    return comes.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
