package dev.millrace.app.console;

import dev.millrace.views.Preferences;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// Where the window stood and how large it was, from one start to the next. FX thread only.
final class WindowPlace {

  private static final String X = "window.x";
  private static final String Y = "window.y";
  private static final String WIDTH = "window.width";
  private static final String HEIGHT = "window.height";
  private static final String MAXIMIZED = "window.maximized";

  private static final double FIRST_WIDTH = 1440;
  private static final double FIRST_HEIGHT = 900;

  private final Stage stage;
  private final Preferences preferences;

  WindowPlace(Stage stage, Preferences preferences) {
    this.stage = stage;
    this.preferences = preferences;
  }

  /// Puts the window where it was, unless no screen shows that place any more; it is no larger than
  /// its screen, which may be another than last time.
  void restore() {
    OptionalDouble width = number(WIDTH);
    OptionalDouble height = number(HEIGHT);
    OptionalDouble x = number(X);
    OptionalDouble y = number(Y);
    if (width.isPresent() && height.isPresent() && x.isPresent() && y.isPresent()) {
      fitted(
              new Rectangle2D(
                  x.getAsDouble(),
                  y.getAsDouble(),
                  Math.max(0, width.getAsDouble()),
                  Math.max(0, height.getAsDouble())),
              Screen.getScreens().stream().map(Screen::getVisualBounds).toList())
          .ifPresent(
              place -> {
                stage.setX(place.getMinX());
                stage.setY(place.getMinY());
                stage.setWidth(place.getWidth());
                stage.setHeight(place.getHeight());
              });
    } else {
      Rectangle2D screen = Screen.getPrimary().getVisualBounds();
      stage.setWidth(Math.min(FIRST_WIDTH, screen.getWidth()));
      stage.setHeight(Math.min(FIRST_HEIGHT, screen.getHeight()));
    }
    stage.setMaximized(preferences.value(MAXIMIZED).filter("true"::equals).isPresent());
  }

  /// Where a window goes: as it is if the screens show all of it, or else whole into the one that
  /// shows most of it; empty when none does.
  static Optional<Rectangle2D> fitted(Rectangle2D window, List<Rectangle2D> screens) {
    double shown = screens.stream().mapToDouble(screen -> common(window, screen)).sum();
    if (shown >= window.getWidth() * window.getHeight() - 1) {
      return shown > 0 ? Optional.of(window) : Optional.empty();
    }
    return screens.stream()
        .filter(screen -> common(window, screen) > 0)
        .max(Comparator.comparingDouble(screen -> common(window, screen)))
        .map(
            screen -> {
              double width = Math.min(window.getWidth(), screen.getWidth());
              double height = Math.min(window.getHeight(), screen.getHeight());
              return new Rectangle2D(
                  Math.clamp(window.getMinX(), screen.getMinX(), screen.getMaxX() - width),
                  Math.clamp(window.getMinY(), screen.getMinY(), screen.getMaxY() - height),
                  width,
                  height);
            });
  }

  /// Area of both.
  private static double common(Rectangle2D a, Rectangle2D b) {
    double width = Math.min(a.getMaxX(), b.getMaxX()) - Math.max(a.getMinX(), b.getMinX());
    double height = Math.min(a.getMaxY(), b.getMaxY()) - Math.max(a.getMinY(), b.getMinY());
    return Math.max(0, width) * Math.max(0, height);
  }

  void keep() {
    preferences.keep(MAXIMIZED, String.valueOf(stage.isMaximized()));
    if (!stage.isMaximized()) {
      preferences.keep(X, String.valueOf(stage.getX()));
      preferences.keep(Y, String.valueOf(stage.getY()));
      preferences.keep(WIDTH, String.valueOf(stage.getWidth()));
      preferences.keep(HEIGHT, String.valueOf(stage.getHeight()));
    }
  }

  private OptionalDouble number(String key) {
    try {
      return preferences
          .value(key)
          .map(text -> OptionalDouble.of(Double.parseDouble(text)))
          .orElse(OptionalDouble.empty());
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }
}
