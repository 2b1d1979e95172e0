package dev.millrace.views.anomalies;

import dev.millrace.engine.api.EngineSnapshot.PipelineStatus;
import dev.millrace.engine.history.AnomalyQuery;
import dev.millrace.engine.history.ReadingHistory.AnomalyPage;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Anomaly;
import dev.millrace.views.Preferences;
import dev.millrace.views.anomalies.AnomaliesTold.Since;
import dev.millrace.views.charts.TimelinePicture;
import dev.millrace.views.charts.TimelinePicture.Detail;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import dev.millrace.views.desk.Moment;
import dev.millrace.views.desk.RoomModel;
import dev.millrace.views.text.Clock;
import dev.millrace.views.text.Figures;
import dev.millrace.views.time.FittingStretch;
import dev.millrace.views.time.Stretch;
import dev.millrace.views.time.TimeCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Decides what the anomalies room shows: those of a stretch that ends at the time on show. FX
/// thread only.
///
/// Silver tells those it has judged, and the live state all that came since.
public final class AnomaliesViewModel implements RoomModel {

  static final int MOST = 3_000;

  private static final Duration REFRESH = Duration.ofSeconds(15);
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final String RANGE = "anomalies.range";
  private static final String LANES = "anomalies.lanes";

  private final TimeCursor cursor;
  private final Clock clock;
  private final Lookup<AnomalyQuery, AnomaliesTold> lookup;
  private final Lookup<Since, AnomaliesTold> sinceThen;
  private final AnomalyFilters filters;
  private final ReadOnlyBooleanWrapper empty = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper crowd = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper found = new ReadOnlyStringWrapper("");
  private final ObjectProperty<Stretch> range = new SimpleObjectProperty<>(Stretch.DAY);
  private final ObjectProperty<TimelineLanes> lanes =
      new SimpleObjectProperty<>(TimelineLanes.KIND);
  private final ReadOnlyObjectWrapper<TimelinePicture> timeline =
      new ReadOnlyObjectWrapper<>(TimelinePicture.EMPTY);
  private final ObservableList<AnomalyRow> rows = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Optional<AnomalyRow>> chosen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Moment> last = Optional.empty();
  private Optional<AnomaliesTold> answer = Optional.empty();
  private Optional<AnomalyQuery> asked = Optional.empty();
  private Instant askedAt = Instant.MIN;
  private long silverVersion;
  private long askedVersion;
  private Instant slowAt = Instant.MIN;
  private Optional<Instant> shownAt = Optional.empty();
  private boolean updating;

  public AnomaliesViewModel(
      HistoryDesk desk, TimeCursor cursor, Clock clock, Preferences preferences) {
    this.cursor = cursor;
    this.clock = clock;
    filters = new AnomalyFilters(preferences);
    lookup =
        desk.lookup(
            AnomaliesTold::of,
            got -> {
              answer = Optional.of(got);
              trouble.set(Optional.empty());
              draw();
            },
            failed -> {
              trouble.set(Optional.of(failed));
              askSince();
              draw();
            });
    sinceThen =
        desk.lookup(
            (readings, since) -> since.look(readings),
            got -> {
              boolean current = answer.map(a -> a.page().equals(got.page())).orElse(failed());
              if (current) {
                answer = Optional.of(got);
                draw();
              }
            },
            failed -> trouble.set(Optional.of(failed)));
    FittingStretch.steer(range, cursor, preferences, RANGE);
    choice(preferences, LANES, lanes, TimelineLanes.values());
    filters.onChange(this::askAnew);
    range.addListener((_, _, _) -> askAnew());
    lanes.addListener((_, _, _) -> askAnew());
  }

  private static <E extends Enum<E>> void choice(
      Preferences preferences, String key, ObjectProperty<E> property, E[] values) {
    preferences
        .value(key)
        .flatMap(name -> Arrays.stream(values).filter(v -> v.name().equals(name)).findFirst())
        .ifPresent(property::set);
    property.addListener((_, _, now) -> preferences.keep(key, now.name()));
  }

  @Override
  public void show(Moment moment) {
    last = Optional.of(moment);
    empty.set(!moment.loading() && moment.empty());
    boolean moved = !shownAt.equals(cursor.at().get());
    if (!moved && Duration.between(slowAt, moment.now()).abs().compareTo(SLOW) < 0) {
      return;
    }
    shownAt = cursor.at().get();
    slowAt = moment.now();
    filters.offer(live(moment));
    boolean judgedAnew = silverVersion != moment.silverVersion();
    silverVersion = moment.silverVersion();
    if (moved
        || judgedAnew
        || Duration.between(askedAt, moment.now()).abs().compareTo(REFRESH) >= 0) {
      ask(moment.now());
    }
    if (cursor.isLive()) {
      askSince();
    }
    draw();
  }

