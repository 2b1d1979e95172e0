package dev.millrace.views.overview;

import dev.millrace.engine.history.Retrospect;
import dev.millrace.engine.history.RetrospectQuery;
import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.views.desk.HistoryDesk;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import dev.millrace.views.desk.Lookup;
import dev.millrace.views.time.PastPicture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;

/// What the overview shows of a moment of the past: the places at once, the hours before as soon as
/// they are known. FX thread only.
final class OverviewPast {

  private static final int MOST = 2_000;

  private final PastPicture places;
  private final Lookup<RetrospectQuery, Answer> lookup;
  private final BooleanBinding looking;
  private Optional<Answer> known = Optional.empty();
  private Optional<RetrospectQuery> asked = Optional.empty();

  private record Answer(RetrospectQuery query, Retrospect told) {}

  /// @param changed told when more is known
  OverviewPast(HistoryDesk desk, Runnable changed) {
    places = new PastPicture(desk, changed);
    lookup =
        desk.lookup(
            (readings, query) -> new Answer(query, readings.retrospect(query)),
            answer -> {
              known = Optional.of(answer);
              changed.run();
            },
            places::failed);
    looking = Bindings.or(places.looking(), lookup.busy());
  }

  /// The latest readings then; the live state for no moment.
  LiveSnapshot places(Optional<Instant> at, LiveSnapshot live) {
    return places.shown(at, live);
  }

  /// Series, anomalies and their counts then; the live state for no moment, and before anything is
  /// known.
  LiveSnapshot hours(Optional<Instant> at, LiveSnapshot live, String kind, Duration back) {
    if (at.isEmpty()) {
      known = Optional.empty();
      asked = Optional.empty();
      lookup.forget();
      return live;
    }
    // Series are by the minute, so that dragging asks no more often.
    RetrospectQuery query =
        new RetrospectQuery(kind, at.get().truncatedTo(ChronoUnit.MINUTES), back, MOST);
    if (!asked.equals(Optional.of(query))) {
      asked = Optional.of(query);
      lookup.ask(query);
    }
    return known
        .filter(answer -> answer.query().kind().equals(kind))
        .map(answer -> snapshot(answer, live))
        .orElse(live);
  }

  private static LiveSnapshot snapshot(Answer answer, LiveSnapshot live) {
    return new LiveSnapshot(
        Optional.of(answer.query().to()),
        live.latest(),
        answer.told().series(),
        answer.told().anomalies(),
        answer.told().counts(),
        new double[0],
        0,
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  /// Whether the lake is being looked at.
  BooleanBinding looking() {
    return looking;
  }

  /// Why the past cannot be told.
  ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
    return places.trouble();
  }
}
