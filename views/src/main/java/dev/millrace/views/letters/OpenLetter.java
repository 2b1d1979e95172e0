package dev.millrace.views.letters;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterId;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.theme.Tone;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The letter that is open for reading and mending, with what the engine says of it. FX thread
/// only.
public final class OpenLetter {

  private final CommandDesk desk;
  private final Supplier<String> pipeline;
  private final ReadOnlyObjectWrapper<Optional<Letter>> letter =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final StringProperty text = new SimpleStringProperty("");
  private final ReadOnlyBooleanWrapper edited = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Judgement> judgement =
      new ReadOnlyObjectWrapper<>(Judgement.NONE);
  private final Map<LetterId, String> drafts = new HashMap<>();
  private Optional<Asked> asked = Optional.empty();

  OpenLetter(CommandDesk desk, Supplier<String> pipeline) {
    this.desk = desk;
    this.pipeline = pipeline;
    text.addListener((_, _, _) -> judge());
  }

  /// What was written into the one before stays, and is there again when that is opened again.
  void open(@Nullable Letter next) {
    letter
        .get()
        .ifPresent(
            before -> {
              if (edited.get()) {
                drafts.put(before.id(), text.get());
              } else {
                drafts.remove(before.id());
              }
            });
    letter.set(Optional.ofNullable(next));
    String raw = next == null ? "" : next.text().orElseGet(() -> printable(next.raw()));
    write(next == null || !mendable() ? raw : drafts.getOrDefault(next.id(), raw));
  }

  private void write(String next) {
    if (next.equals(text.get())) {
      judge();
    } else {
      text.set(next);
    }
  }

  /// Bytes that are no text, each that does not print as a dot.
  private static String printable(byte[] raw) {
    StringBuilder shown = new StringBuilder();
    for (byte each : raw) {
      int code = each & 0xFF;
      shown.append(code >= 32 && code < 127 ? (char) code : '·');
    }
    return shown.toString();
  }

  /// Whether it can be mended here: it is new, and text.
  public boolean mendable() {
    return letter
        .get()
        .filter(l -> l.state() == LetterState.NEW && l.text().isPresent())
        .isPresent();
  }

  private void judge() {
    Optional<Letter> open = letter.get();
    if (open.isEmpty()) {
      edited.set(false);
      judgement.set(Judgement.NONE);
      return;
    }
    String written = text.get();
    boolean other = mendable() && !open.get().text().orElse("").equals(written);
    edited.set(other);
    if (!other) {
      judgement.set(
          judgement(
              open.get().state() == LetterState.NEW ? Tone.BAD : Tone.MUTED,
              ReasonWords.of(open.get().reason()) + ": " + open.get().detail(),
              FaultSpan.of(written, open.get().position())));
      return;
    }
    judgement.set(new Judgement(Tone.ACCENT, "Looking …", 0, 0));
    asked.filter(before -> !before.isAnswered()).ifPresent(Asked::forget);
    asked =
        Optional.of(
            desk.ask(
                new Command.Ask(
                    pipeline.get(),
                    new Question.Judge(
                        open.get().feed(), written.getBytes(StandardCharsets.UTF_8))),
                outcome -> take(outcome, written)));
  }

  private void take(Outcome outcome, String written) {
    if (!written.equals(text.get())
        || !(outcome instanceof Outcome.Answered answered)
        || !(answered.answer() instanceof Answer.Judged judged)) {
      return;
    }
    judgement.set(
        judged
            .fault()
            .map(
                f ->
                    judgement(
                        Tone.BAD,
                        ReasonWords.of(f.reason()) + ": " + f.detail(),
                        FaultSpan.of(written, f.position())))
            .orElseGet(() -> new Judgement(Tone.GOOD, "An event now: it can be sent", 0, 0)));
  }

  private static Judgement judgement(Tone tone, String words, FaultSpan span) {
    return new Judgement(tone, words, span.from(), span.to());
  }

  /// Puts back what came.
  public void revert() {
    letter.get().flatMap(Letter::text).ifPresent(this::write);
  }

  /// What was changed is on its way.
  void sent() {
    edited.set(false);
  }

  /// The filter of this letter alone.
  Optional<LetterFilter> filter() {
    return letter.get().map(l -> LetterFilter.of(l.feed(), l.id().partition(), l.id().offset()));
  }

  /// What is changed in it.
  Edit edit() {
    return edited.get() ? new Edit.Whole(text.get().getBytes(StandardCharsets.UTF_8)) : Edit.NONE;
  }

  public ReadOnlyObjectProperty<Optional<Letter>> letter() {
    return letter.getReadOnlyProperty();
  }

  /// The event, as it came or as it was mended.
  public StringProperty text() {
    return text;
  }

  /// Whether the text is another than what came.
  public ReadOnlyBooleanProperty edited() {
    return edited.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Judgement> judgement() {
    return judgement.getReadOnlyProperty();
  }
}
