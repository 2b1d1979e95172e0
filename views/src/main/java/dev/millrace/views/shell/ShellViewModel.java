package dev.millrace.views.shell;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.api.EngineSnapshot.ServiceStatus;
import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.api.EngineSnapshot.TableStatus;
import dev.millrace.engine.api.EngineSnapshot.WorkStatus;
import dev.millrace.engine.model.Stand;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.Trouble;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.Commands;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.ProgramWork;
import dev.millrace.views.desk.Turn;
import dev.millrace.views.shell.Notice.Action;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What the frame around the rooms tells: services, stream, work, notices. FX thread only.
public final class ShellViewModel {

  private static final double BEHIND_TRIGGERS = 3;

  /// So that 29 of 100 are not told as 28 %.
  private static final double ROUNDING = 1e-9;

  private static final Duration QUICK = Duration.ofSeconds(1);

  private final CommandDesk desk;
  private final Clock clock;
  private final String flow;
  private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper demo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper runnable = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper pipeline = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<List<Chip>> chips = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<List<Chip>> figures = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Optional<WorkLine>> work =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Notice>> notice =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Command> run = Optional.empty();

  /// A few words with a tone; `detail` for the tooltip.
  public record Chip(String text, Tone tone, String detail) {

    /// The first word: what it is about.
    public String subject() {
      return text.substring(0, text.indexOf(' ') < 0 ? text.length() : text.indexOf(' '));
    }
  }

  /// Work under way.
  ///
  /// @param share 0 to 1; negative when unknown
  /// @param others how many more there are
  public record WorkLine(
      long id, String title, String detail, double share, boolean cancellable, int others) {}

  public ShellViewModel(CommandDesk desk, Clock clock, String flow) {
    this.desk = desk;
    this.clock = clock;
    this.flow = flow;
  }

  public void show(Moment moment) {
    loading.set(moment.loading());
    pipeline.set(moment.pipeline());
    demo.set(moment.status().map(PipelineStatus::demo).orElse(false));
    List<Chip> top = new ArrayList<>();
    for (ServiceStatus service : moment.engine().services()) {
      top.add(
          new Chip(
              service.name() + (service.up() ? " up" : " down"),
              service.up() ? Tone.GOOD : Tone.BAD,
              service.detail()));
    }
    moment.stream().ifPresent(stream -> top.add(streamChip(stream)));
    set(chips, List.copyOf(top));
    set(figures, moment.stream().map(s -> figures(moment, s)).orElse(List.of()));
    set(work, workLine(moment));
    run =
        moment
            .status()
            .flatMap(s -> s.definition().flow(flow))
            .map(f -> new Command.RunFlow(moment.pipeline(), f.name()));
    runnable.set(run.isPresent() && !runs(moment) && moment.engine().up(ServiceStatus.DATABASE));
    Optional<Notice> next = notice(moment);
    boolean same =
        next.isPresent()
            ? notice.get().filter(shown -> next.get().reads(shown)).isPresent()
            : notice.get().isEmpty();
    if (!same) {
      notice.set(next);
    }
  }

  /// The work that the primary flow would have to wait for.
  public ReadOnlyObjectProperty<Optional<Turn>> turn() {
    return desk.turn();
  }

  /// Starts the primary flow.
  public void run() {
    if (runnable.get()) {
      run.ifPresent(desk::submit);
    }
  }

  public void cancelWork() {
    work.get().ifPresent(line -> desk.cancel(line.id()));
  }

  private boolean runs(Moment moment) {
    return moment.engine().work().stream()
        .anyMatch(w -> w.command() instanceof Command.RunFlow f && f.flow().equals(flow));
  }

  private static Chip streamChip(StreamStatus stream) {
    return switch (stream.state()) {
      case RUNNING ->
          stream.troubles().isEmpty()
              ? new Chip("Stream running", Tone.GOOD, "Feed " + stream.feed())
              : new Chip("Stream held up", Tone.WARNING, stream.message());
      case STARTING -> new Chip("Stream starting", Tone.ACCENT, "Feed " + stream.feed());
      case STOPPING ->
          new Chip("Stream stopping", Tone.ACCENT, "Makes a last commit of " + stream.feed());
      case STOPPED -> new Chip("Stream stopped", Tone.MUTED, "Feed " + stream.feed());
      case FAILED -> new Chip("Stream failed", Tone.BAD, stream.message());
    };
  }

