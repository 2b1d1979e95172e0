package dev.millrace.views.quality;

import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.quality.quarantine.HeldCount;
import dev.millrace.engine.quality.quarantine.HeldFilter;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What a decision about rows in quarantine would change, counted by the engine before a person
/// agrees to it.
final class HeldSheet {

  private static final int WIDTH = 520;
  private static final int MOST_REASONS = 6;

  /// What may become of rows.
  enum Way {
    RELEASE(
        "Release rows",
        "Release",
        "Says that these rows are right as they are: they are judged no more, and a load they held"
            + " goes on. The table is judged again at once."),
    DISCARD(
        "Discard rows",
        "Discard",
        "Takes the events of these rows out of Bronze for good; derived tables lose their rows when"
            + " they are built the next time. Bronze is judged again at once. The rows stay here,"
            + " as discarded."),
    HOLD(
        "Hold rows again",
        "Hold again",
        "Takes the release of these rows back: they are judged like any other. The table is judged"
            + " again at once.");

    private final String title;
    private final String yes;
    private final String effect;

    Way(String title, String yes, String effect) {
      this.title = title;
      this.yes = yes;
      this.effect = effect;
    }
  }

  private final SimpleObjectProperty<Optional<QualityAnswer.Held>> found =
      new SimpleObjectProperty<>(Optional.empty());
  private final VBox told = new VBox(6);

  private HeldSheet() {}

  static void open(HeldModel model, Way way, HeldFilter filter, DialogService dialogs) {
    HeldSheet sheet = new HeldSheet();
    Label effect = new Label(way.effect);
    effect.setWrapText(true);
    effect.setMaxWidth(WIDTH);
    TextField why = new TextField();
    why.setId("held-note");
    why.setPromptText(
        way == Way.DISCARD
            ? "Why, for example: noise of a test"
            : "Why, for example: a new sensor with another unit");
    VBox content = new VBox(14, effect, sheet.told);
    if (way != Way.HOLD) {
      content.getChildren().add(why);
    }
    content.setPrefWidth(WIDTH);
    sheet.told.setMinHeight(110);
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(28, 28);
    Label counting = new Label("Counting what is meant …");
    counting.getStyleClass().add("page-subtitle");
    HBox wait = new HBox(10, wheel, counting);
    wait.setAlignment(Pos.CENTER_LEFT);
    sheet.told.getChildren().setAll(wait);
    model.preview(filter, sheet::show, sheet::refuse);
    dialogs.confirm(
        way.title,
        content,
        way.yes,
        way == Way.DISCARD,
        Bindings.createBooleanBinding(
            () ->
                sheet.found.get().filter(f -> rows(f) > 0).isPresent()
                    && (way == Way.HOLD || !why.getText().isBlank()),
            sheet.found,
            why.textProperty()),
        () ->
            sheet
                .found
                .get()
                .ifPresent(
                    previewed -> {
                      switch (way) {
                        case RELEASE -> model.release(filter, why.getText().strip(), previewed);
                        case DISCARD -> model.discard(filter, why.getText().strip());
                        case HOLD -> model.holdAgain(filter);
                      }
                    }));
    if (way != Way.HOLD) {
      why.requestFocus();
    }
  }

  private static long rows(QualityAnswer.Held held) {
    return held.counts().stream().mapToLong(HeldCount::rows).sum();
  }

  private void refuse(String why) {
    Label words = new Label(why);
    words.setWrapText(true);
    words.setMaxWidth(WIDTH);
    words.getStyleClass().add("result-text");
    VBox box = new VBox(words);
    box.getStyleClass().addAll("result", Tone.BAD.styleClass());
    told.getChildren().setAll(box);
  }

  private void show(QualityAnswer.Held held) {
    told.getChildren().clear();
    Label summary = new Label(Figures.counted(rows(held), "row") + " meant");
    summary.setId("held-meant");
    summary.getStyleClass().add("plan-title");
    told.getChildren().add(summary);
    for (HeldCount count : held.counts().stream().limit(MOST_REASONS).toList()) {
      Label words = new Label(reasons(count.reasons()));
      words.setMinWidth(0);
      words.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(words, Priority.ALWAYS);
      Label number = new Label(Figures.count(count.rows()));
      number.getStyleClass().add("fact-value");
      number.setMinWidth(Label.USE_PREF_SIZE);
      told.getChildren().add(new HBox(12, words, number));
    }
    if (held.counts().size() > MOST_REASONS) {
      Label more =
          new Label(
              "and " + (held.counts().size() - MOST_REASONS) + " more combinations of reasons");
      more.getStyleClass().add("page-subtitle");
      told.getChildren().add(more);
    }
    found.set(Optional.of(held));
  }

  private static String reasons(String joined) {
    StringBuilder words = new StringBuilder();
    for (String one : joined.split("; ", -1)) {
      words.append(words.isEmpty() ? "" : "; ").append(Titles.words(one));
    }
    return words.toString();
  }
}
