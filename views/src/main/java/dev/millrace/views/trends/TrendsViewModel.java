package dev.millrace.views.trends;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.history.Course;
import dev.millrace.engine.history.CourseQuery;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.ReadingWays;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.heatmap.HeatmapPlan;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.time.FittingStretch;
import dev.millrace.views.time.Stretch;
import dev.millrace.views.time.TimeCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;

/// Decides what the trends room shows. FX thread only.
///
/// The span on show ends at the time on show until a person zooms or pans; then it stays where it
/// was put. More than it is loaded, so that a little panning needs no new look at the lake.
public final class TrendsViewModel implements RoomModel {

  private static final int POINTS = 6_000;

  /// Fewer points than this across the view, and what was reduced is looked up in more detail.
  private static final double LEAST_DETAIL = 600;

  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration REDRAW = Duration.ofMillis(450);
  private static final long SHORTEST_VIEW = 10_000;
  private static final String RANGE = "trends.range";
  private static final String USUAL = "trends.usual";

  private final HistoryDesk desk;
  private final TimeCursor cursor;
  private final Clock clock;
  private final ReadingWays ways;
  private final Lookup<CourseQuery, Loaded> lookup;
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<List<Pane>> panes = new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(true);
  private final ObjectProperty<Stretch> range = new SimpleObjectProperty<>(Stretch.SIX_HOURS);
  private final BooleanProperty usual = new SimpleBooleanProperty();
  private final LongProperty crosshair = new SimpleLongProperty(-1);
  private final Picks picks = new Picks();
  private final ChosenSensors chosen;
  private final Map<String, Latest> known = new HashMap<>();
  private Optional<Moment> last = Optional.empty();
  private Optional<Loaded> loaded = Optional.empty();
  private Optional<CourseQuery> asked = Optional.empty();
  private long askedVersion;
  private Instant drawnAt = Instant.MIN;
  private Optional<Instant> shownAt = Optional.empty();
  private long from;
  private long to;

  private record Loaded(
      CourseQuery query, Map<String, Course> courses, Instant at, long silverVersion) {}

  public TrendsViewModel(
      HistoryDesk desk, TimeCursor cursor, Clock clock, Preferences preferences, ReadingWays ways) {
    this.desk = desk;
    this.cursor = cursor;
    this.clock = clock;
    this.ways = ways;
    lookup =
        desk.lookup(
            (readings, query) ->
                new Loaded(
                    query,
                    readings.courses(query).stream()
                        .collect(Collectors.toMap(Course::entity, c -> c, (a, _) -> a)),
                    Instant.EPOCH,
                    0),
            this::take,
            failed -> {
              trouble.set(Optional.of(failed));
              redraw();
            });
    chosen = new ChosenSensors(preferences);
    FittingStretch.steer(range, cursor, preferences, RANGE);
    usual.set(preferences.value(USUAL).filter("true"::equals).isPresent());
    range.addListener((_, _, _) -> reset());
    usual.addListener((_, _, now) -> preferences.keep(USUAL, now.toString()));
  }

  @Override
  public void show(Moment moment) {
    boolean first = last.isEmpty();
    last = Optional.of(moment);
    empty.set(!moment.loading() && moment.empty());
    takeKnown(moment);
    boolean due = Duration.between(drawnAt, moment.now()).abs().compareTo(REDRAW) >= 0;
    boolean moved = !shownAt.equals(cursor.at().get());
    if (first || due || moved) {
      shownAt = cursor.at().get();
      drawnAt = moment.now();
      if (moved && !holdsShown()) {
        following.set(true);
      }
      // A moment of the past does not tell it.
      picks.stuck(cursor.isLive() ? HeatmapPlan.stuck(live(moment)) : Map.of());
      redraw();
    }
  }

  /// Whether the view holds the time on show: one that is zoomed in does not stay at another time
  /// when a person goes back in time.
  private boolean holdsShown() {
    long shown = cursor.shown().toEpochMilli();
    return shown >= from && shown <= to;
  }

