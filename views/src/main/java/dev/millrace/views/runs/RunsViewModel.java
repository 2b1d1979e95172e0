package dev.millrace.views.runs;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LogEvent;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.engine.pipeline.FlowDefinition;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.overview.RunRow;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the runs room tells. FX thread only.
///
/// The snapshot holds the newest runs; older ones are asked for once and kept, so that ten thousand
/// of them cost nothing while nothing changes.
public final class RunsViewModel implements RoomModel {

  /// Runs kept at most.
  static final int MOST_RUNS = 10_000;

  private final CommandDesk desk;
  private final Clock clock;
  private final NavigableMap<Long, FlowRun> known = new TreeMap<>(Comparator.reverseOrder());
  private final ObservableList<RunRow> rows = FXCollections.observableArrayList();
  private final ObservableList<LogLine> log = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<RunsPicture> grid =
      new ReadOnlyObjectWrapper<>(RunsPicture.EMPTY);
  private final ReadOnlyObjectWrapper<Optional<FlowRun>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<Awaited>> awaited =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper cancellable = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<List<String>> flows = new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<@Nullable String> flow = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable RunRange> range = new SimpleObjectProperty<>(RunRange.DAY);
  private final ObjectProperty<@Nullable RunFilter> filter =
      new SimpleObjectProperty<>(RunFilter.ALL);
  private final ObjectProperty<@Nullable LogLevel> level =
      new SimpleObjectProperty<>(LogLevel.INFO);
  private final StringProperty words = new SimpleStringProperty("");
  private final Map<Long, RunRow> worded = new HashMap<>();
  private LocalDate wordedOn = LocalDate.MIN;
  private String pipeline = "";
  private List<FlowRun> seen = List.of();
  private List<FlowDefinition> definitions = List.of();
  private List<LogEvent> events = List.of();
  private Instant now = Instant.EPOCH;
  private boolean follows = true;
  private long runningWork = -1;

  public RunsViewModel(CommandDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
    flow.addListener((_, _, _) -> draw());
    range.addListener((_, _, _) -> draw());
    filter.addListener((_, _, _) -> list());
    words.addListener((_, _, _) -> list());
    level.addListener((_, _, _) -> showLog());
  }

  @Override
  public void show(Moment moment) {
    now = moment.now();
    if (moment.status().isEmpty()) {
      return;
    }
    if (!moment.pipeline().equals(pipeline)) {
      pipeline = moment.pipeline();
      known.clear();
      worded.clear();
      seen = List.of();
      askForOlder();
    }
    definitions = moment.status().get().definition().flows();
    List<String> names = definitions.stream().map(FlowDefinition::name).toList();
    if (!names.equals(flows.get())) {
      flows.set(names);
      if (!names.contains(flow.get()) && !names.isEmpty()) {
        flow.set(names.getFirst());
      }
    }
    showWork(moment.engine().work());
    awaited.set(Awaited.flow(moment));
    List<FlowRun> newest = moment.status().get().runs();
    boolean open = newest.stream().anyMatch(r -> r.finishedAt().isEmpty());
    boolean told = !moment.engine().events().equals(events);
    events = moment.engine().events();
    if (!newest.equals(seen)) {
      seen = newest;
      newest.forEach(run -> known.put(run.id(), run));
      takeIn();
    } else if (open) {
      draw();
      if (told || chosen.get().filter(r -> r.finishedAt().isEmpty()).isPresent()) {
        showLog();
      }
    }
  }

  private void askForOlder() {
    var _ =
        desk.ask(
            new Command.Ask(pipeline, new Question.PastRuns(MOST_RUNS)),
            outcome -> {
              if (outcome instanceof Outcome.Answered answered
                  && answered.answer() instanceof Answer.PastRuns past) {
                past.runs().forEach(run -> known.putIfAbsent(run.id(), run));
                takeIn();
              }
            });
  }

