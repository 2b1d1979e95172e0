package dev.millrace.views.overview;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.flow.FlowRun;
import dev.millrace.engine.flow.RunState;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.views.anomalies.TimelineLanes;
import dev.millrace.views.anomalies.TimelinePlan;
import dev.millrace.views.charts.HeatmapPicture;
import dev.millrace.views.charts.TimelinePicture;
import dev.millrace.views.charts.TrendPicture;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.CommandDesk;
import dev.millrace.views.desk.FirstStep;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.heatmap.HeatmapPlan;
import dev.millrace.views.heatmap.Measure;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.text.Names;
import dev.millrace.views.time.Stretch;
import dev.millrace.views.time.TimeCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// Decides what the overview shows. FX thread only.
///
/// Figures and heatmap follow each look at the engine; trend, timeline and runs, which change by
/// the minute, at most once a second. At a moment of the past all of them are of then, but for
/// rate, lag and quality, which only the present has.
public final class OverviewViewModel implements RoomModel {

  private static final Duration SLOW = Duration.ofSeconds(1);
  private final CommandDesk desk;
  private final TimeCursor cursor;
  private final Clock clock;
  private final OverviewPast past;
  private final HeatmapPlan heatmapPlan;
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper entities = new ReadOnlyStringWrapper("Entities");
  private final ReadOnlyObjectWrapper<List<Kpi>> kpis = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<List<String>> kinds = new ReadOnlyObjectWrapper<>(List.of());
  private final StringProperty kind = new SimpleStringProperty("");
  private final ObjectProperty<TrendRange> range = new SimpleObjectProperty<>(TrendRange.DAY);
  private final ObjectProperty<TimelineLanes> lanes =
      new SimpleObjectProperty<>(TimelineLanes.KIND);
  private final ReadOnlyObjectWrapper<HeatmapPicture> heatmap =
      new ReadOnlyObjectWrapper<>(HeatmapPicture.EMPTY);
  private final ReadOnlyObjectWrapper<TrendPicture> trend =
      new ReadOnlyObjectWrapper<>(TrendPicture.EMPTY);
  private final ReadOnlyObjectWrapper<TimelinePicture> timeline =
      new ReadOnlyObjectWrapper<>(TimelinePicture.EMPTY);
  private final ReadOnlyIntegerWrapper failed = new ReadOnlyIntegerWrapper();
  private final ObservableList<RunRow> allRuns = FXCollections.observableArrayList();
  private final FilteredList<RunRow> runs = new FilteredList<>(allRuns);
  private final StringProperty filter = new SimpleStringProperty("");
  private final FirstStep first;
  private final ReadOnlyStringWrapper noRun = new ReadOnlyStringWrapper("");
  private final Set<String> chosen = new LinkedHashSet<>();
  private Optional<Moment> last = Optional.empty();
  private Instant slowAt = Instant.MIN;
  private Optional<Instant> shownAt = Optional.empty();
  private Optional<LiveSnapshot> wanted = Optional.empty();
  private boolean drawing;
  private boolean rangeChosen;
  private boolean fitting;

  public OverviewViewModel(CommandDesk desk, HistoryDesk history, TimeCursor cursor, Clock clock) {
    this.desk = desk;
    this.first = new FirstStep(desk);
    this.cursor = cursor;
    this.clock = clock;
    past = new OverviewPast(history, this::rethink);
    heatmapPlan = new HeatmapPlan(clock);
    kind.addListener((_, _, _) -> rethink());
    range.addListener(
        (_, _, _) -> {
          rangeChosen |= !fitting;
          rethink();
        });
    cursor.spans().addListener((_, _, now) -> now.ifPresent(this::fit));
    lanes.addListener((_, _, _) -> rethink());
    filter.addListener((_, _, _) -> filterRuns());
  }

