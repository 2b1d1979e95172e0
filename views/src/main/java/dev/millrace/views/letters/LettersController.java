package dev.millrace.views.letters;

import dev.millrace.engine.deadletter.Edit;
import dev.millrace.engine.deadletter.Letter;
import dev.millrace.engine.deadletter.LetterFilter;
import dev.millrace.engine.deadletter.LetterState;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Columns;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.controls.WidthsByRoom;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Binds the dead letters' room to its view model.
public final class LettersController {

  private static final String WHAT_IS_KEPT =
      "What is no event of its feed is kept here whole, with the reason and the place of its fault,"
          + " to be mended and sent again.";

  @FXML private StackPane lettersRoom;
  @FXML private HBox page;
  @FXML private ListView<ReasonRow> reasons;
  @FXML private HBox bar;
  @FXML private TextField filter;
  @FXML private Button replayAll;
  @FXML private Button discardAll;
  @FXML private Button export;
  @FXML private TableView<Letter> letters;
  @FXML private Label meant;
  @FXML private HBox eventHead;
  @FXML private Label eventTitle;
  @FXML private Label eventFacts;
  @FXML private Label note;
  @FXML private StackPane editorHost;
  @FXML private HBox verdict;
  @FXML private Button revert;
  @FXML private Button copy;
  @FXML private Button discard;
  @FXML private Button restore;
  @FXML private Button replay;
  @FXML private Label fault;

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /// Those whose words are always short.
  private static final int NARROW_COLUMNS = 3;

  private final LettersViewModel model;
  private final DialogService dialogs;
  private boolean following;

  public LettersController(LettersViewModel model, DialogService dialogs) {
    this.model = model;
    this.dialogs = dialogs;
  }

  @FXML
  void initialize() {
    reasons.setCellFactory(_ -> new ReasonCell());
    reasons.setItems(model.reasons());
    reasons
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> {
              if (row != null && !following) {
                model.chooseReason(row.reason());
              }
            });
    model.reasons().addListener((ListChangeListener<ReasonRow>) _ -> followReason());
    model.reason().addListener((_, _, _) -> followReason());
    followReason();
    Label none = new Label();
    none.textProperty().bind(model.nothing());
    none.getStyleClass().add("page-subtitle");
    reasons.setPlaceholder(none);

    Segments<LetterScope> scopes = new Segments<>(LetterScope::words);
    scopes.setId("letter-scopes");
    scopes.choices(List.of(LetterScope.values()));
    scopes.chosen().bindBidirectional(model.scope());
    Segments<LetterAge> ages = new Segments<>(LetterAge::words);
    ages.setId("letter-ages");
    ages.choices(List.of(LetterAge.values()));
    ages.chosen().bindBidirectional(model.age());
    bar.getChildren().addAll(0, List.of(scopes, ages));
    filter.textProperty().bindBidirectional(model.words());
    fault.textProperty().bind(model.fault());
    fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
    fault.managedProperty().bind(fault.visibleProperty());

    dressLetters();
    EventEditor editor = new EventEditor(model.open());
    editorHost.getChildren().add(editor);
    Label chip = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
    Label state = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
    state.setMinWidth(Label.USE_PREF_SIZE);
    chip.setMinWidth(0);
    verdict.getChildren().addFirst(chip);
    eventHead.getChildren().add(1, state);
    OpenLetter open = model.open();
    open.judgement().addListener((_, _, now) -> showJudgement(chip, now));
    showJudgement(chip, open.judgement().get());
    open.letter().addListener((_, _, now) -> showLetter(now, state));
    showLetter(open.letter().get(), state);

    revert.setOnAction(_ -> open.revert());
    revert.visibleProperty().bind(open.edited());
    revert.managedProperty().bind(revert.visibleProperty());
    copy.setOnAction(
        _ -> {
          Copies.text(open.text().get());
          model.copied();
        });
    replay.setOnAction(
        _ ->
            open.filter()
                .ifPresent(one -> ReplaySheet.open(model, one, open.edit(), false, dialogs)));
    discard.setOnAction(_ -> open.filter().ifPresent(one -> askWhy(one, 1)));
    restore.setOnAction(_ -> open.filter().ifPresent(model::restore));
    replayAll.setOnAction(_ -> ReplaySheet.open(model, model.all(), Edit.NONE, true, dialogs));
    discardAll.setOnAction(_ -> askWhy(model.all(), model.meant().get()));
    export.setOnAction(
        _ -> dialogs.saveAs("Export the letters", "dead-letters.ndjson").ifPresent(model::export));
    for (javafx.beans.Observable each : List.of(model.meant(), model.looking(), model.underWay())) {
      each.addListener(_ -> showMeant());
    }
    model
        .letters()
        .addListener(
            (javafx.beans.Observable _) -> {
              showMeant();
              followLetter();
            });
    showMeant();

