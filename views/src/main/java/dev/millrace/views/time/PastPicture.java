package dev.millrace.views.time;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Condition;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import dev.millrace.engine.live.LiveSnapshot.Window;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What was the case at the time on show. While a moment is looked up, the one before stays. FX
/// thread only.
public final class PastPicture {

  private final Runnable changed;
  private final Lookup<Instant, Answer> lookup;
  private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private Optional<Answer> known = Optional.empty();
  private Optional<Instant> asked = Optional.empty();

  private record Answer(Instant at, LiveSnapshot then) {}

  /// @param changed told when another moment is known
  public PastPicture(HistoryDesk desk, Runnable changed) {
    this.changed = changed;
    lookup =
        desk.lookup(
            (readings, at) -> new Answer(at, readings.at(at)),
            answer -> {
              known = Optional.of(answer);
              trouble.set(Optional.empty());
              changed.run();
            },
            this::failed);
  }

  /// Takes in that the past cannot be told.
  public void failed(Trouble what) {
    trouble.set(Optional.of(what));
    changed.run();
  }

  /// What to show for a time; the live state for none.
  public LiveSnapshot shown(Optional<Instant> at, LiveSnapshot live) {
    if (at.isEmpty()) {
      known = Optional.empty();
      asked = Optional.empty();
      lookup.forget();
      trouble.set(Optional.empty());
      return live;
    }
    if (!asked.equals(at)) {
      asked = at;
      lookup.ask(at.get());
    }
    return known.map(answer -> over(answer, live)).orElse(live);
  }

  /// Those known live and not heard then are told as silent, so that nothing moves on the map.
  private static LiveSnapshot over(Answer answer, LiveSnapshot live) {
    Map<String, Integer> heard = new HashMap<>();
    List<Latest> then = answer.then().latest();
    for (int i = 0; i < then.size(); i++) {
      heard.put(then.get(i).entity(), i);
    }
    List<Latest> latest = new ArrayList<>(then);
    List<Condition> conditions = new ArrayList<>(answer.then().conditions());
    for (Latest one : live.latest()) {
      if (!heard.containsKey(one.entity())) {
        latest.add(
            new Latest(
                one.entity(),
                one.kind(),
                one.place(),
                one.unit(),
                Double.NaN,
                Instant.EPOCH,
                false));
        conditions.add(new Condition(one.entity(), Window.EMPTY, Window.EMPTY, Double.NaN, 0, 0));
      }
    }
    return new LiveSnapshot(
        Optional.of(answer.at()),
        latest,
        List.of(),
        answer.then().anomalies(),
        List.of(),
        new double[0],
        0,
        conditions,
        List.of(),
        List.of(),
        0);
  }

  /// Whether a moment is being looked up.
  public ReadOnlyBooleanProperty looking() {
    return lookup.busy();
  }

  /// Why the past cannot be told.
  public ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return trouble.getReadOnlyProperty();
  }
}