  private void takeKnown(Moment moment) {
    LiveSnapshot live = live(moment);
    boolean more = false;
    for (Latest latest : live.latest()) {
      more |= known.put(latest.entity(), latest) == null;
    }
    more |= chosen.chooseByDefault(live);
    if (more) {
      picks.fill(known.values(), chosen.colours());
    }
  }

  /// Shows or hides an entity's line; when there are eight, the one chosen first gives way.
  public void toggle(String entity) {
    chosen.toggle(entity);
    chosenChanged();
  }

  /// Shows these lines and no others.
  public void choose(List<String> entities) {
    chosen.set(entities);
    chosenChanged();
  }

  /// Shows the lines again that gave way to others all at once.
  public void undo() {
    chosen.undo();
    chosenChanged();
  }

  boolean undoable() {
    return chosen.undoable();
  }

  private void chosenChanged() {
    picks.choose(chosen.colours());
    asked = Optional.empty();
    redraw();
  }

  /// Shows a span, as near as there is anything to show. Times are epoch milliseconds.
  public void view(long nextFrom, long nextTo) {
    long newest = cursor.newest().get().toEpochMilli();
    long span = Math.clamp(nextTo - nextFrom, SHORTEST_VIEW, 8 * Stretch.WEEK.length().toMillis());
    long end = Math.min(nextTo, newest + span / 2);
    from = end - span;
    to = end;
    following.set(false);
    load();
    panes.set(panes.get().stream().map(pane -> pane.over(from, to)).toList());
    tell();
  }

  /// Follows the time on show again, over the chosen range.
  public void reset() {
    following.set(true);
    redraw();
  }

  private void redraw() {
    if (last.isEmpty() || cursor.newest().get().equals(Instant.EPOCH)) {
      return;
    }
    if (following.get()) {
      to = cursor.shown().toEpochMilli();
      from = to - range.get().length().toMillis();
    }
    load();
    draw();
  }

  private void load() {
    List<String> entities = chosen.names();
    if (entities.isEmpty() || last.isEmpty()) {
      return;
    }
    Instant now = last.get().now();
    if (loaded.isPresent() && fits(loaded.get(), entities, now)) {
      return;
    }
    long margin = (to - from) / 2;
    Instant begin = Instant.ofEpochMilli(Math.max(0, from - margin));
    Instant end = Instant.ofEpochMilli(to + margin);
    CourseQuery query = new CourseQuery(entities, begin, end, POINTS);
    if (!asked.equals(Optional.of(query))) {
      asked = Optional.of(query);
      askedVersion = last.get().silverVersion();
      lookup.ask(query);
    }
  }

  private boolean fits(Loaded have, List<String> entities, Instant now) {
    boolean fresh =
        have.silverVersion() == last.orElseThrow().silverVersion()
            && (!cursor.isLive() || Duration.between(have.at(), now).abs().compareTo(REFRESH) < 0);
    return fresh && have.query().entities().equals(entities) && tellsTheView(have);
  }

  /// Whether what is loaded holds the view, in enough detail.
  private boolean tellsTheView(Loaded have) {
    long begin = have.query().from().toEpochMilli();
    long end = have.query().to().toEpochMilli();
    boolean holds = begin <= from && Math.min(to, cursor.newest().get().toEpochMilli()) <= end;
    boolean reduced =
        have.courses().values().stream().anyMatch(c -> c.readings() > c.times().length);
    double points = (double) (to - from) / Math.max(1, end - begin) * have.query().most();
    return holds && (!reduced || points >= LEAST_DETAIL);
  }

  private void take(Loaded answer) {
    loaded =
        Optional.of(
            new Loaded(
                answer.query(),
                answer.courses(),
                last.map(Moment::now).orElse(Instant.EPOCH),
                askedVersion));
    asked = Optional.empty();
    trouble.set(Optional.empty());
    draw();
  }

  private void draw() {
    PanePlan plan =
        new PanePlan(
            known,
            chosen.colours(),
            loaded.map(Loaded::courses).orElseGet(Map::of),
            entity -> cursor.isLive() ? desk.live(entity) : Optional.empty(),
            last.flatMap(Moment::status).map(s -> s.definition().ranges()).orElseGet(Map::of),
            cursor.at().get().map(t -> t.toEpochMilli() * 1_000).orElse(Long.MAX_VALUE),
            from,
            to);
    panes.set(plan.panes());
    tell();
  }