  /// Until a person chooses, trend and timeline reach no farther back than the readings.
  private void fit(Stretch spans) {
    if (!rangeChosen) {
      fitting = true;
      range.set(
          switch (spans) {
            case HOUR -> TrendRange.HOUR;
            case SIX_HOURS -> TrendRange.SIX_HOURS;
            case DAY, WEEK -> TrendRange.DAY;
          });
      fitting = false;
    }
  }

  @Override
  public void show(Moment moment) {
    last = Optional.of(moment);
    boolean slow = Duration.between(slowAt, moment.now()).abs().compareTo(SLOW) >= 0;
    if (!shownAt.equals(cursor.at().get())) {
      slow |= shownAt.isPresent() != cursor.at().get().isPresent();
      shownAt = cursor.at().get();
      filterRuns();
    }
    if (slow) {
      slowAt = moment.now();
    }
    empty.set(!moment.loading() && moment.empty());
    first.show(moment);
    LiveSnapshot live = Kpis.live(moment);
    entities.set(Names.spoken(Kpis.entities(moment)));
    takeKinds(live);
    draw(moment, live, slow);
    if (slow) {
      subtitle.set(subtitle(moment, live));
      takeRuns(moment);
    }
    noRun.set(
        allRuns.isEmpty()
            ? Awaited.flow(moment)
                .map(Awaited::whole)
                .orElse(
                    Kpis.catchesUp(moment)
                        ? "No run yet. The stream is still taking in what waits in the topic."
                        : "No run yet. “Run pipeline” starts the first.")
            : "No run matches the filter.");
  }

  private void draw(Moment moment, LiveSnapshot live, boolean slow) {
    Optional<Instant> at = cursor.at().get();
    LiveSnapshot places = past.places(at, live);
    LiveSnapshot hours =
        past.hours(at, live, kind.get(), Duration.ofMinutes(range.get().minutes()));
    kpis.set(
        List.of(
            Kpis.rate(moment),
            Kpis.lag(moment),
            Kpis.anomalies(hours),
            Kpis.quality(moment),
            Kpis.online(moment, places)));
    heatmap.set(
        heatmapPlan.picture(
            places,
            kind.get(),
            kinds.get().indexOf(kind.get()),
            Measure.VALUE,
            chosen,
            moment.now()));
    if (slow) {
      drawSlow(hours);
    }
  }

  private void takeKinds(LiveSnapshot live) {
    TreeSet<String> found = new TreeSet<>();
    for (Latest latest : live.latest()) {
      found.add(latest.kind());
    }
    List<String> now = List.copyOf(found);
    if (!now.equals(kinds.get())) {
      kinds.set(now);
    }
    if (!now.isEmpty() && !now.contains(kind.get())) {
      kind.set(now.contains("temperature") ? "temperature" : now.getFirst());
    }
  }

  private void drawSlow(LiveSnapshot live) {
    drawTrend(live);
    timeline.set(
        TimelinePlan.live(
            live, lanes.get(), Duration.ofMinutes(range.get().minutes()), kinds.get(), clock));
  }

  /// The band over hundreds of places takes longer to work out than a frame has time: it is worked
  /// out off the FX thread, one picture at a time, and of those wanted meanwhile the newest.
  private void drawTrend(LiveSnapshot live) {
    if (drawing) {
      wanted = Optional.of(live);
      return;
    }
    drawing = true;
    String what = kind.get();
    TrendRange over = range.get();
    Set<String> lines = new LinkedHashSet<>(chosen);
    desk.workOut(
        "Draw the trend",
        () -> TrendPlan.picture(live, what, over, lines),
        made -> {
          drawing = false;
          made.ifPresent(trend::set);
          Optional<LiveSnapshot> next = wanted;
          wanted = Optional.empty();
          next.ifPresent(this::drawTrend);
        });
  }

  private void rethink() {
    slowAt = Instant.MIN;
    last.ifPresent(moment -> draw(moment, Kpis.live(moment), true));
  }

