package dev.millrace.views.flow;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.LoadStatus;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Stand;
import dev.millrace.engine.pipeline.DerivedTable;
import dev.millrace.engine.pipeline.WarehouseTable;
import dev.millrace.engine.quality.QualityScore;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.CommandDesk.Ended;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.flow.PlanPicture.Line;
import dev.millrace.views.flow.PlanPicture.Progress;
import dev.millrace.views.flow.PlanPicture.Result;
import dev.millrace.views.flow.PlanPicture.Stat;
import dev.millrace.views.shell.ShellViewModel;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says what the chosen part's work is about to do, before it is done. FX thread only.
final class WorkPlan {

  private final CommandDesk desk;

  WorkPlan(CommandDesk desk) {
    this.desk = desk;
  }

  PlanPicture picture(Part part, Moment moment, PipelineStatus status) {
    return switch (part) {
      case SIMULATOR, KAFKA, DEAD_LETTERS ->
          UnaskedPlan.picture(part, moment, status, progress(part, moment));
      case WAREHOUSE -> load(moment, status);
      case STREAM -> catchUp(moment, status);
      case SILVER, GOLD -> build(part, moment, status);
      case BRONZE, QUALITY -> check(moment, status);
    };
  }

  private PlanPicture load(Moment moment, PipelineStatus status) {
    long waiting = FlowPlan.waiting(status);
    long loaded = status.loads().stream().mapToLong(LoadStatus::rows).sum();
    int tables = status.definition().warehouse().size();
    List<Line> lines = new ArrayList<>();
    String replaced =
        status.definition().warehouse().stream()
            .filter(WarehouseTable.ReplacePartitions.class::isInstance)
            .map(t -> ((WarehouseTable.ReplacePartitions) t).partition())
            .distinct()
            .collect(Collectors.joining(", "));
    String merged =
        status.definition().warehouse().stream()
            .filter(WarehouseTable.Merge.class::isInstance)
            .map(t -> t.target() + " by " + String.join(", ", t.key()))
            .collect(Collectors.joining("; "));
    if (!replaced.isEmpty()) {
      lines.add(line("mdi2s-swap-horizontal", "Replaced", "whole days, by " + replaced));
    }
    if (!merged.isEmpty()) {
      lines.add(line("mdi2k-key-outline", "Merged", merged));
    }
    Optional<QualityScore> worst = worst(status);
    boolean up = moment.engine().up(ServiceStatus.DATABASE);
    lines.add(
        worst
            .map(
                s ->
                    new Line(
                        "mdi2s-shield-check-outline",
                        "Quality",
                        passes(status),
                        s.passed() == s.total() ? Tone.GOOD : Tone.WARNING))
            .orElse(line("mdi2s-shield-check-outline", "Quality", "not checked yet")));
    lines.add(new Line("mdi2r-restore", "If it stops half way", "rolls back", Tone.GOOD));
    lines.add(line("mdi2t-timer-sand", "Last time", lastTook(status, "load")));
    String caution =
        worst.filter(s -> s.passed() < s.total()).isPresent()
            ? "Not every quality check passes: "
                + passes(status)
                + ". The warehouse would hold the readings that fail them."
            : "";
    return plan(
        Part.WAREHOUSE,
        moment,
        "Load the warehouse",
        (waiting == 0 && loaded > 0 ? "no new rows · " : "")
            + "from Gold into schema "
            + status.definition().warehouseSchema(),
        List.of(
            new Stat(
                waiting == 0 ? "0" : "+" + Figures.compact(waiting),
                "new rows",
                waiting > 0 ? Tone.GOOD : Tone.MUTED),
            new Stat(Figures.compact(loaded), "loaded", Tone.MUTED),
            new Stat(Figures.count(tables), tables == 1 ? "table" : "tables", Tone.MUTED)),
        lines,
        !loadable(status)
            ? "Nothing to load yet"
            : !up ? "PostgreSQL is down" : waiting > 0 ? "Load now" : "Load again",
        waiting > 0,
        Optional.of((Command) new Command.Load(moment.pipeline()))
            .filter(_ -> loadable(status) && up),
        caution);
  }

  private static boolean loadable(PipelineStatus status) {
    return status.tables().stream()
        .anyMatch(
            t ->
                t.rows() > 0
                    && status.definition().warehouse().stream()
                        .anyMatch(w -> w.from().equals(t.table())));
  }

