package dev.millrace.views.trace;

import dev.millrace.engine.history.ReadingTrace;
import dev.millrace.engine.history.ReadingTrace.ScoreWindow;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import dev.millrace.views.text.Clock;
import dev.millrace.views.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// Decides what the card that follows one reading shows. FX thread only.
public final class TraceViewModel {

  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Clock clock;
  private final Supplier<Instant> now;
  private final Lookup<Question, Optional<ReadingTrace>> lookup;
  private final ReadOnlyObjectWrapper<Question> question =
      new ReadOnlyObjectWrapper<>(new Question("", Instant.EPOCH));
  private final ReadOnlyObjectWrapper<Optional<ReadingTrace>> trace =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<List<Station>> stations =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ObjectProperty<Station.Name> chosen =
      new SimpleObjectProperty<>(Station.Name.SILVER);
  private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  private boolean awaited;
  private Instant followedAt = Instant.MIN;
  private Instant askedAt = Instant.MIN;

  record Question(String entity, Instant time) {}

  /// @param now the person's time
  public TraceViewModel(HistoryDesk desk, Clock clock, Supplier<Instant> now) {
    this.clock = clock;
    this.now = now;
    lookup =
        desk.lookup(
            (readings, asked) -> readings.follow(asked.entity(), asked.time()),
            this::take,
            failed -> trouble.set(Optional.of(failed)));
  }

  /// Looks a reading up.
  ///
  /// @param time its event time, to the microsecond
  public void follow(String entity, Instant time) {
    question.set(new Question(entity, time));
    followedAt = now.get();
    lookup.forget();
    trace.set(Optional.empty());
    stations.set(List.of());
    again();
  }

  /// Looks the same reading up again.
  void again() {
    trouble.set(Optional.empty());
    awaited = false;
    askedAt = now.get();
    lookup.ask(question.get());
  }

  /// Looks by itself again for a reading that the lake does not hold yet. Called at every look at
  /// the engine.
  public void pulse() {
    Instant at = now.get();
    if (awaited
        && Duration.between(askedAt, at).compareTo(AGAIN) >= 0
        && Duration.between(followedAt, at).compareTo(PATIENCE) < 0) {
      askedAt = at;
      lookup.ask(question.get());
    }
  }

  private void take(Optional<ReadingTrace> found) {
    awaited = found.isEmpty();
    if (awaited) {
      trouble.set(
          Optional.of(
              new Trouble(
                  "The lake does not hold this reading yet",
                  "A live reading comes to Bronze with the stream's next commit, within half a"
                      + " minute: it shows here by itself")));
      return;
    }
    trouble.set(Optional.empty());
    List<Station> all = new Stations(clock, now.get()).of(found.get());
    trace.set(found);
    stations.set(all);
    chosen.set(
        all.stream()
            .filter(s -> s.name() == Station.Name.SILVER && s.tone() == Tone.GOOD)
            .findFirst()
            .map(Station::name)
            .orElse(Station.Name.BRONZE));
  }

  /// What the reading was, in a line.
  public String title() {
    Question asked = question.get();
    return asked.entity() + " at " + clock.second(asked.time(), now.get());
  }

  ReadOnlyObjectProperty<List<Station>> stations() {
    return stations.getReadOnlyProperty();
  }

  ObjectProperty<Station.Name> chosen() {
    return chosen;
  }

  Optional<Station> station() {
    return stations.get().stream().filter(s -> s.name() == chosen.get()).findFirst();
  }

  Optional<ScoreWindow> window() {
    return trace.get().flatMap(ReadingTrace::window);
  }

  ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return trouble.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty looking() {
    return lookup.busy();
  }
}
