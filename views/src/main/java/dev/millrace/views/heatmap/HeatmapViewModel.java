package dev.millrace.views.heatmap;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.history.Course;
import dev.millrace.engine.history.CourseQuery;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.views.Preferences;
import dev.millrace.views.charts.HeatmapPicture;
import dev.millrace.views.charts.HeatmapPicture.Cell;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.heatmap.PlacePanel.Sensor;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.theme.Tone;
import dev.millrace.views.time.PastPicture;
import dev.millrace.views.time.TimeCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

/// Decides what the heatmap room shows. FX thread only.
public final class HeatmapViewModel implements RoomModel {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final String KIND = "heatmap.kind";
  private static final String MEASURE = "heatmap.measure";
  private static final String NUMBERS = "heatmap.numbers";

  private final HistoryDesk desk;
  private final TimeCursor cursor;
  private final Clock clock;
  private final HeatmapPlan plan;
  private final PastPicture past;
  private final Lookup<CourseQuery, List<Course>> courses;
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper coverage = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<List<String>> kinds = new ReadOnlyObjectWrapper<>(List.of());
  private final StringProperty kind = new SimpleStringProperty("");
  private final ObjectProperty<Measure> measure = new SimpleObjectProperty<>(Measure.VALUE);
  private final BooleanProperty numbers = new SimpleBooleanProperty(true);
  private final ReadOnlyObjectWrapper<HeatmapPicture> heatmap =
      new ReadOnlyObjectWrapper<>(HeatmapPicture.EMPTY);
  private final ReadOnlyObjectWrapper<Counts> counts =
      new ReadOnlyObjectWrapper<>(new Counts(0, 0));
  private final ReadOnlyObjectWrapper<PlacePanel> panel =
      new ReadOnlyObjectWrapper<>(PlacePanel.NONE);
  private final StringProperty sensor = new SimpleStringProperty("");
  private final Map<String, double[]> spark = new HashMap<>();
  private String chosen = "";
  private String wantedKind;
  private Optional<Moment> last = Optional.empty();
  private Instant slowAt = Instant.MIN;
  private Optional<Instant> shownAt = Optional.empty();
  private Optional<CourseQuery> asked = Optional.empty();

  /// Places with a mark.
  public record Counts(int warning, int critical) {}

  public HeatmapViewModel(
      HistoryDesk desk, TimeCursor cursor, Clock clock, Preferences preferences) {
    this.desk = desk;
    this.cursor = cursor;
    this.clock = clock;
    plan = new HeatmapPlan(clock);
    past = new PastPicture(desk, this::rethink);
    courses =
        desk.lookup(
            (readings, query) -> readings.courses(query),
            this::takeCourses,
            failed -> past.failed(failed));
    wantedKind = preferences.value(KIND).orElse("temperature");
    preferences
        .value(MEASURE)
        .flatMap(
            name ->
                java.util.Arrays.stream(Measure.values())
                    .filter(m -> m.name().equals(name))
                    .findFirst())
        .ifPresent(measure::set);
    numbers.set(!preferences.value(NUMBERS).filter("false"::equals).isPresent());
    kind.addListener(
        (_, _, now) -> {
          wantedKind = now;
          preferences.keep(KIND, now);
          rethink();
        });
    measure.addListener(
        (_, _, now) -> {
          preferences.keep(MEASURE, now.name());
          rethink();
        });
    numbers.addListener(
        (_, _, now) -> {
          preferences.keep(NUMBERS, now.toString());
          rethink();
        });
  }

  @Override
  public void show(Moment moment) {
    last = Optional.of(moment);
    empty.set(!moment.loading() && moment.empty());
    LiveSnapshot live = live(moment);
    takeKinds(live);
    LiveSnapshot shown = past.shown(cursor.at().get(), live);
    draw(moment, live, shown);
    if (!shownAt.equals(cursor.at().get())) {
      shownAt = cursor.at().get();
      slowAt = Instant.MIN;
    }
    if (Duration.between(slowAt, moment.now()).abs().compareTo(SLOW) >= 0) {
      slowAt = moment.now();
      subtitle.set(subtitle(moment, live));
      takeSpark(live, shown);
    }
  }

  private void rethink() {
    last.ifPresent(this::show);
  }

  private void draw(Moment moment, LiveSnapshot live, LiveSnapshot shown) {
    plan.numbers(numbers.get());
    HeatmapPicture picture =
        plan.picture(
            shown,
            kind.get(),
            kinds.get().indexOf(kind.get()),
            measure.get(),
            chosen.isEmpty() ? Set.of() : Set.of(chosen),
            moment.now());
    if (chosen.isEmpty() && !picture.cells().isEmpty()) {
      chosen = gravest(picture.cells());
    }
    heatmap.set(picture);
    int warning = 0;
    int critical = 0;
    int heard = 0;
    for (Cell cell : picture.cells()) {
      warning += cell.mark() == Tone.WARNING ? 1 : 0;
      critical += cell.mark() == Tone.BAD ? 1 : 0;
      heard += cell.silent() ? 0 : 1;
    }
    counts.set(new Counts(warning, critical));
    coverage.set(
        picture.cells().isEmpty()
            ? ""
            : heard + " of " + Figures.counted(picture.cells().size(), "place") + " heard");
    panel.set(
        PanelPlan.of(chosen, kind.get(), shown, live, e -> spark.getOrDefault(e, new double[0])));
    chooseSensor();
  }

