package dev.millrace.views.heatmap;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Series;
import dev.millrace.views.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Places whose last minutes lie far from what is usual there. FX thread only.
final class FarFromUsual {

  /// It is looked for so seldom, as minutes change seldom and a day has many.
  private static final Duration AGE = Duration.ofSeconds(20);

  private static final int SAMPLE = 144;

  private record Found(Map<String, String> places, Instant at) {}

  private final Map<String, Found> known = new HashMap<>();

  /// Words for each such place. A moment of the past tells none, for it has no series.
  Map<String, String> of(LiveSnapshot live, String kind, Instant now) {
    if (live.series().isEmpty()) {
      return Map.of();
    }
    Found found = known.get(kind);
    if (found == null || Duration.between(found.at(), now).abs().compareTo(AGE) > 0) {
      found = new Found(look(live, kind), now);
      known.put(kind, found);
    }
    return found.places();
  }

  private static Map<String, String> look(LiveSnapshot live, String kind) {
    Map<String, String> places = new HashMap<>();
    for (Series series : live.series()) {
      if (series.kind().equals(kind)) {
        double value = Usual.recent(series);
        Optional<Usual> usual = Usual.of(series, SAMPLE).filter(u -> u.isFar(value));
        usual.ifPresent(
            u ->
                places.put(
                    series.place(),
                    "Far from usual for minutes: "
                        + Figures.reading(value, series.unit())
                        + ", usual "
                        + Figures.reading(u.low())
                        + " to "
                        + Figures.reading(u.high())));
      }
    }
    return Map.copyOf(places);
  }
}
