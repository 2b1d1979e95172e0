package dev.millrace.views.runs;

import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.views.controls.Chips;
import dev.millrace.views.controls.Copies;
import dev.millrace.views.controls.EmptyState;
import dev.millrace.views.controls.Segments;
import dev.millrace.views.controls.WholeRows;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.FxThread;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.overview.RunRow;
import dev.millrace.views.overview.RunsTable;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.theme.Tone;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Binds the runs room to its view model.
public final class RunsController {

  private static final String WHAT_A_RUN_IS =
      "A run takes what is new from Bronze through Silver and Gold into the warehouse and checks"
          + " the tables on the way. Each stands here with its steps and its log.";

  @FXML private StackPane runsRoom;
  @FXML private HBox page;
  @FXML private HBox gridHead;
  @FXML private HBox legend;
  @FXML private StackPane gridHost;
  @FXML private HBox ganttHead;
  @FXML private StackPane ganttHost;
  @FXML private Label runTitle;
  @FXML private Label runSummary;
  @FXML private Button again;
  @FXML private Button cancel;
  @FXML private Label logTitle;
  @FXML private HBox logHead;
  @FXML private Button wholeRun;
  @FXML private Button copyLog;
  @FXML private ListView<LogLine> log;
  @FXML private HBox listHead;
  @FXML private TextField filter;
  @FXML private TableView<RunRow> runs;

  private final RunsViewModel model;
  private final DialogService dialogs;

  public RunsController(RunsViewModel model, DialogService dialogs) {
    this.model = model;
    this.dialogs = dialogs;
  }