  private PlanPicture build(Part part, Moment moment, PipelineStatus status) {
    Layer layer = part == Part.SILVER ? Layer.SILVER : Layer.GOLD;
    List<DerivedTable> tables =
        status.definition().tables().stream().filter(t -> t.name().layer() == layer).toList();
    boolean single = part == Part.SILVER && tables.size() == 1;
    long before = rows(FlowPlan.in(part == Part.SILVER ? Part.BRONZE : Part.SILVER, status));
    long here = rows(FlowPlan.in(part, status));
    List<Line> lines = new ArrayList<>();
    lines.add(
        line(
            "mdi2t-table-arrow-right",
            "Reads",
            tables.stream()
                .flatMap(t -> t.from().stream())
                .map(Object::toString)
                .distinct()
                .collect(Collectors.joining(", "))));
    if (single) {
      lines.add(
          line("mdi2k-key-outline", "One row per", String.join(", ", tables.getFirst().key())));
    } else {
      lines.add(line("mdi2o-order-bool-ascending", "Order", "all derived, as defined"));
    }
    lines.add(line("mdi2p-plus-box-multiple-outline", "Cost follows", "what is new"));
    lines.add(new Line("mdi2r-restore", "If it stops half way", "built tables stay", Tone.GOOD));
    lines.add(
        line("mdi2t-timer-sand", "Last time", lastTook(status, "transform " + layer.sqlName())));
    List<Stat> stats =
        part == Part.SILVER
            ? List.of(
                new Stat(Figures.compact(before), "in Bronze", Tone.MUTED),
                new Stat(Figures.compact(here), "in Silver", Tone.MUTED),
                new Stat(
                    Figures.compact(Math.max(0, before - here)),
                    "fewer here",
                    before > here ? Tone.WARNING : Tone.GOOD))
            : List.of(
                new Stat(Figures.compact(before), "in Silver", Tone.MUTED),
                new Stat(Figures.compact(here), "in Gold", Tone.MUTED),
                new Stat(Figures.count(tables.size()), "tables", Tone.MUTED));
    return plan(
        part,
        moment,
        single ? "Build " + tables.getFirst().name() : "Build the derived tables",
        single ? "deduplicated and judged, from what is new" : "Silver first, then Gold",
        stats,
        lines,
        before > 0 ? "Run transform now" : "Nothing to build yet",
        before > 0,
        Optional.of(
                (Command)
                    new Command.Transform(
                        moment.pipeline(),
                        single ? Optional.of(tables.getFirst().name()) : Optional.empty()))
            .filter(_ -> before > 0),
        "");
  }

  private PlanPicture catchUp(Moment moment, PipelineStatus status) {
    Optional<StreamStatus> stream = moment.stream();
    long lag = stream.map(StreamStatus::lag).orElse(0L);
    String feed = stream.map(StreamStatus::feed).orElse("");
    List<Line> lines =
        List.of(
            line("mdi2f-flag-checkered", "Done when", "all that stands now is kept"),
            line("mdi2c-content-save-outline", "Kept in", "Bronze or dead letters"),
            new Line("mdi2r-restore", "If it stops half way", "resumes at a commit", Tone.GOOD),
            line("mdi2t-timer-sand", "Last time", lastTook(status, "catch up")));
    return plan(
        Part.STREAM,
        moment,
        "Catch up with the topic",
        (lag == 0 ? "nothing waits · " : "") + "feed " + feed,
        List.of(
            new Stat(Figures.compact(lag), "waiting", lag > 0 ? Tone.ACCENT : Tone.MUTED),
            new Stat(
                Figures.compact(stream.map(StreamStatus::openBatch).orElse(0L)),
                "in the batch",
                Tone.MUTED),
            new Stat(
                Figures.count(stream.map(s -> s.partitions().size()).orElse(0)),
                "partitions",
                Tone.MUTED)),
        lines,
        "Catch up now",
        lag > 0,
        Optional.of(new Command.CatchUp(moment.pipeline(), feed)),
        "");
  }

