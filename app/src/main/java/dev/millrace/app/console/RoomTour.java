package dev.millrace.app.console;

import dev.millrace.views.Console;
import java.util.ArrayDeque;
import java.util.Deque;
import javafx.animation.AnimationTimer;

/// Opens every room once, each until it has been drawn, so that the AOT cache which is trained
/// meanwhile knows their classes. Used on the FX thread.
final class RoomTour extends AnimationTimer {

  /// System property that asks for the tour, in a start that is reported.
  static final String PROPERTY = "millrace.startup.tour";

  /// Pulses a room is open for: what it asks the engine is answered and drawn by then.
  private static final int PULSES = 30;

  private final Console console;
  private final Runnable then;
  private final Deque<String> left;
  private int pulses;

  private RoomTour(Console console, Runnable then) {
    this.console = console;
    this.then = then;
    this.left = new ArrayDeque<>(console.rooms());
  }

  /// Goes through the rooms when that is asked for, and acts then.
  static void whenWanted(Console console, Runnable then) {
    if (Boolean.getBoolean(PROPERTY)) {
      new RoomTour(console, then).start();
    } else {
      then.run();
    }
  }

  @Override
  public void handle(long now) {
    if (pulses++ % PULSES != 0) {
      return;
    }
    String next = left.poll();
    if (next != null) {
      console.open(next);
    } else {
      stop();
      then.run();
    }
  }
}
