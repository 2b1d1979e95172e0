package dev.millrace.views.quality;

import dev.millrace.engine.error.Problem;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The suite's JSON under the engine's eye: its faults with their places, what a draft changes, a
/// trial of it, and the way into a file.
final class SuitePane extends VBox {

  private final SuiteModel model;
  private final DialogService dialogs;
  private final SuiteEditor editor;
  private final Label state = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
  private final VBox told = new VBox(8);
  private final Label toldTitle = new Label();
  private final Button revert = new Button("As it was");
  private final Button goBack = new Button("Pipeline's own", new FontIcon("mdi2b-backup-restore"));
  private final Button trial = new Button("Try it", new FontIcon("mdi2t-test-tube"));
  private final Button save = new Button("Save as …", new FontIcon("mdi2c-content-save-outline"));
  private final Button accept = new Button("Put in force", new FontIcon("mdi2c-check"));

  SuitePane(SuiteModel model, DialogService dialogs) {
    super(8);
    this.model = model;
    this.dialogs = dialogs;
    this.editor = new SuiteEditor(model);
    setMinHeight(0);
    Label file = new Label();
    file.textProperty().bind(model.file());
    file.getStyleClass().addAll("mono", "technical");
    file.setMinWidth(0);
    WholeText.of(file);
    Label fault = new Label();
    fault.setWrapText(true);
    fault.textProperty().bind(model.fault());
    fault.getStyleClass().addAll("notice-what", "tone-bad");
    fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
    fault.managedProperty().bind(fault.visibleProperty());
    revert.setId("suite-revert");
    goBack.setId("suite-go-back");
    trial.setId("suite-try");
    save.setId("suite-save");
    accept.setId("suite-accept");
    for (Button act : List.of(goBack, revert, trial, save, accept)) {
      act.getStyleClass().add("small");
      act.setMinWidth(USE_PREF_SIZE);
    }
    accept.getStyleClass().add("accent");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox bar = new HBox(8, file, state, gap, goBack, revert, trial, save, accept);
    bar.setAlignment(Pos.CENTER_LEFT);
    toldTitle.getStyleClass().add("card-title");
    ScrollPane scroll = new ScrollPane(told);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("plain-scroll");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    VBox side = new VBox(8, toldTitle, scroll);
    side.setMinWidth(290);
    side.setPrefWidth(290);
    side.setMaxWidth(290);
    HBox.setHgrow(editor, Priority.ALWAYS);
    HBox both = new HBox(14, editor, side);
    both.setMinHeight(0);
    VBox.setVgrow(both, Priority.ALWAYS);
    getChildren().addAll(bar, fault, both);
    goBack.visibleProperty().bind(model.accepted());
    goBack.managedProperty().bind(goBack.visibleProperty());
    Hint.on(goBack, "Takes this suite back; the table is judged by the pipeline's own again");
    goBack.setOnAction(
        _ ->
            dialogs.ask(
                "Take the suite back",
                "The next run judges by the suite that pipeline.yaml names, or by none where it"
                    + " names none. The one that is in force now is deleted; save it first to keep"
                    + " it.",
                "Take back",
                model::goBack));
    revert.setOnAction(_ -> model.revert());
    revert.disableProperty().bind(model.edited().not());
    trial.setOnAction(
        _ -> {
          if (model.running().get()) {
            model.cancelTrial();
          } else {
            model.trial();
          }
        });
    trial
        .textProperty()
        .bind(Bindings.when(model.running()).then("Cancel the trial").otherwise("Try it"));
    Hint.on(trial, "Judges the whole table by what is written here; nothing of it is kept");
    save.setOnAction(_ -> saveAs());
    accept.setOnAction(_ -> preview());
    model.problems().addListener((javafx.beans.Observable _) -> show());
    model.changes().addListener((_, _, _) -> show());
    model.edited().addListener((_, _, _) -> show());
    // Another suite may have as many faults and changes as the one before.
    model.text().addListener((_, _, _) -> show());
    show();
  }

