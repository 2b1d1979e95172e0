package dev.millrace.views.desk;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.views.theme.Tone;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a person's commands are handed in, and where they hear how the work ended.
///
/// FX thread only; the engine and the simulator are called on the task executor.
public final class CommandDesk {

  private static final Logger log = LoggerFactory.getLogger(CommandDesk.class);

  private final PipelineEngine engine;
  private final Optional<SimulatorControl> simulator;
  private final TaskExecutor executor;
  private final UiThread ui;
  private final Toast.Tray tray;
  private final Map<Long, Work> own = new HashMap<>();
  private final ReadOnlyObjectWrapper<Optional<Ended>> last =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /// Work that ended.
  public record Ended(Command command, Outcome outcome) {}

  public CommandDesk(
      PipelineEngine engine,
      Optional<SimulatorControl> simulator,
      TaskExecutor executor,
      UiThread ui,
      Toast.Tray tray) {
    this.engine = engine;
    this.simulator = simulator;
    this.executor = executor;
    this.ui = ui;
    this.tray = tray;
  }

  public void submit(Command command) {
    executor.execute(
        () -> {
          Work work;
          try {
            work = engine.submit(command);
          } catch (RuntimeException e) {
            ui.run(() -> tray.show(failure(Commands.title(command), e)));
            return;
          }
          ui.run(() -> own.put(work.id(), work));
          var _ = work.outcome().thenAccept(outcome -> ui.run(() -> ended(work, outcome)));
        });
  }

  /// Whether `cancel` reaches that work; work begun elsewhere is out of reach.
  public boolean cancellable(long work) {
    return own.containsKey(work);
  }

  public void cancel(long id) {
    Work work = own.get(id);
    if (work != null) {
      executor.execute(work::cancel);
    }
  }

  public boolean hasSimulator() {
    return simulator.isPresent();
  }

  /// @param what what is asked for, in words, for the toast when it fails
  public void simulate(String what, Consumer<SimulatorControl> act) {
    simulator.ifPresent(
        control ->
            executor.execute(
                () -> {
                  try {
                    act.accept(control);
                  } catch (RuntimeException e) {
                    ui.run(() -> tray.show(failure(what, e)));
                  }
                }));
  }

  /// The work that ended last; empty before the first.
  public ReadOnlyObjectProperty<Optional<Ended>> last() {
    return last.getReadOnlyProperty();
  }

  private void ended(Work work, Outcome outcome) {
    own.remove(work.id());
    last.set(Optional.of(new Ended(work.command(), outcome)));
    tray.show(toast(Commands.title(work.command()), outcome));
  }

  private static Toast toast(String title, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> new Toast(Tone.GOOD, title + ": done", done.summary(), "");
      case Outcome.Letters found -> new Toast(Tone.GOOD, title, found.summary(), "");
      case Outcome.ReplayPreview preview -> new Toast(Tone.GOOD, title, preview.summary(), "");
      case Outcome.Cared cared -> new Toast(Tone.GOOD, title, cared.summary(), "");
      case Outcome.Suggestions found -> new Toast(Tone.GOOD, title, found.summary(), "");
      case Outcome.LoadPlanned planned -> new Toast(Tone.GOOD, title, planned.summary(), "");
      case Outcome.Reconciled found ->
          new Toast(
              found.reconciliation().differs() ? Tone.WARNING : Tone.GOOD,
              title,
              found.summary(),
              "");
      case Outcome.Failed failed ->
          new Toast(Tone.BAD, title + ": failed", failed.what(), failed.remedy());
      case Outcome.Cancelled cancelled ->
          new Toast(Tone.WARNING, title + ": cancelled", cancelled.summary(), "");
    };
  }

  private static Toast failure(String title, RuntimeException e) {
    if (e instanceof MillraceException known) {
      return new Toast(Tone.BAD, title + ": failed", known.what(), known.remedy());
    }
    log.error("{} failed", title, e);
    return new Toast(
        Tone.BAD, title + ": failed", String.valueOf(e.getMessage()), "See the log for details");
  }
}