  private boolean failed() {
    return trouble.get().isPresent();
  }

  private void askAnew() {
    last.ifPresent(
        moment -> {
          ask(moment.now());
          draw();
        });
  }

  private void ask(Instant now) {
    if (cursor.newest().get().equals(Instant.EPOCH)) {
      return;
    }
    askedAt = now;
    AnomalyQuery query = query();
    if (!asked.equals(Optional.of(query)) || askedVersion != silverVersion) {
      asked = Optional.of(query);
      askedVersion = silverVersion;
      lookup.ask(query);
    }
  }

  private AnomalyQuery query() {
    Instant to = cursor.shown();
    return filters.query(range.get().countedFrom(to), to, lanes.get(), MOST);
  }

  /// Nothing before the lake has told, or cannot.
  private void askSince() {
    if ((answer.isPresent() || failed()) && !cursor.newest().get().equals(Instant.EPOCH)) {
      sinceThen.ask(new Since(answer, query()));
    }
  }

  /// What is on show stays until there is an answer to what is asked now.
  private void draw() {
    if (last.isEmpty() || cursor.newest().get().equals(Instant.EPOCH)) {
      return;
    }
    Instant to = cursor.shown();
    if (answer.isEmpty() || !answer.get().isTo(asked.orElse(answer.get().query()))) {
      tellLooking(to);
      return;
    }
    Instant from = to.minus(range.get().length());
    List<AnomalyPage> pages =
        Stream.of(answer.get().since(), answer.get().page())
            .map(p -> within(p, range.get().countedFrom(to), to))
            .toList();
    List<Anomaly> all =
        pages.stream().flatMap(page -> page.anomalies().stream()).limit(MOST).toList();
    Instant now = last.get().now();
    String today = clock.day(now);
    List<AnomalyRow> next =
        new ArrayList<>(all.stream().map(a -> AnomalyRow.of(a, clock, now, today)).toList());
    Optional<AnomalyRow> before = chosen.get();
    Optional<AnomalyRow> again = before.flatMap(c -> again(c, next));
    before.filter(_ -> again.isEmpty()).ifPresent(c -> keepOrForget(c, next));
    updating = true;
    update(next);
    updating = false;
    again.ifPresent(row -> chosen.set(Optional.of(row)));
    timeline.set(TimelinePlan.all(pages, lanes.get(), filters.lanes(lanes.get()), from, to, clock));
    crowd.set(crowded());
    tell(all.size(), to);
  }

  private void tellLooking(Instant to) {
    found.set("looking …");
    subtitle.set("looking … · times in " + clock.zoneName(to));
  }

  private void tell(int shown, Instant to) {
    AnomaliesTold told = answer.orElseThrow();
    Optional<Awaited> silver = cursor.silver().get();
    String zone = " · times in " + clock.zoneName(to);
    String count =
        told.total() > shown
            ? "in the table the newest "
                + Figures.count(shown)
                + " of "
                + Figures.count(told.total())
            : Figures.counted(told.total(), "anomaly");
    if (silver.isPresent() || told.page().equals(AnomalyPage.NONE)) {
      found.set(count + ", live only");
      subtitle.set(
          "live only · "
              + silver.map(Awaited::brief).orElse("the lake does not answer")
              + keptOnly(told.since())
              + zone);
    } else {
      found.set(count);
      subtitle.set(
          Figures.counted(told.total(), "anomaly")
              + " in "
              + range.get().words()
              + notInSilver(told.since())
              + zone);
    }
  }

  /// Words for what a column of the timeline is where there are too many to draw each.
  private String crowded() {
    return timeline.get().piles().stream()
        .findFirst()
        .map(any -> Duration.ofMillis(any.to() - any.from()))
        .map(width -> "Columns of " + Figures.even(width) + ", square-root scale")
        .orElse("");
  }

  /// Which of those found are listed, in words; empty when all are.
  String part() {
    long total = answer.map(AnomaliesTold::total).orElse(0L);
    return total > rows.size()
        ? "the newest " + Figures.count(rows.size()) + " of " + Figures.count(total)
        : "";
  }

  /// The row of the same reading, which Silver may judge otherwise than the live state did.
  private static Optional<AnomalyRow> again(AnomalyRow row, List<AnomalyRow> rows) {
    Anomaly meant = row.anomaly();
    return rows.stream()
        .filter(r -> r.anomaly().time().equals(meant.time()))
        .filter(r -> r.anomaly().entity().equals(meant.entity()))
        .findFirst();
  }

