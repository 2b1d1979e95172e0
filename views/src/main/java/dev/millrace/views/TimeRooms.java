package dev.millrace.views;

import dev.millrace.engine.api.Command;
import dev.millrace.engine.api.PipelineEngine;
import dev.millrace.engine.api.Question;
import dev.millrace.engine.api.Question.FileForm;
import dev.millrace.views.anomalies.AnomaliesController;
import dev.millrace.views.anomalies.AnomaliesViewModel;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.FirstStep;
import dev.millrace.views.desk.FxThread;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.LookupThreads;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.ReadingWays;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.desk.TaskExecutor;
import dev.millrace.views.desk.Toast;
import dev.millrace.views.export.Exports;
import dev.millrace.views.export.SavePlace;
import dev.millrace.views.heatmap.HeatmapController;
import dev.millrace.views.heatmap.HeatmapViewModel;
import dev.millrace.views.overview.OverviewController;
import dev.millrace.views.overview.OverviewViewModel;
import dev.millrace.views.shell.DialogService;
import dev.millrace.views.shell.Room;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.time.TimeCursor;
import dev.millrace.views.trace.TraceCard;
import dev.millrace.views.trace.TraceViewModel;
import dev.millrace.views.trends.TrendsController;
import dev.millrace.views.trends.TrendsViewModel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// The rooms that share one time: overview, heatmap, trends, anomalies, and the card that follows
/// one reading. FX thread only.
final class TimeRooms implements ReadingWays, AutoCloseable {

  private final TaskExecutor lookups = new LookupThreads();
  private final CommandDesk desk;
  private final DialogService dialogs;
  private final Clock clock;
  private final HistoryDesk history;
  private final TimeCursor cursor;
  private final TraceViewModel trace;
  private final FirstStep first;
  private final Exports exports;

  /// How a room is given its view model and its controller.
  @FunctionalInterface
  interface Rooms {
    void add(Room room, RoomModel model, Supplier<?> controller);
  }

  /// @param places where exports go
  TimeRooms(
      PipelineEngine engine,
      String pipeline,
      ConsoleSettings settings,
      Clock clock,
      CommandDesk desk,
      DialogService dialogs,
      SavePlace places) {
    this.desk = desk;
    this.first = new FirstStep(desk);
    this.dialogs = dialogs;
    this.clock = clock;
    history = new HistoryDesk(engine, pipeline, lookups, new FxThread());
    cursor = new TimeCursor(history, settings.preferences());
    trace = new TraceViewModel(history, clock, settings.clock()::instant);
    exports =
        new Exports(
            places,
            lookups,
            new FxThread(),
            desk::say,
            (table, to) ->
                desk.submit(
                    new Command.Ask(
                        pipeline,
                        new Question.SaveRows(
                            table.columns(), table.rows(), FileForm.PARQUET, to))));
  }

  /// Gives each room its view.
  void register(Rooms rooms, Preferences preferences) {
    OverviewViewModel overview = new OverviewViewModel(desk, history, cursor, clock);
    rooms.add(Room.OVERVIEW, overview, () -> new OverviewController(overview, cursor, clock));
    HeatmapViewModel heatmap = new HeatmapViewModel(history, cursor, clock, preferences);
    rooms.add(
        Room.HEATMAP,
        heatmap,
        () -> new HeatmapController(heatmap, cursor, clock, this, exports, first));
    TrendsViewModel trends = new TrendsViewModel(history, cursor, clock, preferences, this);
    rooms.add(
        Room.TRENDS, trends, () -> new TrendsController(trends, cursor, clock, exports, first));
    AnomaliesViewModel anomalies = new AnomaliesViewModel(history, cursor, clock, preferences);
    rooms.add(
        Room.ANOMALIES,
        anomalies,
        () -> new AnomaliesController(anomalies, cursor, clock, this, exports, first));
  }

  @Override
  public void trend(List<String> entities) {
    desk.open(Room.TRENDS.id(), String.join("\t", entities));
  }

  @Override
  public void follow(String entity, Instant time) {
    trace.follow(entity, time);
    dialogs.sheet(
        trace.title(),
        new TraceCard(
            trace, clock, what -> desk.say(new Toast(Tone.GOOD, "Copied: " + what, "", ""))));
  }

  @Override
  public void anomalies(String place) {
    desk.open(Room.ANOMALIES.id(), place);
  }

  /// Takes in what is the case; called at every look at the engine, whatever room is on show.
  void pulse(Moment moment) {
    first.show(moment);
    cursor.pulse(moment);
    trace.pulse();
  }

  /// The way of charts and their rows into files.
  Exports exports() {
    return exports;
  }

  /// The step out of an empty console, for rooms that offer it.
  FirstStep first() {
    return first;
  }

  void playOrStop() {
    cursor.toggle();
  }

  void live() {
    cursor.live();
  }

  /// The time on show.
  TimeCursor cursor() {
    return cursor;
  }

  /// Completes when nothing is being looked up. May be waited for off the FX thread.
  CompletableFuture<Boolean> settled() {
    return history.settled();
  }

  @Override
  public void close() {
    lookups.close();
  }
}
