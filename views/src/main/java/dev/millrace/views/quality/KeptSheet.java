package dev.millrace.views.quality;

import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.quality.quarantine.KeptCount;
import dev.millrace.engine.quality.quarantine.KeptFilter;
import dev.millrace.views.controls.WholeText;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
final class KeptSheet {

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
        "Takes the events of these rows out of Bronze for good, and with each its copies where the"
            + " reading was sent more than once; derived tables lose their rows when they are built"
            + " the next time. Bronze is judged again at once. The rows stay here, as discarded."),
    REOPEN(
        "Reopen rows",
        "Reopen",
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

  private final SimpleObjectProperty<Optional<QualityAnswer.Kept>> found =
      new SimpleObjectProperty<>(Optional.empty());
  private final VBox told = new VBox(6);

  private KeptSheet() {}

  static void open(KeptModel model, Way way, KeptFilter filter, DialogService dialogs) {
    KeptSheet sheet = new KeptSheet();
    Label effect = new Label(way.effect);
    effect.setWrapText(true);
    effect.setMaxWidth(WIDTH);
    TextField why = new TextField();
    why.setId("kept-note");
    why.setPromptText(
        way == Way.DISCARD
            ? "Why, for example: noise of a test"
            : "Why, for example: a new sensor with another unit");
    VBox content = new VBox(14, effect, sheet.told);
    if (way != Way.REOPEN) {
      content.getChildren().add(why);
    }
    content.setPrefWidth(WIDTH);
    sheet.told.setMinHeight(110);
    ProgressIndicator wheel = new ProgressIndicator();
    wheel.setMaxSize(28, 28);
    Label counting = new Label("Counting the rows …");
    counting.getStyleClass().add("page-subtitle");
    HBox wait = new HBox(10, wheel, counting);
    wait.setAlignment(Pos.CENTER_LEFT);
    sheet.told.getChildren().setAll(wait);
    model.preview(filter, way == Way.DISCARD, sheet::show, sheet::refuse);
    dialogs.confirm(
        way.title,
        content,
        model.words(way.yes),
        way == Way.DISCARD,
        Bindings.createBooleanBinding(
            () ->
                sheet.found.get().filter(f -> rows(f) > 0).isPresent()
                    && (way == Way.REOPEN || !why.getText().isBlank()),
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
                        case REOPEN -> model.reopen(filter);
                      }
                    }));
    if (way != Way.REOPEN) {
      why.requestFocus();
    }
  }

  private static long rows(QualityAnswer.Kept kept) {
    return kept.counts().stream().mapToLong(KeptCount::rows).sum();
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

  private void show(QualityAnswer.Kept kept) {
    told.getChildren().clear();
    Label summary =
        new Label(
            Figures.counted(rows(kept), "row")
                + (kept.events().isPresent()
                    ? ", " + Figures.counted(kept.events().getAsLong(), "event") + " of Bronze"
                    : "")
                + " meant");
    summary.setId("kept-meant");
    summary.getStyleClass().add("plan-title");
    told.getChildren().add(summary);
    for (KeptCount count : kept.counts().stream().limit(MOST_REASONS).toList()) {
      Label words = new Label(reasons(count.reasons()));
      words.setMinWidth(0);
      WholeText.of(words);
      words.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(words, Priority.ALWAYS);
      Label number = new Label(Figures.count(count.rows()));
      number.getStyleClass().add("fact-value");
      number.setMinWidth(Label.USE_PREF_SIZE);
      told.getChildren().add(new HBox(12, words, number));
    }
    if (kept.counts().size() > MOST_REASONS) {
      Label more =
          new Label(
              "and " + (kept.counts().size() - MOST_REASONS) + " more combinations of reasons");
      more.getStyleClass().add("page-subtitle");
      told.getChildren().add(more);
    }
    found.set(Optional.of(kept));
  }

  private static String reasons(List<String> reasons) {
    return reasons.stream().map(Titles::words).collect(Collectors.joining("; "));
  }
}
