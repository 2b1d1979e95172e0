package dev.millrace.app.console;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import javafx.animation.AnimationTimer;

/// When the window's first frame and the services were there, for whoever measures a start or
/// trains the AOT cache. Used on the FX thread.
///
/// @param file that gets a line for each moment, its name and the milliseconds since 1970
public record StartReport(Path file) {

  /// System property that asks for the report; the console then closes when it is ready.
  public static final String PROPERTY = "millrace.startup.report";

  public static final String FIRST_FRAME = "first-frame";
  public static final String READY = "ready";

  /// The report that was asked for, if one was.
  static Optional<StartReport> wanted() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(StartReport::new);
  }

  /// Writes the moment down once what is now in the scene has been drawn, and acts then.
  void whenDrawn(String moment, Runnable then) {
    new AnimationTimer() {
      private int pulses;

      @Override
      public void handle(long now) {
        // A pulse is told before it is drawn: at the second one the first stands on the screen.
        if (++pulses == 2) {
          stop();
          tell(moment);
          then.run();
        }
      }
    }.start();
  }

  private void tell(String moment) {
    try {
      Files.writeString(
          file,
          moment + " " + Instant.now().toEpochMilli() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The report of the start cannot be written to " + file + ": " + e.getMessage(),
          "name a file that can be written with -D" + PROPERTY,
          e);
    }
  }
}
