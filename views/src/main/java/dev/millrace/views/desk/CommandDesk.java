package dev.millrace.views.desk;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.Outcome;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Work;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.simulator.SimulatorControl;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final Map<Command, Toast.Lead> leads = new HashMap<>();
  private final List<ProgramWork> beside = new CopyOnWriteArrayList<>();
  private final AtomicLong besideIds = new AtomicLong();
  private final ReadOnlyObjectWrapper<Optional<Ended>> last =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Turn>> turn =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Doors doors = (_, _) -> {};
  private int awaited;
  private CompletableFuture<Void> quiet = CompletableFuture.completedFuture(null);

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

  /// Takes in what is the case, once a pulse.
  public void show(Moment moment) {
    turn.set(Turn.taken(moment));
  }

  /// The work that others have to wait for now.
  public ReadOnlyObjectProperty<Optional<Turn>> turn() {
    return turn.getReadOnlyProperty();
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
          follow(work);
        });
  }

  /// Takes over work that was handed to the engine elsewhere: it can be cancelled here, and its end
  /// is told. Any thread may call.
  public void follow(Work work) {
    ui.run(() -> own.put(work.id(), work));
    var _ = work.outcome().thenAccept(outcome -> ui.run(() -> ended(work, outcome)));
  }

  /// Shows work of the program beside the engine from now on, until it is closed. Any thread may
  /// call.
  ///
  /// @param title what is done, in words
  public ProgramWork begin(String title, Instant now) {
    ProgramWork work = new ProgramWork(besideIds.decrementAndGet(), title, now, beside::remove);
    beside.add(work);
    return work;
  }

  /// Work of the program beside the engine, the oldest first.
  public List<ProgramWork> beside() {
    return List.copyOf(beside);
  }

  /// Asks without telling the tray: whoever asks shows the answer, failures included.
  ///
  /// @param answered hears how it ended, unless it was forgotten
  public Asked ask(Command command, Consumer<Outcome> answered) {
    Asked asked = new Asked(executor);
    if (awaited++ == 0) {
      quiet = new CompletableFuture<>();
    }
    executor.execute(
        () -> {
          Work work;
          try {
            work = engine.submit(command);
          } catch (RuntimeException e) {
            ui.run(() -> tell(asked, failed(Commands.title(command), e), answered));
            return;
          }
          ui.run(
              () -> {
                own.put(work.id(), work);
                asked.begun(work);
              });
          var _ =
              work.outcome()
                  .thenAccept(
                      outcome ->
                          ui.run(
                              () -> {
                                own.remove(work.id());
                                tell(asked, outcome, answered);
                              }));
        });
    return asked;
  }

  private void tell(Asked asked, Outcome outcome, Consumer<Outcome> answered) {
    if (asked.wanted()) {
      answered.accept(outcome);
    }
    // After the answer was taken in, which may have asked again.
    if (--awaited == 0) {
      quiet.complete(null);
    }
  }

  /// Done when no answer is awaited; at once when none is.
  public CompletableFuture<Void> quiet() {
    return quiet;
  }

  /// As {@link #submit(Command)}, with a lead of its own in the toast when it is done.
  public void submit(Command command, Toast.Lead next) {
    leads.put(command, next);
    submit(command);
  }

  /// Does something beside the engine off the FX thread, for example writes a file, and tells how
  /// it went.
  ///
  /// @param what what is done, in words, for the toast when it fails
  public void aside(String what, Supplier<Toast> act) {
    executor.execute(
        () -> {
          Toast told;
          try {
            told = act.get();
          } catch (RuntimeException e) {
            told = failure(what, e);
          }
          Toast toast = told;
          ui.run(() -> tray.show(toast));
        });
  }

  /// Works something out off the FX thread, for example a picture of many readings, and hands it
  /// over on the FX thread. What fails is a fault of ours and is told as such.
  ///
  /// @param what what is worked out, in words
  /// @param told hears empty when it failed
  public <T> void workOut(String what, Supplier<T> work, Consumer<Optional<T>> told) {
    if (awaited++ == 0) {
      quiet = new CompletableFuture<>();
    }
    executor.execute(
        () -> {
          Optional<T> made = Optional.empty();
          Optional<Toast> fault = Optional.empty();
          try {
            made = Optional.of(work.get());
          } catch (RuntimeException e) {
            fault = Optional.of(failure(what, e));
          }
          Optional<T> answer = made;
          Optional<Toast> toast = fault;
          ui.run(
              () -> {
                toast.ifPresent(tray::show);
                told.accept(answer);
                if (--awaited == 0) {
                  quiet.complete(null);
                }
              });
        });
  }

  /// Says a word that no work of the engine is behind, for example that something was copied.
  public void say(Toast toast) {
    tray.show(toast);
  }

  /// @param next how rooms are opened
  public void doors(Doors next) {
    doors = next;
  }

  /// Opens another room, see [Doors].
  public void open(String room, String target) {
    doors.open(room, target);
  }

  /// Whether there is such a room, see [Doors].
  public boolean leadsTo(String room) {
    return doors.leadsTo(room);
  }

  /// Whether `cancel` reaches that work; work begun elsewhere is out of reach.
  public boolean cancellable(long work) {
    return own.containsKey(work);
  }

  public void cancel(long id) {
    beside.stream().filter(work -> work.id() == id).forEach(ProgramWork::cancel);
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
    Toast toast = toast(Commands.title(work.command()), brief(work.command(), outcome));
    Toast.Lead own = leads.remove(work.command());
    if (own != null && (outcome instanceof Outcome.Done || outcome instanceof Outcome.Quality)) {
      tray.show(toast.leading(own.label(), own.act()));
      return;
    }
    Optional<Path> written = written(work.command(), outcome);
    if (written.isPresent()) {
      tray.show(leadingToFolder(toast, written.get()));
      return;
    }
    tray.show(
        Commands.lead(work.command())
            .filter(lead -> doors.leadsTo(lead.room()))
            .map(lead -> toast.leading(lead.label(), () -> open(lead.room(), lead.target())))
            .orElse(toast));
  }

  /// The file that work has written for a person.
  private static Optional<Path> written(Command command, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered when answered.answer() instanceof Answer.Written file ->
          Optional.of(file.file());
      case Outcome.Done _ when command instanceof Command.ExportLetters letters ->
          Optional.of(letters.to());
      default -> Optional.empty();
    };
  }

  /// The toast with a button that opens the folder of a file.
  public Toast leadingToFolder(Toast toast, Path file) {
    return toast.leading(
        "Open the folder", () -> aside("Open the folder", () -> OpenFile.folderOf(file)));
  }

  /// Work on many tables is told by its sum; the room it leads to has the rest.
  private static Outcome brief(Command command, Outcome outcome) {
    return command instanceof Command.Transform
            && outcome instanceof Outcome.Done(String _, Map<String, Long> rows)
            && rows.size() > 1
        ? new Outcome.Done(
            Figures.counted(rows.values().stream().mapToLong(n -> n).sum(), "row")
                + " written to "
                + Figures.counted(rows.values().stream().filter(n -> n > 0).count(), "table")
                + " of "
                + rows.size(),
            rows)
        : outcome;
  }

  private static Toast toast(String title, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> new Toast(Tone.GOOD, title + ": done", done.summary(), "");
      case Outcome.Letters found -> new Toast(Tone.GOOD, title, found.summary(), "");
      case Outcome.ReplayPreview preview -> new Toast(Tone.GOOD, title, preview.summary(), "");
      case Outcome.Cared cared -> new Toast(Tone.GOOD, title, cared.summary(), "");
      case Outcome.Suggestions found -> new Toast(Tone.GOOD, title, found.summary(), "");
      case Outcome.Answered answered -> new Toast(Tone.GOOD, title, answered.summary(), "");
      case Outcome.Quality done -> new Toast(Tone.GOOD, title, done.summary(), "");
      case Outcome.LoadPlanned planned ->
          new Toast(
              planned.hold().isPresent() ? Tone.WARNING : Tone.GOOD, title, planned.summary(), "");
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

  private static Outcome failed(String title, RuntimeException e) {
    if (e instanceof MillraceException known) {
      return new Outcome.Failed(known.code(), known.what(), known.remedy());
    }
    log.error("{} failed", title, e);
    return new Outcome.Failed(
        ErrorCode.INTERNAL, String.valueOf(e.getMessage()), "See the log for details");
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