  /// What is chosen has a row of its own below those that the table has room for.
  private void keepOrForget(AnomalyRow row, List<AnomalyRow> next) {
    boolean older =
        answer.orElseThrow().total() > next.size()
            && !next.isEmpty()
            && !row.anomaly().time().isAfter(next.getLast().anomaly().time());
    if (older && query().wants(row.anomaly())) {
      next.add(row);
    } else {
      chosen.set(Optional.empty());
    }
  }

  private static String notInSilver(AnomalyPage since) {
    return since.total() == 0
        ? ""
        : ", " + Figures.count(since.total()) + " not in Silver yet" + keptOnly(since);
  }

  /// Words for what is missing where more came since Silver was built than is kept live.
  private static String keptOnly(AnomalyPage since) {
    return since.total() < LiveSnapshot.MOST_UNJUDGED ? "" : ", of which no more are kept";
  }

  /// Why Silver has judged nothing yet; empty once it has.
  ReadOnlyObjectProperty<Optional<Awaited>> silver() {
    return cursor.silver();
  }

  /// Whether the lake has answered, or cannot.
  boolean answered() {
    return answer.isPresent() || trouble.get().isPresent();
  }

  /// Mostly a few came and a few went at the ends; then what is chosen and scrolled to stays.
  private void update(List<AnomalyRow> next) {
    int came = rows.isEmpty() ? -1 : next.indexOf(rows.getFirst());
    int stay = next.size() - Math.max(0, came);
    if (came < 0
        || stay > rows.size()
        || !next.subList(came, next.size()).equals(rows.subList(0, stay))) {
      rows.setAll(next);
      return;
    }
    if (stay < rows.size()) {
      rows.remove(stay, rows.size());
    }
    if (came > 0) {
      rows.addAll(0, next.subList(0, came));
    }
  }

  /// What was told, as far as it is of a span that has moved on.
  private static AnomalyPage within(AnomalyPage told, Instant from, Instant to) {
    return new AnomalyPage(
        told.anomalies().stream()
            .filter(a -> !a.time().isBefore(from) && !a.time().isAfter(to))
            .toList(),
        told.total(),
        told.peaks().stream().filter(peak -> peak.to().isAfter(from)).toList(),
        told.until());
  }

  private static LiveSnapshot live(Moment moment) {
    return moment.status().map(PipelineStatus::live).orElse(LiveSnapshot.EMPTY);
  }

  /// Not while the rows change: a table then chooses what has come to the chosen row's place.
  void choose(@Nullable AnomalyRow row) {
    if (!updating) {
      chosen.set(Optional.ofNullable(row));
    }
  }

  /// Chooses the anomaly that a mark stands for, whether or not it is in the table.
  void choose(Detail detail) {
    if (detail instanceof AnomalyWords words) {
      rows.stream()
          .filter(row -> Objects.equals(row.anomaly(), words.anomaly()))
          .findFirst()
          .or(() -> Optional.of(row(words)))
          .ifPresent(
              row -> {
                chosen.set(Optional.of(row));
                draw();
              });
    }
  }

  /// A row for what the table has no room for.
  private AnomalyRow row(AnomalyWords words) {
    return AnomalyRow.of(words.anomaly(), clock, words.now(), clock.day(last.orElseThrow().now()));
  }

  public AnomalyFilters filters() {
    return filters;
  }

  public ObjectProperty<Stretch> range() {
    return range;
  }

  public ObjectProperty<TimelineLanes> lanes() {
    return lanes;
  }

  public ReadOnlyObjectProperty<TimelinePicture> timeline() {
    return timeline.getReadOnlyProperty();
  }

  /// Newest first.
  public ObservableList<AnomalyRow> rows() {
    return rows;
  }

  public ReadOnlyObjectProperty<Optional<AnomalyRow>> chosen() {
    return chosen.getReadOnlyProperty();
  }

  /// What a column of the timeline is; empty while each anomaly has its mark.
  public ObservableValue<String> crowd() {
    return crowd.getReadOnlyProperty();
  }

  /// How many there are, in words.
  public ObservableValue<String> found() {
    return found.getReadOnlyProperty();
  }

  /// @param target a place, or one of its levels
  @Override
  public void aim(String target) {
    if (!target.isBlank()) {
      filters.only(target);
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

  /// Whether the lake is being looked at.
  public ReadOnlyBooleanProperty looking() {
    return lookup.busy();
  }

  /// Why the lake cannot be looked at.
  public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return trouble.getReadOnlyProperty();
  }
}
