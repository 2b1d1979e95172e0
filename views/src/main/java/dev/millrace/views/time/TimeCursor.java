package dev.millrace.views.time;

import dev.millrace.engine.api.EngineSnapshot.StreamState;
import dev.millrace.engine.api.EngineSnapshot.StreamStatus;
import dev.millrace.engine.history.ReadingHistory.AnomalyCounts;
import dev.millrace.engine.history.ReadingHistory.Extent;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.views.Preferences;
import dev.millrace.views.desk.Awaited;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import dev.millrace.views.desk.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// The time that overview, heatmap, trends and anomalies show: live, or a moment of the past that
/// stands or runs. One for all rooms. FX thread only.
public final class TimeCursor {

  /// Slots the anomalies of a stretch are counted in.
  static final int SLOTS = 144;

  private static final Duration COUNTS_AGE = Duration.ofSeconds(20);
  private static final String STRETCH = "time.stretch";
  private static final String SPEED = "time.speed";

  private final Preferences preferences;
  private final ReadOnlyObjectWrapper<Optional<Instant>> at =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
  private final ObjectProperty<Speed> speed = new SimpleObjectProperty<>(Speed.TEN);
  private final ObjectProperty<Stretch> stretch = new SimpleObjectProperty<>(Stretch.DAY);
  private final ReadOnlyObjectWrapper<AnomalyCounts> counts =
      new ReadOnlyObjectWrapper<>(
          new AnomalyCounts(Instant.EPOCH, Instant.EPOCH, new long[SLOTS], new long[SLOTS]));
  private final ReadOnlyObjectWrapper<Optional<Extent>> extent =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Stretch>> spans =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Instant> newest = new ReadOnlyObjectWrapper<>(Instant.EPOCH);
  private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<StreamState>> stream =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Awaited>> silver =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final Lookup<Window, Past> lookup;
  private Instant lastPulse = Instant.EPOCH;
  private Instant countedAt = Instant.MIN;

  private record Window(Instant from, Instant to) {}

  private record Past(Optional<Extent> extent, AnomalyCounts counts) {}

  public TimeCursor(HistoryDesk desk, Preferences preferences) {
    this.preferences = preferences;
    lookup =
        desk.lookup(
            (readings, window) ->
                new Past(readings.extent(), readings.counts(window.from(), window.to(), SLOTS)),
            past -> {
              extent.set(past.extent());
              spans.set(
                  Optional.of(
                      past.extent()
                          .map(e -> Stretch.spanning(Duration.between(e.first(), newest.get())))
                          .orElse(Stretch.HOUR)));
              counts.set(past.counts());
              trouble.set(Optional.empty());
            },
            failed -> trouble.set(Optional.of(failed)));
    speed.set(preference(SPEED, Speed.class, Speed.TEN));
    speed.addListener((_, _, now) -> preferences.keep(SPEED, now.name()));
    FittingStretch.steer(stretch, this, preferences, STRETCH);
    stretch.addListener((_, _, _) -> countedAt = Instant.MIN);
  }

  private <E extends Enum<E>> E preference(String key, Class<E> type, E otherwise) {
    return preferences
        .value(key)
        .flatMap(
            name ->
                java.util.Arrays.stream(type.getEnumConstants())
                    .filter(e -> e.name().equals(name))
                    .findFirst())
        .orElse(otherwise);
  }

  /// Takes in what is the case, and lets the past run on. Called at every look at the engine.
  public void pulse(Moment moment) {
    LiveSnapshot live = moment.status().map(s -> s.live()).orElse(LiveSnapshot.EMPTY);
    live.newest().ifPresent(newest::set);
    stream.set(moment.stream().map(StreamStatus::state));
    Optional<Awaited> missing = Awaited.silver(moment);
    if (silver.get().isPresent() && missing.isEmpty()) {
      // What was counted so far is from before Silver stood.
      countedAt = Instant.MIN;
    }
    silver.set(missing);
    if (playing.get() && at.get().isPresent() && lastPulse.isBefore(moment.now())) {
      Duration passed = Duration.between(lastPulse, moment.now());
      Instant next = at.get().get().plus(passed.multipliedBy(speed.get().times()));
      if (next.isBefore(newest.get())) {
        at.set(Optional.of(next));
      } else {
        live();
      }
    }
    lastPulse = moment.now();
    boolean old = Duration.between(countedAt, moment.now()).abs().compareTo(COUNTS_AGE) >= 0;
    if (old && !newest.get().equals(Instant.EPOCH)) {
      countedAt = moment.now();
      lookup.ask(new Window(stretch.get().countedFrom(to()), to()));
    }
  }

