package dev.millrace.views;

import dev.millrace.views.desk.Moment;
import dev.millrace.views.shell.RoomDeck;
import java.net.URL;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.util.Duration;

/// Makes ready the rooms that nobody has opened yet, so that they open at once: their nodes, their
/// styles, and what they ask the engine first. FX thread only.
///
/// One step at a time, and only while nobody touches the window and nothing else keeps the thread:
/// a step may take longer than a frame, and a person who types or drags would feel it.
final class RoomsAhead {

  private static final Duration BETWEEN = Duration.millis(50);

  /// A beat that comes so late says that the thread, or the machine, has enough to do.
  private static final long LATE_NANOS = 90_000_000;

  /// Late beats that one step waits for better ones; a machine that is always busy is no reason to
  /// open every room slowly.
  private static final int LATE_AT_MOST = 10;

  /// Looks at the engine that a room gets: what it asks at the first is answered by the last.
  private static final int LOOKS = 5;

  /// Height that a room begins with, and by which it grows, as shares of the one it will have.
  private static final double LOW = 0.25;

  private static final double TALLER = 0.05;

  private static final long UNTOUCHED_NANOS = 1_500_000_000;

  private final RoomDeck deck;
  private final Consumer<URL> dresses;
  private final Supplier<Moment> moment;
  private final BooleanSupplier waits;
  private final PauseTransition beat = new PauseTransition(BETWEEN);
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private long touched = System.nanoTime();
  private long awaited;
  private int late;

  /// @param deck where the rooms will stand
  /// @param dresses hears of the stylesheet of a view that is made
  /// @param moment what is the case
  /// @param waits whether there is something better to do
  RoomsAhead(RoomDeck deck, Consumer<URL> dresses, Supplier<Moment> moment, BooleanSupplier waits) {
    this.deck = deck;
    this.dresses = dresses;
    this.moment = moment;
    this.waits = waits;
    beat.setOnFinished(_ -> step());
  }

  /// Hears when a person touches the window.
  void watch(Scene scene) {
    scene.addEventFilter(InputEvent.ANY, _ -> touched = System.nanoTime());
  }

  /// Makes these rooms ready, in their order; those of an earlier call that are not yet are
  /// forgotten.
  void prepare(Collection<RoomPlace> rooms) {
    steps.clear();
    for (RoomPlace room : rooms) {
      steps.add(() -> room.begun(dresses));
      steps.add(() -> deck.prepare(room.begun(dresses), LOW));
      steps.add(() -> assemble(room));
      for (int look = 0; look < LOOKS && room.model().asksAhead(); look++) {
        steps.add(() -> room.model().show(moment.get()));
      }
      for (double share = LOW; share < 1; share += TALLER) {
        double height = Math.min(1, share + TALLER);
        steps.add(() -> deck.prepare(room.begun(dresses), height));
      }
    }
    await();
  }

  private void assemble(RoomPlace room) {
    if (room.step()) {
      steps.addFirst(() -> assemble(room));
    }
  }

  void stop() {
    beat.stop();
  }

  private void await() {
    awaited = System.nanoTime();
    beat.playFromStart();
  }

  private void step() {
    long now = System.nanoTime();
    late = now - awaited < LATE_NANOS ? 0 : late + 1;
    boolean free = late == 0 || late > LATE_AT_MOST;
    if (free && !waits.getAsBoolean() && now - touched > UNTOUCHED_NANOS) {
      late = 0;
      Runnable next = steps.poll();
      if (next != null) {
        next.run();
      }
    }
    if (!steps.isEmpty()) {
      await();
    }
  }
}
