package dev.millrace.views.quality;

import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.views.charts.Ring;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.desk.Commands;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Binds the quality room to its view model.
public final class QualityController {

  @FXML private StackPane qualityRoom;
  @FXML private HBox page;
  @FXML private ListView<TableScore> tables;
  @FXML private StackPane ringHost;
  @FXML private HBox titleLine;
  @FXML private Label name;
  @FXML private Label facts;
  @FXML private VBox acts;
  @FXML private Label waits;
  @FXML private Button report;
  @FXML private Button runNew;
  @FXML private Button runAll;
  @FXML private HBox working;
  @FXML private Label workWords;
  @FXML private ProgressBar progress;
  @FXML private Button cancel;
  @FXML private HBox tabBar;
  @FXML private Label fault;
  @FXML private StackPane host;

  private final QualityViewModel model;
  private final DialogService dialogs;
  private final Ring ring = new Ring();
  private final Label verdict = Chips.chip("", "mdi2c-circle-medium", Tone.MUTED);
  private final Map<QualityTab, Node> panes = new EnumMap<>(QualityTab.class);
  private boolean following;

  public QualityController(QualityViewModel model, DialogService dialogs) {
    this.model = model;
    this.dialogs = dialogs;
  }

  @FXML
  void initialize() {
    tables.setCellFactory(_ -> new ScoreCell());
    tables.setItems(model.tables());
    tables
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, table) -> {
              if (table != null && !following) {
                model.choose(table);
              }
            });
    model.tables().addListener((javafx.beans.Observable _) -> follow());
    ringHost.getChildren().add(ring);
    titleLine.getChildren().add(verdict);

    Segments<QualityTab> tabs = new Segments<>(QualityTab::words);
    tabs.setId("quality-tabs");
    tabs.choices(List.of(QualityTab.values()));
    tabs.chosen().bindBidirectional(model.tab());
    tabBar.getChildren().addFirst(tabs);
    fault.textProperty().bind(model.fault());
    fault.visibleProperty().bind(fault.textProperty().isNotEmpty());
    fault.managedProperty().bind(fault.visibleProperty());

    // Two such buttons with the words in each would leave no room for the table's name.
    waits
        .textProperty()
        .bind(model.turn().map(t -> t.map(turn -> "Judged " + turn.after()).orElse("")));
    waits.visibleProperty().bind(waits.textProperty().isNotEmpty());
    waits.managedProperty().bind(waits.visibleProperty());
    runAll.setOnAction(_ -> model.run(false));
    runNew.setOnAction(_ -> model.run(true));
    report.setOnAction(_ -> ReportSheet.open(model, dialogs));
    cancel.setOnAction(_ -> model.cancel());
    cancel.visibleProperty().bind(model.cancellable());
    model.work().addListener((_, _, now) -> showWork(now));
    showWork(model.work().get());
    model.chosen().addListener((_, _, _) -> showTable());
    model.judgement().addListener((_, _, _) -> showTable());
    model.tab().addListener((_, _, _) -> turn());
    follow();
    showTable();

    EmptyState nothing =
        new EmptyState(
            "mdi2s-shield-check-outline",
            "Nothing to judge yet",
            "Once tables have rows, each is judged by its suite of expectations: what fails is"
                + " counted, kept with its reasons, and can stop a load before it does harm.");
    nothing.setId("quality-empty");
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not().and(model.loading().not()));
    Label waiting = new Label("Waiting for the engine …");
    waiting.getStyleClass().add("page-subtitle");
    waiting.visibleProperty().bind(model.loading());
    qualityRoom.getChildren().addAll(nothing, waiting);
  }

  private void follow() {
    following = true;
    for (TableScore row : model.tables()) {
      if (model.chosen().get().map(TableScore::table).filter(row.table()::equals).isPresent()) {
        tables.getSelectionModel().select(row);
      }
    }
    following = false;
  }

  private void showTable() {
    follow();
    Optional<TableScore> table = model.chosen().get();
    Optional<Judgement> judged = model.judgement().get();
    name.setText(table.map(t -> t.table().toString()).orElse(""));
    boolean hasSuite = table.flatMap(TableScore::suite).isPresent();
    runAll.setDisable(!hasSuite);
    runNew.setDisable(!hasSuite || !model.wasJudged());
    report.setDisable(model.subjects().isEmpty());
    judged.ifPresentOrElse(
        j -> {
          ring.show(j.percent(), j.tone(), Figures.percent(j.percent()));
          Chips.show(
              verdict,
              j.kept() ? j.verdict() : "Trial: " + j.verdict(),
              switch (j.tone()) {
                case GOOD -> "mdi2c-check-circle-outline";
                case WARNING -> "mdi2a-alert-outline";
                case BAD, ACCENT, MUTED -> "mdi2a-alert-octagon-outline";
              },
              j.tone());
        },
        () -> {
          ring.show(0, Tone.MUTED, "–");
          Chips.show(
              verdict,
              model.reading() ? "Reading …" : hasSuite ? "Not judged yet" : "No suite",
              model.reading() ? "mdi2p-progress-clock" : "mdi2h-help-circle-outline",
              Tone.MUTED);
        });
    facts.setText(
        judged
            .map(
                j ->
                    "%,d of %,d expectations met · judged %s"
                            .formatted(
                                j.passed(),
                                j.results().size(),
                                model.clock().second(j.at(), model.now()))
                        + j.run().map(run -> " in run #" + Figures.count(run)).orElse(""))
            .orElseGet(
                () ->
                    table
                        .flatMap(TableScore::suite)
                        .map(file -> "by " + file)
                        .orElse("a profile proposes a suite from its rows")));
    turn();
  }

  private void turn() {
    QualityTab tab = model.tab().get();
    if (tab == null || model.chosen().get().isEmpty()) {
      return;
    }
    boolean judged = model.judgement().get().isPresent();
    Node shown =
        !judged && (tab == QualityTab.RESULTS || tab == QualityTab.HISTORY)
            ? unjudged()
            : panes.computeIfAbsent(tab, this::pane);
    host.getChildren().setAll(shown);
  }

  private Node pane(QualityTab tab) {
    return switch (tab) {
      case RESULTS -> new ResultsPane(model);
      case HISTORY -> new HistoryPane(model);
      case QUARANTINE -> new KeptPane(model, dialogs);
      case PROFILE -> new ProfilePane(model.profile(), () -> model.tab().set(QualityTab.SUITE));
      case SUITE -> new SuitePane(model.suite(), dialogs);
    };
  }

  private Node unjudged() {
    boolean hasSuite = model.chosen().get().flatMap(TableScore::suite).isPresent();
    if (model.reading()) {
      Label reading = new Label("Reading the last validation …");
      reading.getStyleClass().add("page-subtitle");
      return new VBox(reading);
    }
    return hasSuite
        ? new EmptyState(
                "mdi2s-shield-search",
                "Not judged yet",
                "The table has a suite; a flow judges by it, or you do now.")
            .offering("Check it", "mdi2p-play", "accent", () -> model.run(false))
        : new EmptyState(
                "mdi2s-shield-plus-outline",
                "No suite for this table",
                "A suite says what its rows must be like, in the words of Great Expectations. A"
                    + " profile proposes one from what stands in the table.")
            .offering(
                "Propose one",
                "mdi2t-table-search",
                "accent",
                () -> model.tab().set(QualityTab.PROFILE));
  }

  private void showWork(Optional<WorkStatus> now) {
    boolean busy = now.isPresent();
    working.setVisible(busy);
    working.setManaged(busy);
    acts.setVisible(!busy);
    acts.setManaged(!busy);
    now.ifPresent(
        work -> {
          Duration since = Duration.between(work.since(), model.now());
          workWords.setText(
              Commands.title(work.command()) + " · " + work.what() + " · " + Figures.age(since));
          progress.setProgress(work.stand().share());
        });
  }
}
