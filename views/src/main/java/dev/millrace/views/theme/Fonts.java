package dev.millrace.views.theme;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The bundled typeface, Inter. FX thread only.
public final class Fonts {

  public static final String FAMILY = "Inter";

  private static final List<String> FILES = List.of("Inter-Regular.otf", "Inter-Bold.otf");

  private Fonts() {}

  /// Makes the typeface known to the toolkit; again is harmless.
  public static void load() {
    for (String file : FILES) {
      try (InputStream in = Fonts.class.getResourceAsStream("fonts/" + file)) {
        if (in == null || Font.loadFont(in, 12) == null) {
          throw new MillraceException(
              ErrorCode.INTERNAL,
              "The console's typeface " + file + " cannot be read",
              "reinstall Millrace");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