  private void show() {
    boolean sound = model.problems().isEmpty();
    trial.setDisable(!sound);
    save.setDisable(!sound);
    accept.setDisable(!sound || !model.edited().get());
    told.getChildren().clear();
    if (!sound) {
      Chips.show(
          state,
          Figures.counted(model.problems().size(), "fault"),
          "mdi2a-alert-circle-outline",
          Tone.BAD);
      toldTitle.setText("Refused");
      model.problems().forEach(p -> told.getChildren().add(problem(p)));
      return;
    }
    SuiteChanges changes = model.changes().get();
    Chips.show(
        state,
        Figures.counted(model.expectations().size(), "expectation"),
        "mdi2c-check-circle-outline",
        Tone.GOOD);
    toldTitle.setText("What the draft changes");
    if (changes.changes().isEmpty()) {
      Label none =
          new Label(
              model.edited().get()
                  ? "No expectation; only how it is written, or its name and notes."
                  : "Nothing yet. Edit the JSON, or accept proposals of a profile; the engine reads"
                      + " along and names the line of each fault. Whether a type and its arguments"
                      + " fit the table is told by a trial.");
      none.setWrapText(true);
      none.getStyleClass().add("page-subtitle");
      told.getChildren().add(none);
      return;
    }
    changes.changes().forEach(c -> told.getChildren().add(change(c)));
  }

  private Node problem(Problem problem) {
    Label words =
        new Label((problem.line() > 0 ? "Line " + problem.line() + ": " : "") + problem.what());
    words.setWrapText(true);
    words.getStyleClass().add("result-text");
    Label remedy = new Label(problem.remedy());
    remedy.setWrapText(true);
    remedy.getStyleClass().add("page-subtitle");
    VBox box = new VBox(2, words, remedy);
    box.getStyleClass().addAll("result", "link", Tone.BAD.styleClass());
    box.setMinHeight(USE_PREF_SIZE);
    box.setOnMouseClicked(_ -> editor.reveal(problem.line()));
    return box;
  }

  private static Node change(SuiteChanges.Change change) {
    FontIcon icon = new FontIcon(change.kind().icon());
    icon.getStyleClass().addAll("line-icon", change.kind().tone().styleClass());
    Label words = new Label(change.words());
    words.setWrapText(true);
    words.getStyleClass().add("line-value");
    Label detail = new Label(change.kind().words() + " · " + change.detail());
    detail.getStyleClass().add("fact-name");
    detail.setWrapText(true);
    VBox box = new VBox(1, words, detail);
    box.setMinWidth(0);
    HBox.setHgrow(box, Priority.ALWAYS);
    HBox line = new HBox(8, icon, box);
    line.setAlignment(Pos.TOP_LEFT);
    line.setMinHeight(USE_PREF_SIZE);
    return line;
  }

  private void preview() {
    SuiteChanges changes = model.changes().get();
    Label effect =
        new Label(
            changes.summary()
                + ". The next run judges by it, without a restart. The pipeline's own files stay as"
                + " they are; 'millrace quality revert' goes back to the suite that they name.");
    effect.setWrapText(true);
    effect.setMaxWidth(520);
    VBox list = new VBox(8);
    changes.changes().forEach(c -> list.getChildren().add(change(c)));
    ScrollPane scroll = new ScrollPane(list);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("plain-scroll");
    scroll.setPrefViewportHeight(Math.min(300, 44 * changes.changes().size() + 4));
    VBox content = new VBox(14, effect, scroll);
    content.setPrefWidth(520);
    dialogs.confirm(
        "Put the suite in force",
        content,
        "Put in force",
        false,
        new SimpleBooleanProperty(true),
        model::accept);
  }

  private void saveAs() {
    Path name = Path.of(model.file().getValue()).getFileName();
    Optional<Path> to =
        dialogs.saveAs("Save the suite", name == null ? "suite.json" : name.toString());
    to.ifPresent(model::save);
  }
}
