package dev.millrace.views.desk;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.FlowRun.StepRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.engine.model.Layer;
import dev.millrace.views.text.Figures;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Why something is not there yet, so that no room tells a nought that only means “not yet”. Any
/// thread may call.
///
/// @param brief fits under a figure: `flow at step 3 of 10`
/// @param whole a sentence: `Flow daily is running: transform silver.readings, step 3 of 10.`
public record Awaited(String brief, String whole) {

  /// The flow under way; empty when none is.
  public static Optional<Awaited> flow(Moment moment) {
    return work(moment, Command.RunFlow.class::isInstance).map(work -> ofFlow(moment, work));
  }

  /// Work under way that builds derived tables.
  public static Optional<Awaited> tables(Moment moment) {
    return flow(moment).or(() -> other(moment, Command.Transform.class::isInstance));
  }

  /// Work under way that judges tables by their suites.
  public static Optional<Awaited> checks(Moment moment) {
    return flow(moment).or(() -> other(moment, Command.Check.class::isInstance));
  }

  /// Work under way that fills the warehouse.
  public static Optional<Awaited> loads(Moment moment) {
    return flow(moment).or(() -> other(moment, Command.Load.class::isInstance));
  }

  /// Why Silver has nothing to tell; empty once it has, and for a pipeline that has no Silver.
  public static Optional<Awaited> silver(Moment moment) {
    boolean stands =
        moment
            .status()
            .map(
                status ->
                    status.definition().tables().stream()
                            .noneMatch(t -> t.name().layer() == Layer.SILVER)
                        || status.tables().stream().anyMatch(Awaited::holdsSilver))
            .orElse(true);
    if (stands) {
      return Optional.empty();
    }
    return tables(moment)
        .map(under -> new Awaited("Silver: " + under.brief(), under.whole()))
        .or(
            () ->
                Optional.of(
                    new Awaited(
                        "Silver is not built yet",
                        "“Run pipeline” builds Silver, which judges the readings.")));
  }

  private static boolean holdsSilver(TableStatus table) {
    return table.table().layer() == Layer.SILVER && table.rows() > 0;
  }

  private static Optional<WorkStatus> work(Moment moment, Predicate<Command> meant) {
    return moment.engine().work().stream()
        .filter(w -> w.command().pipeline().equals(moment.pipeline()) && meant.test(w.command()))
        .findFirst();
  }

  private static Optional<Awaited> other(Moment moment, Predicate<Command> meant) {
    return work(moment, meant)
        .map(
            w ->
                new Awaited(
                    "under way for " + Figures.age(moment.since(w.since())),
                    Commands.title(w.command()) + ": " + w.what() + "."));
  }

  private static Awaited ofFlow(Moment moment, WorkStatus work) {
    String name = work.command() instanceof Command.RunFlow run ? run.flow() : "";
    List<FlowRun> runs = moment.status().map(PipelineStatus::runs).orElse(List.of());
    for (FlowRun run : runs) {
      if (run.flow().equals(name) && run.state() == RunState.RUNNING) {
        return atStep(run);
      }
    }
    return new Awaited("flow is starting", "Flow " + name + " is starting: " + work.what() + ".");
  }

  private static Awaited atStep(FlowRun run) {
    List<StepRun> steps = run.steps();
    int at = 0;
    while (at < steps.size() - 1 && steps.get(at).state() == RunState.SUCCEEDED) {
      at++;
    }
    String place = "step " + (at + 1) + " of " + steps.size();
    String step = steps.isEmpty() ? "" : steps.get(at).step() + ", ";
    return new Awaited(
        "flow at " + place, "Flow " + run.flow() + " is running: " + step + place + ".");
  }
}
