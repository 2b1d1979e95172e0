package dev.millrace.views.time;

import dev.millrace.views.Preferences;
import java.util.Arrays;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;

/// A stretch that a person chooses, and that until then is no longer than what the lake spans, so
/// that the first minutes of a pipeline are not a dot at the edge of a day. FX thread only.
public final class FittingStretch {

  private final ObjectProperty<Stretch> stretch;
  private final Stretch most;
  private boolean chosen;
  private boolean fitting;

  private FittingStretch(ObjectProperty<Stretch> stretch) {
    this.stretch = stretch;
    this.most = stretch.get();
  }

  /// Steers a stretch; what it has now is the most it becomes by itself.
  ///
  /// @param key what is remembered of the person's choice
  public static void steer(
      ObjectProperty<Stretch> stretch, TimeCursor cursor, Preferences preferences, String key) {
    FittingStretch fit = new FittingStretch(stretch);
    Optional<Stretch> kept =
        preferences
            .value(key)
            .flatMap(
                name ->
                    Arrays.stream(Stretch.values()).filter(s -> s.name().equals(name)).findFirst());
    kept.ifPresent(stretch::set);
    fit.chosen = kept.isPresent();
    stretch.addListener(
        (_, _, now) -> {
          if (!fit.fitting) {
            fit.chosen = true;
            preferences.keep(key, now.name());
          }
        });
    cursor.spans().addListener((_, _, now) -> fit.to(now));
    fit.to(cursor.spans().get());
  }

  private void to(Optional<Stretch> spans) {
    if (chosen || spans.isEmpty()) {
      return;
    }
    fitting = true;
    stretch.set(spans.get().compareTo(most) < 0 ? spans.get() : most);
    fitting = false;
  }
}