  private List<Chip> figures(Moment moment, StreamStatus stream) {
    Tone lag = lagTone(moment, stream);
    Optional<Instant> committed = lastCommit(moment, stream);
    String commit =
        committed
            .map(at -> Figures.age(moment.since(at)) + " ago")
            .orElseGet(() -> firstCommit(moment, stream));
    String at =
        committed
            .map(t -> "Last commit " + clock.second(t, moment.now()) + " " + clock.zoneName(t))
            .orElse("No event of the feed is in the lake yet");
    return List.of(
        new Chip(
            Figures.rate(stream.eventsPerSecond()),
            Tone.MUTED,
            "Events read from the topic in the last seconds"),
        new Chip(
            Figures.compact(stream.lag()) + (stream.lag() == 1 ? " event" : " events"),
            lag,
            stream
                .flow()
                .lag()
                .filter(age -> !age.isZero())
                .map(
                    age ->
                        "Events in the topic that are not yet committed to the lake, the oldest for"
                            + " "
                            + Figures.age(age))
                .orElse("Events in the topic that are not yet committed to the lake")),
        new Chip(commit, Tone.MUTED, at));
  }

  /// The stream's last commit, or the one that its Bronze table tells of from before this start.
  private static Optional<Instant> lastCommit(Moment moment, StreamStatus stream) {
    return stream
        .lastCommit()
        .or(
            () ->
                moment
                    .status()
                    .flatMap(status -> bronze(status, stream))
                    .filter(table -> table.rows() > 0)
                    .map(TableStatus::committedAt));
  }

  private static Optional<TableStatus> bronze(PipelineStatus status, StreamStatus stream) {
    TableName name = TableName.bronze(stream.feed());
    return status.tables().stream().filter(table -> table.table().equals(name)).findFirst();
  }

  /// When the first commit is to be expected.
  private static String firstCommit(Moment moment, StreamStatus stream) {
    return switch (stream.state()) {
      case STARTING -> "stream is starting";
      case RUNNING, STOPPING ->
          stream.openBatch() > 0 || stream.lag() > 0
              ? "first within " + Figures.age(trigger(moment, stream))
              : "waits for events";
      case STOPPED, FAILED -> "none yet";
    };
  }

  private static Duration trigger(Moment moment, StreamStatus stream) {
    return moment
        .status()
        .flatMap(s -> s.definition().feed(stream.feed()))
        .map(f -> f.trigger())
        .orElse(Duration.ofSeconds(30));
  }

  /// Lag is judged by how many triggers of events it is: a little less than one is the rule.
  static Tone lagTone(Moment moment, StreamStatus stream) {
    Duration trigger = trigger(moment, stream);
    double usual =
        Math.max(1_000, stream.eventsPerSecond() * trigger.toMillis() / 1000.0 * BEHIND_TRIGGERS);
    return stream.lag() > usual ? Tone.WARNING : Tone.MUTED;
  }

  private Optional<WorkLine> workLine(Moment moment) {
    List<WorkStatus> all =
        moment.engine().work().stream().filter(work -> tells(work, moment)).toList();
    List<ProgramWork> beside = desk.beside();
    int others = all.size() + beside.size() - 1;
    if (!beside.isEmpty()) {
      ProgramWork first = beside.getFirst();
      Stand stand = first.stand();
      return Optional.of(
          new WorkLine(
              first.id(),
              first.title(),
              first.cancelled() ? "cancelling" : detail(stand, moment.since(first.since())),
              stand.share(),
              !first.cancelled(),
              others));
    }
    return all.stream()
        .findFirst()
        .map(
            first ->
                new WorkLine(
                    first.id(),
                    Commands.title(first.command()),
                    detail(first.stand(), moment.since(first.since())),
                    first.stand().share(),
                    desk.cancellable(first.id()),
                    others));
  }

  /// Looking something up is not worth a line until it takes long.
  private static boolean tells(WorkStatus work, Moment moment) {
    boolean looks =
        switch (work.command()) {
          case Command.Ask _,
              Command.FindLetters _,
              Command.PreviewReplay _,
              Command.PreviewCare _,
              Command.SuggestFields _ ->
              true;
          default -> false;
        };
    return !looks || moment.since(work.since()).compareTo(QUICK) > 0;
  }