  private PlanPicture check(Moment moment, PipelineStatus status) {
    int passed = 0;
    int total = 0;
    for (TableStatus table : status.tables()) {
      passed += table.quality().map(QualityScore::passed).orElse(0);
      total += table.quality().map(QualityScore::total).orElse(0);
    }
    List<Line> lines = new ArrayList<>();
    status.definition().suites().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            suite ->
                lines.add(
                    line(
                        "mdi2c-clipboard-check-outline",
                        suite.getKey().toString(),
                        suite.getValue().file())));
    lines.add(new Line("mdi2e-eye-outline", "Changes", "nothing, it only reads", Tone.GOOD));
    lines.add(line("mdi2t-timer-sand", "Last time", lastTook(status, "check")));
    return plan(
        Part.QUALITY,
        moment,
        "Check quality",
        "every table that has a suite",
        List.of(
            new Stat(
                total == 0 ? "–" : Figures.count(passed),
                "pass",
                total == 0 ? Tone.MUTED : Tone.GOOD),
            new Stat(
                total == 0 ? "–" : Figures.count(total - passed),
                "fail",
                total > passed ? Tone.WARNING : Tone.MUTED),
            new Stat(Figures.count(status.definition().suites().size()), "suites", Tone.MUTED)),
        lines,
        "Check now",
        true,
        Optional.of(new Command.Check(moment.pipeline(), Optional.empty())),
        "");
  }

  private PlanPicture plan(
      Part part,
      Moment moment,
      String title,
      String subject,
      List<Stat> stats,
      List<Line> lines,
      String button,
      boolean due,
      Optional<Command> command,
      String caution) {
    return new PlanPicture(
        title,
        subject,
        stats,
        lines,
        command.filter(Command::takesTurn).isPresent()
            ? Turn.words(button, Turn.taken(moment))
            : button,
        due,
        command,
        caution,
        progress(part, moment),
        desk.last()
            .get()
            .filter(e -> command.filter(e.command()::equals).isPresent())
            .map(WorkPlan::result));
  }

  private Optional<Progress> progress(Part part, Moment moment) {
    return FlowPlan.work(moment, part).map(work -> progress(work, moment));
  }

  private Progress progress(WorkStatus work, Moment moment) {
    return new Progress(
        work.id(),
        work.stand().equals(Stand.WAITS),
        ShellViewModel.detail(work.stand(), moment.since(work.since())),
        work.stand().share(),
        desk.cancellable(work.id()));
  }

  private static Result result(Ended ended) {
    return switch (ended.outcome()) {
      case Outcome.Done done -> new Result(Tone.GOOD, done.summary(), "");
      case Outcome.Letters found -> new Result(Tone.GOOD, found.summary(), "");
      case Outcome.ReplayPreview preview -> new Result(Tone.GOOD, preview.summary(), "");
      case Outcome.Cared cared -> new Result(Tone.GOOD, cared.summary(), "");
      case Outcome.Suggestions found -> new Result(Tone.GOOD, found.summary(), "");
      case Outcome.Answered answered -> new Result(Tone.GOOD, answered.summary(), "");
      case Outcome.Quality done -> new Result(Tone.GOOD, done.summary(), "");
      case Outcome.LoadPlanned planned ->
          new Result(planned.hold().isPresent() ? Tone.WARNING : Tone.GOOD, planned.summary(), "");
      case Outcome.Reconciled found ->
          new Result(
              found.reconciliation().differs() ? Tone.WARNING : Tone.GOOD, found.summary(), "");
      case Outcome.Failed failed -> new Result(Tone.BAD, failed.what(), failed.remedy());
      case Outcome.Cancelled cancelled -> new Result(Tone.WARNING, cancelled.summary(), "");
    };
  }

  private static Line line(String icon, String name, String value) {
    return new Line(icon, name, value, Tone.MUTED);
  }

  private static long rows(List<TableStatus> tables) {
    return tables.stream().mapToLong(TableStatus::rows).sum();
  }

  private static Optional<QualityScore> worst(PipelineStatus status) {
    return status.tables().stream()
        .flatMap(t -> t.quality().stream())
        .min(java.util.Comparator.comparingDouble(QualityScore::percent));
  }

  private static String passes(PipelineStatus status) {
    int passed = 0;
    int total = 0;
    for (TableStatus table : status.tables()) {
      passed += table.quality().map(QualityScore::passed).orElse(0);
      total += table.quality().map(QualityScore::total).orElse(0);
    }
    return passed + " of " + total + " checks pass";
  }

  /// How long the newest finished steps of that name took together, in the run they belong to.
  private static String lastTook(PipelineStatus status, String prefix) {
    for (FlowRun run : status.runs()) {
      Duration took = Duration.ZERO;
      boolean any = false;
      for (StepRun step : run.steps()) {
        if (step.step().startsWith(prefix)
            && step.state() == RunState.SUCCEEDED
            && step.startedAt().isPresent()
            && step.finishedAt().isPresent()) {
          took = took.plus(Duration.between(step.startedAt().get(), step.finishedAt().get()));
          any = true;
        }
      }
      if (any) {
        return "took " + Figures.span(took);
      }
    }
    return "never ran";
  }
}