    EmptyState nothing =
        new EmptyState(
            "mdi2e-email-check-outline",
            "No dead letter",
            "Every event so far could be read. " + WHAT_IS_KEPT);
    model
        .comes()
        .addListener(
            (_, _, comes) ->
                nothing.say(
                    comes.longValue() > 0 ? "The first come" : "No dead letter",
                    comes.longValue() > 0
                        ? Figures.counted(comes.longValue(), "event")
                            + " could not be read: the stream's next commit brings them here. "
                            + WHAT_IS_KEPT
                        : "Every event so far could be read. " + WHAT_IS_KEPT,
                    true));
    nothing.setId("letters-empty");
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    lettersRoom.getChildren().add(nothing);
  }

  private void followReason() {
    following = true;
    for (ReasonRow row : model.reasons()) {
      if (row.reason().equals(model.reason().getValue())) {
        reasons.getSelectionModel().select(row);
      }
    }
    following = false;
  }

  private void showMeant() {
    long count = model.meant().get();
    int listed = model.letters().size();
    meant.setText(LetterWords.listed(count, listed, model.looking().get(), model.underWay().get()));
    boolean known = count > 0 && !model.looking().get();
    boolean fresh =
        model.scope().get() == LetterScope.NEW || model.scope().get() == LetterScope.ALL;
    replayAll.setDisable(!known || !fresh);
    discardAll.setDisable(!known || !fresh);
    export.setDisable(!known);
    String many = known && count > 1 ? " " + Figures.compact(count) : "";
    replayAll.setText("Replay" + many + " …");
    discardAll.setText("Discard" + many + " …");
  }

  private void dressLetters() {
    letters.setFixedCellSize(27);
    WholeRows.around(letters);
    WidthsByRoom.of(letters);
    letters
        .getColumns()
        .setAll(
            List.of(
                Columns.told(
                    "Seen", 104, Letter::seenAt, at -> model.clock().second(at, model.now())),
                Columns.words("Reason", 116, l -> ReasonWords.of(l.reason())),
                Columns.words("Where", 104, l -> l.id().partition() + "@" + l.id().offset()),
                Columns.words("What is wrong", 270, Letter::detail),
                Columns.words("Event", 320, l -> excerpt(l))));
    for (int i = 0; i < NARROW_COLUMNS; i++) {
      TableColumn<Letter, ?> column = letters.getColumns().get(i);
      column.setMaxWidth(column.getPrefWidth() + 30);
    }
    letters.setItems(model.letters());
    Label none = new Label();
    none.textProperty().bind(model.nothing());
    none.getStyleClass().add("page-subtitle");
    letters.setPlaceholder(none);
    letters
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, letter) -> {
              if (letter != null && !following) {
                model.choose(letter);
              }
            });
    Copies.rows(letters, l -> l.text().orElse(""));
  }

  private static String excerpt(Letter letter) {
    String text = letter.text().orElse("(bytes that are no text)");
    String start =
        SPACES.matcher(text.substring(0, Math.min(text.length(), 1_000))).replaceAll(" ");
    return start.substring(0, Math.min(start.length(), 200));
  }

  private void showLetter(Optional<Letter> now, Label state) {
    boolean fresh = now.filter(l -> l.state() == LetterState.NEW).isPresent();
    boolean aside = now.filter(l -> l.state() == LetterState.DISCARDED).isPresent();
    show(replay, fresh);
    show(discard, fresh);
    show(restore, aside);
    copy.setDisable(now.isEmpty());
    eventTitle.setText(now.map(l -> l.id().toString()).orElse("No letter chosen"));
    eventFacts.setText(
        now.map(
                l ->
                    "seen "
                        + model.clock().second(l.seenAt(), model.now())
                        + " · "
                        + Figures.bytes(l.raw().length)
                        + " · line "
                        + l.place().line()
                        + ", character "
                        + l.place().column()
                        + (l.text().isEmpty() ? " · bytes that are no text: not mended here" : ""))
            .orElse(""));
    now.ifPresent(
        l ->
            Chips.show(
                state,
                Names.spoken(l.state().text()),
                switch (l.state()) {
                  case NEW -> "mdi2e-email-alert-outline";
                  case REPLAYING -> "mdi2p-progress-clock";
                  case REPLAYED -> "mdi2c-check-circle-outline";
                  case DISCARDED -> "mdi2a-archive-outline";
                },
                switch (l.state()) {
                  case NEW -> Tone.BAD;
                  case REPLAYING -> Tone.ACCENT;
                  case REPLAYED -> Tone.GOOD;
                  case DISCARDED -> Tone.MUTED;
                }));
    state.setVisible(now.isPresent());
    note.setText(now.flatMap(Letter::note).map(n -> "Note: " + n).orElse(""));
    show(note, !note.getText().isEmpty());
    followLetter();
  }

  /// Marks the letter on show in the table; a list that was read anew has lost its mark.
  private void followLetter() {
    following = true;
    model
        .open()
        .letter()
        .get()
        .map(model.letters()::indexOf)
        .filter(row -> row >= 0)
        .ifPresent(letters.getSelectionModel()::clearAndSelect);
    following = false;
  }

  private static void show(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  private static void showJudgement(Label chip, Judgement now) {
    Chips.show(
        chip,
        now.words(),
        switch (now.tone()) {
          case GOOD -> "mdi2c-check-circle-outline";
          case ACCENT -> "mdi2p-progress-clock";
          case BAD, WARNING, MUTED -> "mdi2a-alert-circle-outline";
        },
        now.tone());
    chip.setVisible(!now.words().isEmpty());
  }

  private void askWhy(LetterFilter filter, long count) {
    TextField why = new TextField();
    why.setId("discard-why");
    why.setPromptText("Why, for example: a test of the installer");
    Label effect =
        new Label(
            "Sets "
                + (count == 1 ? "this letter" : "all " + Figures.count(count) + " letters shown")
                + " aside. Nothing is deleted: what is discarded can be made new again.");
    effect.setWrapText(true);
    effect.setMaxWidth(420);
    SimpleBooleanProperty said = new SimpleBooleanProperty();
    said.bind(why.textProperty().map(text -> !text.isBlank()));
    dialogs.confirm(
        count == 1 ? "Discard this letter" : "Discard " + Figures.count(count) + " letters",
        count == 1
            ? new VBox(12, effect, why)
            : new VBox(12, effect, new NewerLetters(model.meant()), why),
        "Discard",
        false,
        said,
        () -> model.discard(filter, why.getText().strip()));
    why.requestFocus();
  }
}
