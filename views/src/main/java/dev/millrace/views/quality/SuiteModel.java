package dev.millrace.views.quality;

import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.ReadSuite;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.Suite;
import dev.millrace.engine.quality.SuitesInForce;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.theme.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The chosen table's suite as it is edited: read by the engine at every change, refused whole with
/// the places of its faults. A draft stays while another table is looked at. FX thread only.
final class SuiteModel {

  private final Inquiries inquiries;
  private final StringProperty text = new SimpleStringProperty("");
  private final ObservableList<Problem> problems = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<SuiteChanges> changes =
      new ReadOnlyObjectWrapper<>(SuiteChanges.NONE);
  private final ReadOnlyBooleanWrapper edited = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper accepted = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper file = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private final Map<TableName, String> drafts = new HashMap<>();
  private Optional<TableName> table = Optional.empty();
  private Optional<SuiteSource> source = Optional.empty();
  private Optional<Suite> saved = Optional.empty();
  private Optional<Suite> draft = Optional.empty();
  private Consumer<Judgement> tried = _ -> {};

  SuiteModel(Inquiries inquiries) {
    this.inquiries = inquiries;
    text.addListener((_, _, _) -> read());
  }

  /// @param next hears what a trial of the draft found
  void whenTried(Consumer<Judgement> next) {
    tried = next;
  }

  void show(TableName next, Optional<SuiteSource> suite) {
    if (table.equals(Optional.of(next)) && source.equals(suite)) {
      return;
    }
    keepDraft();
    inquiries.forget("try");
    running.set(false);
    fault.set("");
    table = Optional.of(next);
    source = suite;
    accepted.set(suite.filter(SuitesInForce::wasAccepted).isPresent());
    file.set(suite.map(SuiteSource::file).orElse("quality/" + next.name() + ".json"));
    saved = suite.flatMap(SuiteModel::readable);
    String shown = drafts.getOrDefault(next, original());
    if (shown.equals(text.get())) {
      read();
    } else {
      text.set(shown);
    }
  }

  private void keepDraft() {
    table.ifPresent(
        before -> {
          if (edited.get()) {
            drafts.put(before, text.get());
          } else {
            drafts.remove(before);
          }
        });
  }

  /// A suite that the pipeline accepted is readable; one that is not is shown with its faults.
  private static Optional<Suite> readable(SuiteSource source) {
    try {
      return Optional.of(ReadSuite.of(source));
    } catch (ProblemsException _) {
      return Optional.empty();
    }
  }

  private String original() {
    return source.map(SuiteSource::json).orElseGet(this::begun);
  }

  private String begun() {
    String name = table.map(t -> t.toString().replace('.', '_')).orElse("suite");
    return new Suite(name, List.of(), Map.of(), Map.of()).json();
  }

  private SuiteSource written() {
    return new SuiteSource(file.get(), text.get());
  }

  private void read() {
    edited.set(!text.get().equals(original()));
    try {
      Suite read = ReadSuite.of(written());
      draft = Optional.of(read);
      problems.clear();
      changes.set(SuiteChanges.between(saved, read));
    } catch (ProblemsException e) {
      draft = Optional.empty();
      problems.setAll(e.problems());
      changes.set(SuiteChanges.NONE);
    }
  }

  /// Expectations of the draft; none while it cannot be read.
  List<ExpectationConfig> expectations() {
    return draft.or(() -> saved).map(Suite::expectations).orElse(List.of());
  }

  /// Adds expectations to the draft; one that is there of the same kind is replaced.
  void add(List<ExpectationConfig> more) {
    Suite base =
        draft
            .or(() -> saved)
            .orElseGet(
                () ->
                    new Suite(
                        table.map(Object::toString).orElse("suite"),
                        List.of(),
                        Map.of(),
                        Map.of()));
    List<ExpectationConfig> all = new ArrayList<>(base.expectations());
    for (ExpectationConfig one : more) {
      all.removeIf(e -> e.title().equals(one.title()));
      all.add(one);
    }
    text.set(new Suite(base.name(), all, base.suiteParameters(), base.meta(), base.more()).json());
  }

  void revert() {
    text.set(original());
  }

  /// Judges the table by the draft; nothing of it is kept.
  void trial() {
    if (table.isEmpty() || !problems.isEmpty() || running.get()) {
      return;
    }
    running.set(true);
    fault.set("");
    inquiries.ask(
        "try",
        new QualityOrder.Judge(table.get(), Slice.WHOLE, Optional.of(written())),
        answer -> {
          running.set(false);
          if (answer instanceof QualityAnswer.Judged judged) {
            tried.accept(Judgement.of(judged.validation(), judged.kept()));
          }
        },
        why -> {
          running.set(false);
          fault.set(why);
        });
  }

  void cancelTrial() {
    inquiries.cancel("try");
  }

  /// Has the table judged by the draft from the next run on.
  void accept() {
    if (table.isEmpty() || !problems.isEmpty()) {
      return;
    }
    TableName judged = table.get();
    fault.set("");
    inquiries.ask(
        "accept",
        new QualityOrder.AcceptSuite(judged, written()),
        answer ->
            inquiries
                .desk()
                .say(
                    new Toast(
                        Tone.GOOD,
                        "The suite of " + judged + " is in force",
                        "The next run judges by it.",
                        "")),
        fault::set);
  }

  /// Has the table judged by the suite that the pipeline's definition names, from the next run on.
  void goBack() {
    if (table.isEmpty() || !accepted.get()) {
      return;
    }
    TableName judged = table.get();
    fault.set("");
    inquiries.ask(
        "revert",
        new QualityOrder.RevertSuite(judged),
        answer -> {
          if (answer instanceof QualityAnswer.InForce now) {
            inquiries
                .desk()
                .say(
                    new Toast(
                        Tone.GOOD,
                        "The suite of " + judged + " was taken back",
                        now.suite()
                            .map(suite -> "The next run judges by " + suite.file() + " again.")
                            .orElse("It has no suite now, and is not judged."),
                        ""));
          }
        },
        fault::set);
  }

  /// Writes the draft to a file.
  void save(Path to) {
    String json = text.get();
    String line = table.map(Object::toString).orElse("") + ": quality/" + to.getFileName();
    inquiries
        .desk()
        .aside(
            "Save the suite",
            () -> {
              write(to, json);
              return new Toast(
                  Tone.GOOD,
                  "Suite saved",
                  to.toString(),
                  "It belongs in pipeline.yaml under quality (" + line + ")");
            });
  }

  private static void write(Path to, String json) {
    try {
      Files.writeString(to, json);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The suite could not be written to " + to + ": " + e.getMessage(),
          "choose another place; the draft is still in the editor",
          e);
    }
  }

  StringProperty text() {
    return text;
  }

  /// Faults of the text, in the order of their lines; it is refused while there is one.
  ObservableList<Problem> problems() {
    return problems;
  }

  /// What the draft changes of the pipeline's suite.
  ReadOnlyObjectProperty<SuiteChanges> changes() {
    return changes.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty edited() {
    return edited.getReadOnlyProperty();
  }

  /// Whether a trial is under way.
  ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  /// Whether the suite was put in force in the place of the definition's own.
  ReadOnlyBooleanProperty accepted() {
    return accepted.getReadOnlyProperty();
  }

  /// Path of the suite: in the pipeline's folder, or where one that was put in force is kept.
  ObservableValue<String> file() {
    return file.getReadOnlyProperty();
  }

  /// Why a trial told nothing.
  ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }
}