  private void takeIn() {
    empty.set(known.isEmpty());
    long failed = known.values().stream().filter(r -> r.state() == RunState.FAILED).count();
    subtitle.set(
        known.isEmpty()
            ? "no run yet"
            : Figures.counted(known.size(), "run")
                + (failed == 0 ? ", none failed" : " · " + Figures.count(failed) + " failed"));
    if (follows || chosen.get().isEmpty()) {
      chosen.set(newestOfFlow());
    } else {
      chosen.set(chosen.get().map(r -> known.getOrDefault(r.id(), r)));
    }
    draw();
    list();
    showLog();
  }

  private Optional<FlowRun> newestOfFlow() {
    return known.values().stream()
        .filter(r -> r.flow().equals(flow.get()) && r.state() != RunState.QUEUED)
        .findFirst();
  }

  private void draw() {
    Optional<Instant> from =
        Optional.ofNullable(range.get()).flatMap(RunRange::span).map(now::minus);
    List<FlowRun> columns = new ArrayList<>();
    for (FlowRun run : known.values()) {
      if (from.isPresent() && run.startedAt().isBefore(from.get())) {
        break;
      }
      if (run.flow().equals(flow.get())) {
        columns.add(run);
      }
    }
    Collections.reverse(columns);
    grid.set(
        new RunsPicture(
            steps(), columns, chosen.get().map(FlowRun::id).orElse(-1L), step.get(), now));
  }

  private List<String> steps() {
    return definitions.stream()
        .filter(f -> f.name().equals(flow.get()))
        .findFirst()
        .map(f -> f.steps().stream().map(FlowDefinition.Step::name).toList())
        .orElse(List.of());
  }

  private void list() {
    String text = words.get();
    RunFilter which = filter.get() == null ? RunFilter.ALL : filter.get();
    List<RunRow> next = new ArrayList<>();
    for (FlowRun run : known.values()) {
      if (which.means(run.state())) {
        RunRow row = row(run);
        if (text.isBlank() || row.matches(text)) {
          next.add(row);
        }
      }
    }
    if (!next.equals(rows)) {
      rows.setAll(next);
    }
  }

  /// The row of a run; one that has ended reads the same all day and is put into words once.
  private RunRow row(FlowRun run) {
    if (run.finishedAt().isEmpty()) {
      return RunRow.of(run, clock, now);
    }
    LocalDate today = LocalDate.ofInstant(now, clock.zone());
    if (!today.equals(wordedOn)) {
      worded.clear();
      wordedOn = today;
    }
    return worded.computeIfAbsent(run.id(), _ -> RunRow.of(run, clock, now));
  }

  private void showLog() {
    LogLevel least = level.get() == null ? LogLevel.INFO : level.get();
    List<LogLine> next =
        chosen.get().map(run -> RunLog.of(run, events, clock, now)).orElse(List.of()).stream()
            .filter(line -> line.level().compareTo(least) >= 0)
            .filter(line -> step.get().isEmpty() || line.step().equals(step.get()))
            .toList();
    if (!next.equals(log)) {
      log.setAll(next);
    }
  }

  private void showWork(List<WorkStatus> work) {
    Optional<WorkStatus> runs =
        work.stream().filter(w -> w.command() instanceof Command.RunFlow).findFirst();
    running.set(runs.isPresent());
    runningWork = runs.map(WorkStatus::id).orElse(-1L);
    cancellable.set(runs.filter(w -> desk.cancellable(w.id())).isPresent());
  }

  /// @param target a run's number, `newest`, or a flow's name
  @Override
  public void aim(String target) {
    if (target.equals("newest")) {
      follows = true;
      choose(newestOfFlow(), "");
      follows = true;
    } else if (flows.get().contains(target)) {
      flow.set(target);
    } else {
      known.values().stream()
          .filter(r -> String.valueOf(r.id()).equals(target.replace("#", "")))
          .findFirst()
          .ifPresent(run -> choose(run.id(), ""));
    }
  }

