package dev.millrace.views.heatmap;

import dev.millrace.engine.live.LiveSnapshot;
import dev.millrace.engine.live.LiveSnapshot.Latest;
import java.time.Duration;

/// When an entity counts as silent. Any thread may call.
public final class Silence {

  /// An entity that said nothing for longer is silent.
  public static final Duration LONGEST = Duration.ofMinutes(5);

  private Silence() {}

  /// Silence counts from the newest event, so that replayed history is judged by its own time.
  public static boolean of(Latest latest, LiveSnapshot at) {
    return at.newest()
        .map(newest -> Duration.between(latest.time(), newest).compareTo(LONGEST) > 0)
        .orElse(false);
  }
}
