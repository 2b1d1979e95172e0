package dev.millrace.views;

import java.util.logging.Level;
import java.util.logging.Logger;

/// What JavaFX says of itself.
///
/// It warns at each start that it stands on the class path, where it stands by decision; what it
/// holds for a fault is told still.
public final class ToolkitLog {

  /// Held, since a logger that nobody holds forgets its level.
  private static final Logger JAVA_FX = Logger.getLogger("javafx");

  private ToolkitLog() {}

  /// To be called before the toolkit starts, on any thread.
  public static void quiet() {
    JAVA_FX.setLevel(Level.SEVERE);
  }
}
