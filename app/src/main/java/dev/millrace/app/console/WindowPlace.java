package dev.millrace.app.console;

import dev.millrace.views.Preferences;
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

  /// Puts the window where it was, unless no screen shows that place any more; one that opens first
  /// is no larger than the screen.
  void restore() {
    OptionalDouble width = number(WIDTH);
    OptionalDouble height = number(HEIGHT);
    OptionalDouble x = number(X);
    OptionalDouble y = number(Y);
    if (width.isPresent() && height.isPresent() && x.isPresent() && y.isPresent()) {
      boolean seen =
          !Screen.getScreensForRectangle(
                  x.getAsDouble(), y.getAsDouble(), width.getAsDouble(), height.getAsDouble())
              .isEmpty();
      if (seen) {
        stage.setX(x.getAsDouble());
        stage.setY(y.getAsDouble());
        stage.setWidth(width.getAsDouble());
        stage.setHeight(height.getAsDouble());
      }
    } else {
      Rectangle2D screen = Screen.getPrimary().getVisualBounds();
      stage.setWidth(Math.min(FIRST_WIDTH, screen.getWidth()));
      stage.setHeight(Math.min(FIRST_HEIGHT, screen.getHeight()));
    }
    stage.setMaximized(preferences.value(MAXIMIZED).filter("true"::equals).isPresent());
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