  /// What is done, how far, how fast, and how long yet; of work in several parts only how far, as a
  /// part says nothing of those to come.
  public static String detail(Stand work, Duration elapsed) {
    StringBuilder text = new StringBuilder();
    double seconds = elapsed.toMillis() / 1000.0;
    if (work.share() >= 0) {
      text.append((int) (work.share() * 100 + ROUNDING)).append(" % · ");
    }
    text.append(work.what());
    if (work.whole().isEmpty() && work.done() >= 100 && seconds > 1) {
      double rate = (double) work.done() / Math.max(0.001, seconds);
      text.append(" · ").append(Figures.rate(rate));
      if (work.total() > work.done()) {
        double left = (double) (work.total() - work.done()) / rate;
        text.append(" · ").append(Figures.age(Duration.ofSeconds((long) left))).append(" left");
      }
    } else if (seconds >= 2) {
      text.append(" · ").append(Figures.age(elapsed));
    }
    return text.toString();
  }

  private Optional<Notice> notice(Moment moment) {
    for (ServiceStatus service : moment.engine().services()) {
      if (!service.up()) {
        return Optional.of(
            new Notice(
                Tone.BAD,
                service.name() + " cannot be reached: " + service.detail(),
                "What was committed is safe, and work resumes when it is back."
                    + (service.restartable()
                        ? ""
                        : " If it is the home's own, start Millrace again."),
                restart(service, moment)));
      }
    }
    return moment.stream().flatMap(stream -> streamNotice(moment, stream));
  }

  /// Empty when it is not started from here, or is being started.
  private Optional<Action> restart(ServiceStatus service, Moment moment) {
    boolean starts =
        moment.engine().work().stream()
            .anyMatch(w -> w.command() instanceof Command.RestartDatabase);
    return service.restartable() && !starts
        ? Optional.of(
            new Action(
                "Restart " + service.name(),
                () -> desk.submit(new Command.RestartDatabase(moment.pipeline()))))
        : Optional.empty();
  }

  private Optional<Notice> streamNotice(Moment moment, StreamStatus stream) {
    Action start =
        new Action(
            stream.state() == StreamState.FAILED ? "Start it again" : "Start stream",
            () -> desk.submit(new Command.StartStream(moment.pipeline(), stream.feed())));
    if (stream.state() == StreamState.FAILED) {
      return Optional.of(
          new Notice(
              Tone.BAD,
              "The stream failed: " + stream.message(),
              "Nothing is lost: it resumes at the last commit.",
              Optional.of(start)));
    }
    if (stream.state() == StreamState.RUNNING && !stream.troubles().isEmpty()) {
      Trouble first = stream.troubles().getFirst();
      return Optional.of(
          new Notice(
              Tone.WARNING,
              "The stream is held up: " + first.what(),
              "To do: " + first.remedy() + ".",
              Optional.empty()));
    }
    if (stream.state() == StreamState.STOPPED && !moment.empty()) {
      String since =
          moment
              .status()
              .flatMap(status -> status.live().newest())
              .or(() -> lastCommit(moment, stream))
              .map(at -> " Figures stand as of " + clock.minute(at, moment.now()) + ".")
              .orElse("");
      return Optional.of(
          new Notice(
              Tone.WARNING,
              "The stream is stopped." + since,
              stream.lag() > 0
                  ? Figures.counted(stream.lag(), "event") + " wait in the topic."
                  : "No event waits in the topic.",
              Optional.of(start)));
    }
    return Optional.empty();
  }

  private static <T> void set(ReadOnlyObjectWrapper<T> property, T value) {
    if (!value.equals(property.get())) {
      property.set(value);
    }
  }

  public ReadOnlyBooleanProperty loading() {
    return loading.getReadOnlyProperty();
  }

  /// Whether data of the demo is on show.
  public ReadOnlyBooleanProperty demo() {
    return demo.getReadOnlyProperty();
  }

  /// Whether the primary flow can be started now.
  public ReadOnlyBooleanProperty runnable() {
    return runnable.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty pipeline() {
    return pipeline.getReadOnlyProperty();
  }

  /// State of the services and of the stream.
  public ReadOnlyObjectProperty<List<Chip>> chips() {
    return chips.getReadOnlyProperty();
  }

  /// Throughput, lag and last commit, in this order; empty without a stream.
  public ReadOnlyObjectProperty<List<Chip>> figures() {
    return figures.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<WorkLine>> work() {
    return work.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Optional<Notice>> notice() {
    return notice.getReadOnlyProperty();
  }
}