  /// Begin of the stretch on show.
  public Instant from() {
    return to().minus(stretch.get().length());
  }

  /// End of the stretch on show: the newest event.
  public Instant to() {
    return newest.get();
  }

  /// The time on show.
  public Instant shown() {
    return at.get().orElse(newest.get());
  }

  /// The person's time, as of the last pulse.
  Instant now() {
    return lastPulse;
  }

  /// Shows a moment and stops there; one at or after the newest event is live.
  public void show(Instant moment) {
    if (!moment.isBefore(newest.get())) {
      live();
      return;
    }
    playing.set(false);
    at.set(Optional.of(moment.isBefore(from()) ? from() : moment));
  }

  /// Goes so far on, or back when negative.
  public void step(Duration by) {
    boolean ran = playing.get();
    show(shown().plus(by));
    playing.set(ran && at.get().isPresent());
  }

  /// Back to live.
  public void live() {
    playing.set(false);
    at.set(Optional.empty());
  }

  /// Lets the past run, or stops it; from live it begins an hour ago, or where the stretch does.
  public void toggle() {
    if (playing.get()) {
      playing.set(false);
      return;
    }
    if (at.get().isEmpty()) {
      if (newest.get().equals(Instant.EPOCH)) {
        return;
      }
      Duration back = stretch.get() == Stretch.HOUR ? stretch.get().length() : Duration.ofHours(1);
      show(newest.get().minus(back));
    }
    playing.set(at.get().isPresent());
  }

  /// A moment of the past; empty for live.
  public ReadOnlyObjectProperty<Optional<Instant>> at() {
    return at.getReadOnlyProperty();
  }

  public boolean isLive() {
    return at.get().isEmpty();
  }

  public ReadOnlyBooleanProperty playing() {
    return playing.getReadOnlyProperty();
  }

  public ObjectProperty<Speed> speed() {
    return speed;
  }

  public ObjectProperty<Stretch> stretch() {
    return stretch;
  }

  /// Newest event time; the epoch before the first event.
  public ReadOnlyObjectProperty<Instant> newest() {
    return newest.getReadOnlyProperty();
  }

  /// Anomalies of the stretch, at most twenty seconds old.
  public ReadOnlyObjectProperty<AnomalyCounts> counts() {
    return counts.getReadOnlyProperty();
  }

  /// Whether the anomalies counted are those of the stretch on show; until then they say nothing.
  boolean counted() {
    AnomalyCounts now = counts.get();
    return now.from().equals(stretch.get().countedFrom(now.to()));
  }

  /// State of the stream that brings the newest events; empty when there is none.
  public ReadOnlyObjectProperty<Optional<StreamState>> stream() {
    return stream.getReadOnlyProperty();
  }

  /// Whether no event comes, as far as is known.
  boolean halted() {
    return stream
        .get()
        .filter(s -> s == StreamState.STOPPED || s == StreamState.FAILED)
        .isPresent();
  }

  /// Why Silver has judged nothing yet; empty once it has.
  public ReadOnlyObjectProperty<Optional<Awaited>> silver() {
    return silver.getReadOnlyProperty();
  }

  /// Event times the lake spans, at most twenty seconds old.
  public ReadOnlyObjectProperty<Optional<Extent>> extent() {
    return extent.getReadOnlyProperty();
  }

  /// The shortest stretch that spans the lake's readings; empty before they are known.
  public ReadOnlyObjectProperty<Optional<Stretch>> spans() {
    return spans.getReadOnlyProperty();
  }

  /// Why the past cannot be told.
  public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return trouble.getReadOnlyProperty();
  }
}