  /// Puts a run on show, and a step of it.
  ///
  /// @param name of the step; empty for all steps
  public void choose(long run, String name) {
    choose(Optional.ofNullable(known.get(run)), name);
  }

  private void choose(Optional<FlowRun> run, String name) {
    run.ifPresent(
        r -> {
          follows = newestOfFlow().filter(newest -> newest.id() == r.id()).isPresent();
          step.set(name);
          chosen.set(run);
          draw();
          showLog();
        });
  }

  /// What running the flow would do, for the question before it.
  public String preview() {
    String name = String.valueOf(flow.get());
    List<FlowRun> done =
        known.values().stream()
            .filter(r -> r.flow().equals(name) && r.state() == RunState.SUCCEEDED)
            .limit(10)
            .toList();
    String usual =
        done.stream()
            .map(r -> Duration.between(r.startedAt(), r.finishedAt().orElse(r.startedAt())))
            .max(Comparator.naturalOrder())
            .map(
                longest ->
                    " The last " + done.size() + " took at most " + Figures.span(longest) + ".")
            .orElse("");
    return "Runs "
        + Figures.counted(steps().size(), "step")
        + " one after another: "
        + String.join(", ", steps())
        + ". Each takes in only what is new, and what a step commits stays when a later one fails."
        + usual;
  }

  /// The work that the flow would have to wait for.
  public ReadOnlyObjectProperty<Optional<Turn>> turn() {
    return desk.turn();
  }

  /// Runs the flow on show.
  public void run() {
    String name = flow.get();
    if (name != null && !running.get()) {
      follows = true;
      desk.submit(new Command.RunFlow(pipeline, name));
    }
  }

  /// Asks the flow that runs to stop.
  public void cancel() {
    if (runningWork >= 0) {
      desk.cancel(runningWork);
    }
  }

  /// One line about the run on show.
  public String summary(FlowRun run) {
    Instant end = run.finishedAt().orElse(now);
    long skipped = run.steps().stream().filter(s -> s.state() == RunState.SKIPPED).count();
    long done = run.steps().stream().filter(s -> s.state() == RunState.SUCCEEDED).count();
    long written = RunRow.written(run);
    return Figures.span(Duration.between(run.startedAt(), end))
        + " · "
        + done
        + " of "
        + run.steps().size()
        + " steps"
        + (skipped > 0 ? ", " + skipped + " not run" : "")
        + " · "
        + Figures.counted(written, "row")
        + " written";
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return now;
  }

  public ReadOnlyObjectProperty<RunsPicture> grid() {
    return grid.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<FlowRun>> chosen() {
    return chosen.getReadOnlyProperty();
  }

  /// Name of the chosen step; empty for the whole run.
  public ObservableValue<String> step() {
    return step.getReadOnlyProperty();
  }

  /// Every run that the filter means, newest first.
  public ObservableList<RunRow> rows() {
    return rows;
  }

  public ObservableList<LogLine> log() {
    return log;
  }

  public ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  /// The flow under way.
  ReadOnlyObjectProperty<Optional<Awaited>> awaited() {
    return awaited.getReadOnlyProperty();
  }

  /// Whether a flow runs now.
  public ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty cancellable() {
    return cancellable.getReadOnlyProperty();
  }

  /// Names of the pipeline's flows.
  public ReadOnlyObjectProperty<List<String>> flows() {
    return flows.getReadOnlyProperty();
  }

  public ObjectProperty<@Nullable String> flow() {
    return flow;
  }

  public ObjectProperty<@Nullable RunRange> range() {
    return range;
  }

  public ObjectProperty<@Nullable RunFilter> filter() {
    return filter;
  }

  public ObjectProperty<@Nullable LogLevel> level() {
    return level;
  }

  /// Words that the runs of the list must hold.
  public StringProperty words() {
    return words;
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }
}