  @FXML
  void initialize() {
    RunsGrid grid = new RunsGrid(model.clock(), model::choose);
    grid.setId("runs-grid");
    gridHost.getChildren().add(grid);
    model.grid().addListener((_, _, now) -> grid.show(now));
    grid.show(model.grid().get());
    Segments<String> flows = new Segments<>(name -> name);
    flows.setId("flows");
    flows.chosen().bindBidirectional(model.flow());
    model.flows().addListener((_, _, now) -> showFlows(flows, now));
    showFlows(flows, model.flows().get());
    Segments<RunRange> ranges = new Segments<>(RunRange::words);
    ranges.setId("run-ranges");
    ranges.choices(List.of(RunRange.values()));
    ranges.chosen().bindBidirectional(model.range());
    gridHead.getChildren().addAll(flows, ranges);
    legend
        .getChildren()
        .setAll(
            key("Done", "key-done", Tone.GOOD),
            key("Failed", "key-failed", Tone.BAD),
            key("Not run", "key-outline", Tone.WARNING),
            key("Cancelled", "key-cancelled", Tone.WARNING),
            key("Running", "key-outline", Tone.ACCENT),
            key("Queued", "key-outline", Tone.MUTED));

    RunGantt gantt =
        new RunGantt(
            model.clock(), step -> model.chosen().get().ifPresent(r -> model.choose(r.id(), step)));
    gantt.setId("gantt");
    ganttHost.getChildren().add(gantt);
    Label state = Chips.chip("", "mdi2t-timer-sand", Tone.MUTED);
    ganttHead.getChildren().add(1, state);
    model
        .grid()
        .addListener(
            (_, _, now) -> {
              Optional<FlowRun> run = model.chosen().get();
              gantt.show(run, now.step(), now.now());
              run.ifPresent(r -> showRun(r, state));
            });
    model
        .turn()
        .addListener((_, _, _) -> model.chosen().get().ifPresent(run -> showRun(run, state)));
    runTitle.setText("No run yet");
    again.setOnAction(
        _ -> dialogs.ask("Run " + model.flow().get() + "?", model.preview(), "Run it", model::run));
    again.disableProperty().bind(model.running());
    cancel.setOnAction(_ -> model.cancel());
    cancel.visibleProperty().bind(model.running());
    cancel.managedProperty().bind(model.running());
    cancel.disableProperty().bind(model.cancellable().not());

    logTitle
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> model.step().getValue().isEmpty() ? "Log" : model.step().getValue(),
                model.step()));
    Segments<LogLevel> levels = new Segments<>(LogLevel::words);
    levels.setId("log-levels");
    levels.choices(List.of(LogLevel.values()));
    levels.chosen().bindBidirectional(model.level());
    logHead.getChildren().addFirst(levels);
    wholeRun.visibleProperty().bind(model.step().map(s -> !s.isEmpty()));
    wholeRun.managedProperty().bind(wholeRun.visibleProperty());
    wholeRun.setOnAction(_ -> model.chosen().get().ifPresent(run -> model.choose(run.id(), "")));
    copyLog.setOnAction(
        _ ->
            Copies.text(
                model.log().stream().map(LogLine::plain).collect(Collectors.joining("\n"))));
    log.setCellFactory(_ -> new LogCell());
    log.setItems(model.log());
    log.setPlaceholder(placeholder("Nothing was told."));
    model.log().addListener((Observable _) -> showFault());

    RunsTable.brief(runs, model.rows());
    WholeRows.around(runs);
    runs.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, row) -> Optional.ofNullable(row).ifPresent(r -> model.choose(r.id(), "")));
    filter.textProperty().bindBidirectional(model.words());
    Segments<RunFilter> states = new Segments<>(RunFilter::words);
    states.setId("run-states");
    states.choices(List.of(RunFilter.values()));
    states.chosen().bindBidirectional(model.filter());
    listHead.getChildren().add(1, states);

    EmptyState nothing =
        new EmptyState("mdi2s-sitemap-outline", "No run yet", WHAT_A_RUN_IS)
            .offering("Run the pipeline", "mdi2p-play", "accent", model::run);
    nothing.setId("runs-empty");
    model
        .awaited()
        .addListener(
            (_, _, now) ->
                nothing.say(
                    now.isPresent() ? "The first run begins" : "No run yet",
                    now.map(Awaited::whole).orElse(WHAT_A_RUN_IS),
                    now.isEmpty()));
    nothing.visibleProperty().bind(model.empty());
    page.visibleProperty().bind(model.empty().not());
    runsRoom.getChildren().add(nothing);
  }

  private static void showFlows(Segments<String> flows, List<String> names) {
    flows.choices(names);
    flows.setVisible(names.size() > 1);
    flows.setManaged(names.size() > 1);
  }

  private void showRun(FlowRun run, Label state) {
    runTitle.setText(
        "Run #" + run.id() + "  " + model.clock().second(run.startedAt(), model.now()));
    runSummary.setText(model.summary(run));
    Chips.show(state, Chips.words(run.state()), Chips.icon(run.state()), Chips.tone(run.state()));
    String words = run.state() == RunState.FAILED ? "Run again" : "Run now";
    again.setText(model.running().get() ? words : Turn.words(words, model.turn().get()));
  }

  /// What went wrong is in sight, and not what went well before it.
  private void showFault() {
    if (model.chosen().get().filter(run -> run.state() == RunState.FAILED).isEmpty()) {
      return;
    }
    for (int i = 0; i < model.log().size(); i++) {
      if (model.log().get(i).level() == LogLevel.ERROR) {
        int to = Math.max(0, i - 1);
        // Once the list has taken the new lines in.
        new FxThread().run(() -> log.scrollTo(to));
        return;
      }
    }
  }

  private static Node key(String words, String form, Tone tone) {
    Region box = new Region();
    box.getStyleClass().addAll("state-key", form, tone.styleClass());
    Label label = new Label(words, box);
    label.getStyleClass().add("legend-words");
    label.setMinWidth(Label.USE_PREF_SIZE);
    return label;
  }

  private static Label placeholder(String words) {
    Label label = new Label(words);
    label.getStyleClass().add("page-subtitle");
    return label;
  }
}
