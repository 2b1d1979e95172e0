package dev.millrace.views.letters;

import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.deadletter.DeadLetters;
import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.views.desk.Asked;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.Optional;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What a replay would send, looked at by the engine before a person agrees to it.
final class ReplaySheet {

  private static final int WIDTH = 480;

  private final LettersViewModel model;
  private final LetterFilter filter;
  private final SimpleBooleanProperty sound = new SimpleBooleanProperty();

  /// Agreed to apart where every letter would come back: Enter alone sends none of them.
  private final CheckBox anyway = new CheckBox("Send them all the same");

  private final HBox figures = new HBox(8);
  private final Label words = new Label();
  private Edit edit;
  private Optional<Asked> asked = Optional.empty();

  private ReplaySheet(LettersViewModel model, LetterFilter filter, Edit edit) {
    this.model = model;
    this.filter = filter;
    this.edit = edit;
  }

  /// @param many whether texts may be replaced in all of them
  static void open(
      LettersViewModel model, LetterFilter filter, Edit edit, boolean many, DialogService dialogs) {
    ReplaySheet sheet = new ReplaySheet(model, filter, edit);
    Label effect =
        new Label(
            "Sends the events to their topic again, each at most once, however it is interrupted."
                + " What is an event now comes into Bronze; what is not comes back as a dead"
                + " letter.");
    effect.setWrapText(true);
    effect.setMaxWidth(WIDTH);
    VBox content = new VBox(14, effect);
    if (many) {
      content.getChildren().addAll(new NewerLetters(model.meant()), sheet.replacing());
    }
    sheet.words.setWrapText(true);
    sheet.words.setMaxWidth(WIDTH);
    sheet.figures.setMinHeight(58);
    sheet.anyway.setId("replay-anyway");
    sheet.offerAnyway(false);
    content.getChildren().addAll(sheet.figures, sheet.words, sheet.anyway);
    content.setPrefWidth(WIDTH);
    sheet.look();
    dialogs.confirm(
        many ? "Replay all that are shown" : "Replay this letter",
        content,
        "Send",
        false,
        sheet.sound.or(sheet.anyway.selectedProperty()),
        () -> model.replay(sheet.filter, sheet.edit));
  }

  private Node replacing() {
    TextField text = new TextField();
    text.setId("replace-text");
    text.setPromptText("Replace in each, for example \"warm\"");
    TextField by = new TextField();
    by.setId("replace-by");
    by.setPromptText("by, for example 21.0");
    text.textProperty().addListener((_, _, _) -> replace(text.getText(), by.getText()));
    by.textProperty().addListener((_, _, _) -> replace(text.getText(), by.getText()));
    HBox.setHgrow(text, Priority.ALWAYS);
    HBox row = new HBox(8, text, by);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void replace(String text, String by) {
    edit = text.isEmpty() ? Edit.NONE : new Edit.Replace(text, by);
    look();
  }

  private void look() {
    sound.set(false);
    offerAnyway(false);
    words.setText("Looking at what it would send …");
    asked.ifPresent(Asked::forget);
    asked = Optional.of(model.preview(filter, edit, this::told));
  }

  private void told(Outcome outcome) {
    switch (outcome) {
      case Outcome.ReplayPreview(String _, DeadLetters.Preview preview) -> show(preview);
      case Outcome.Failed failed -> words.setText(failed.what() + ". " + failed.remedy() + ".");
      default -> words.setText("There is nothing to tell.");
    }
  }

  private void show(DeadLetters.Preview preview) {
    long back = preview.letters() - preview.events();
    boolean one = preview.letters() == 1;
    boolean inVain = preview.letters() > 0 && preview.events() == 0;
    figures
        .getChildren()
        .setAll(
            stat(preview.letters(), "would be sent", Tone.ACCENT),
            stat(preview.events(), "are events now", Tone.GOOD),
            stat(back, "would come back", back > 0 ? Tone.WARNING : Tone.MUTED),
            stat(preview.leftAlone(), "left alone", Tone.MUTED));
    words.setText(LetterWords.of(preview, edit));
    anyway.setText(one ? "Send it all the same" : "Send them all the same");
    sound.set(preview.events() > 0);
    offerAnyway(inVain);
  }

  private void offerAnyway(boolean offered) {
    anyway.setSelected(false);
    anyway.setVisible(offered);
    anyway.setManaged(offered);
  }

  private static Node stat(long number, String words, Tone tone) {
    Label value = new Label(Figures.compact(number));
    value.getStyleClass().addAll("stat-value", tone.styleClass());
    Label name = new Label(words);
    name.getStyleClass().add("page-subtitle");
    VBox box = new VBox(value, name);
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("stat");
    box.setPrefWidth(120);
    HBox.setHgrow(box, Priority.ALWAYS);
    return box;
  }
}