  private void tell() {
    detail.set(exactness());
    last.ifPresent(
        moment ->
            subtitle.set(
                Figures.counted(known.size(), "sensor")
                    + notAllMarked()
                    + " · times in "
                    + clock.zoneName(moment.now())));
  }

  private String exactness() {
    if (trouble.get().isPresent()) {
      return "what is live only";
    }
    if (chosen.names().isEmpty()) {
      return "";
    }
    if (loaded.isEmpty()) {
      return "looking …";
    }
    if (asked.isPresent() && loaded.isPresent() && !tellsTheView(loaded.get())) {
      return "looking closer …";
    }
    long points = courses().stream().mapToLong(course -> course.times().length).sum();
    long readings = courses().stream().mapToLong(Course::readings).sum();
    return readings > points
        ? Figures.compact(readings) + " readings in slots of " + Figures.span(slot())
        : "every reading";
  }

  private String notAllMarked() {
    long marks = courses().stream().mapToLong(course -> course.anomalies().size()).sum();
    long anomalous = courses().stream().mapToLong(Course::anomalous).sum();
    return anomalous > marks
        ? " · " + Figures.compact(anomalous) + " anomalies, the gravest marked"
        : "";
  }

  private Collection<Course> courses() {
    return chosen.names().isEmpty()
        ? List.of()
        : loaded.map(have -> have.courses().values()).orElseGet(List::of);
  }

  private Duration slot() {
    return loaded
        .map(
            have ->
                Duration.between(have.query().from(), have.query().to())
                    .multipliedBy(2)
                    .dividedBy(have.query().most()))
        .orElse(Duration.ZERO);
  }

  /// Follows a point's reading.
  void follow(Pane.Point point) {
    ways.follow(point.entity(), point.time());
  }

  private static LiveSnapshot live(Moment moment) {
    return moment.status().map(PipelineStatus::live).orElse(LiveSnapshot.EMPTY);
  }

  /// @param target entities with tabs between them
  @Override
  public void aim(String target) {
    List<String> entities =
        Arrays.stream(target.split("\t")).filter(name -> !name.isBlank()).toList();
    if (!entities.isEmpty()) {
      choose(entities);
      picks.aim(entities.getFirst());
    }
  }

  /// Whether there is nothing to show yet.
  public ReadOnlyBooleanProperty empty() {
    return empty.getReadOnlyProperty();
  }

  @Override
  public ObservableValue<String> subtitle() {
    return subtitle.getReadOnlyProperty();
  }

  /// One per kind, by kind.
  ReadOnlyObjectProperty<List<Pane>> panes() {
    return panes.getReadOnlyProperty();
  }

  /// Those that match the search, chosen ones first.
  ObservableList<Pick> picks() {
    return picks.matching();
  }

  public StringProperty search() {
    return picks.search();
  }

  /// Told of one that was chosen elsewhere, to be shown in the list.
  void onAim(Consumer<Pick> told) {
    picks.onAim(told);
  }

  public ObjectProperty<Stretch> range() {
    return range;
  }

  /// Whether scales leave out what only few points reach.
  public BooleanProperty usual() {
    return usual;
  }

  /// Whether the span on show ends at the time on show.
  public ReadOnlyBooleanProperty following() {
    return following.getReadOnlyProperty();
  }

  /// Time under the crosshair in epoch milliseconds; negative for none.
  public LongProperty crosshair() {
    return crosshair;
  }

  /// How exact the lines are, in words.
  public ObservableValue<String> detail() {
    return detail.getReadOnlyProperty();
  }

  /// Names of the lines.
  public List<String> chosen() {
    return chosen.names();
  }

  /// Whether the lake is being looked at.
  public ReadOnlyBooleanProperty looking() {
    return lookup.busy();
  }

  /// Why the lake cannot be looked at.
  public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return trouble.getReadOnlyProperty();
  }
}