  /// Those that had begun by the time on show.
  private void filterRuns() {
    String words = filter.get();
    Optional<Instant> at = cursor.at().get();
    runs.setPredicate(row -> row.matches(words) && begun(row, at));
    countFailed(at);
  }

  private static boolean begun(RunRow row, Optional<Instant> at) {
    return at.map(t -> !row.started().isAfter(t)).orElse(true);
  }

  private void countFailed(Optional<Instant> at) {
    failed.set(
        (int)
            allRuns.stream()
                .filter(row -> row.state() == RunState.FAILED && begun(row, at))
                .count());
  }

  private void takeRuns(Moment moment) {
    List<FlowRun> now = moment.status().map(PipelineStatus::runs).orElse(List.of());
    List<RunRow> rows = new ArrayList<>(now.size());
    for (FlowRun run : now) {
      rows.add(RunRow.of(run, clock, moment.now()));
    }
    take(rows);
    countFailed(cursor.at().get());
  }

  private void take(List<RunRow> rows) {
    if (rows.size() != allRuns.size()) {
      allRuns.setAll(rows);
      return;
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).equals(allRuns.get(i))) {
        allRuns.set(i, rows.get(i));
      }
    }
  }

  private String subtitle(Moment moment, LiveSnapshot live) {
    String title = moment.status().map(s -> s.definition().title()).orElse(moment.pipeline());
    if (live.latest().isEmpty()) {
      return title;
    }
    long places = live.latest().stream().map(Latest::place).distinct().count();
    return title
        + " · "
        + Figures.counted(live.latest().size(), Kpis.entity(moment))
        + " · "
        + Figures.counted(places, "place")
        + " · times in "
        + clock.zoneName(moment.now());
  }

  /// Shows or hides a place's line in the trend; the one chosen first gives way to a fourth.
  public void choosePlace(String place) {
    if (!chosen.remove(place)) {
      if (chosen.size() >= TrendPlan.MOST_PLACES) {
        chosen.remove(chosen.iterator().next());
      }
      chosen.add(place);
    }
    rethink();
  }

  /// The next step out of an empty overview.
  public void startFlowing() {
    first.take();
  }

  /// Opens another room, by its name.
  public void open(String room) {
    desk.open(room, "");
  }

  public boolean hasSimulator() {
    return desk.hasSimulator();
  }

  /// Whether there is nothing to show yet.
  public ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  /// What is on the way to the first event; empty when a person has to start it.
  ObservableValue<String> starting() {
    return first.underWay();
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }

  /// What those who send are called, in the plural.
  ObservableValue<String> entities() {
    return entities.getReadOnlyProperty();
  }

  /// Rate, lag, anomalies, quality, online.
  ReadOnlyObjectProperty<List<Kpi>> kpis() {
    return kpis.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<List<String>> kinds() {
    return kinds.getReadOnlyProperty();
  }

  /// Whether a moment of the past is being looked up.
  BooleanBinding looking() {
    return past.looking();
  }

  /// Why the past cannot be told.
  public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return past.trouble();
  }

  public StringProperty kind() {
    return kind;
  }

  public ObjectProperty<TrendRange> range() {
    return range;
  }

  public ObjectProperty<TimelineLanes> lanes() {
    return lanes;
  }

  public ReadOnlyObjectProperty<HeatmapPicture> heatmap() {
    return heatmap.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<TrendPicture> trend() {
    return trend.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<TimelinePicture> timeline() {
    return timeline.getReadOnlyProperty();
  }

  /// Runs that match the filter and had begun by the time on show, newest first.
  public ObservableList<RunRow> runs() {
    return runs;
  }

  /// What stands where no run does.
  ObservableValue<String> noRun() {
    return noRun.getReadOnlyProperty();
  }

  public StringProperty filter() {
    return filter;
  }

  public ReadOnlyIntegerProperty failed() {
    return failed.getReadOnlyProperty();
  }
}