  /// The place with the gravest mark, or with the highest value.
  private static String gravest(List<Cell> cells) {
    Cell best = cells.getFirst();
    for (Cell cell : cells) {
      int order = Integer.compare(cell.mark().ordinal(), best.mark().ordinal());
      if (order > 0 || (order == 0 && cell.value() > best.value())) {
        best = cell;
      }
    }
    return best.place();
  }

  private void chooseSensor() {
    List<Sensor> here = panel.get().sensors();
    if (here.stream().noneMatch(s -> s.entity().equals(sensor.get()))) {
      sensor.set(
          here.stream()
              .filter(s -> s.kind().equals(kind.get()) && s.tone() == Tone.BAD)
              .findFirst()
              .or(() -> here.stream().findFirst())
              .map(Sensor::entity)
              .orElse(""));
    }
  }

  private void takeSpark(LiveSnapshot live, LiveSnapshot shown) {
    List<String> here = panel.get().sensors().stream().map(Sensor::entity).toList();
    if (here.isEmpty()) {
      return;
    }
    if (cursor.isLive()) {
      Instant newest = live.newest().orElse(Instant.EPOCH);
      spark.keySet().retainAll(here);
      for (String entity : here) {
        desk.live(entity).ifPresent(h -> spark.put(entity, PanelPlan.course(h, newest)));
      }
      asked = Optional.empty();
    } else {
      Instant until = shown.newest().orElseGet(cursor::shown);
      CourseQuery query = new CourseQuery(here, until.minus(HOUR), until, 120);
      if (!asked.equals(Optional.of(query))) {
        asked = Optional.of(query);
        courses.ask(query);
      }
    }
  }

  private void takeCourses(List<Course> found) {
    if (cursor.isLive()) {
      return;
    }
    spark.clear();
    Instant until = asked.map(CourseQuery::to).orElseGet(cursor::shown);
    found.forEach(course -> spark.put(course.entity(), PanelPlan.course(course, until)));
    rethink();
  }

  private void takeKinds(LiveSnapshot live) {
    TreeSet<String> found = new TreeSet<>();
    live.latest().forEach(latest -> found.add(latest.kind()));
    List<String> now = List.copyOf(found);
    if (now.isEmpty()) {
      return;
    }
    String wanted = now.contains(wantedKind) ? wantedKind : now.getFirst();
    if (!now.equals(kinds.get())) {
      kinds.set(now);
    }
    if (!kind.get().equals(wanted)) {
      kind.set(wanted);
    }
  }

  private String subtitle(Moment moment, LiveSnapshot live) {
    String title = moment.status().map(s -> s.definition().title()).orElse(moment.pipeline());
    long places = live.latest().stream().map(Latest::place).distinct().count();
    return live.latest().isEmpty()
        ? title
        : title
            + " · "
            + Figures.counted(places, "place")
            + " · times in "
            + clock.zoneName(moment.now());
  }

  private static LiveSnapshot live(Moment moment) {
    return moment.status().map(PipelineStatus::live).orElse(LiveSnapshot.EMPTY);
  }

  /// Shows what is at a place.
  public void choose(String place) {
    chosen = place;
    sensor.set("");
    slowAt = Instant.MIN;
    rethink();
  }

  /// @param target a place
  @Override
  public void aim(String target) {
    if (!target.isBlank()) {
      choose(target);
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

  /// How many places were heard, in words.
  public ObservableValue<String> coverage() {
    return coverage.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<List<String>> kinds() {
    return kinds.getReadOnlyProperty();
  }

  public StringProperty kind() {
    return kind;
  }

  public ObjectProperty<Measure> measure() {
    return measure;
  }

  public BooleanProperty numbers() {
    return numbers;
  }

  public ReadOnlyObjectProperty<HeatmapPicture> heatmap() {
    return heatmap.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Counts> counts() {
    return counts.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<PlacePanel> panel() {
    return panel.getReadOnlyProperty();
  }

  /// The chosen sensor of the panel; empty for none.
  public StringProperty sensor() {
    return sensor;
  }

  /// Whether a moment of the past is being looked up.
  public ReadOnlyBooleanProperty looking() {
    return past.looking();
  }

  /// Why the past cannot be told.
  public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return past.trouble();
  }
}
