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
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.util.Duration;

/// Makes ready the rooms that nobody has opened yet, so that they open at once: their nodes, their
/// styles, and what they ask the engine first. FX thread only.
///
/// One step at a time, and only while nobody touches the window: a step may take longer than a
/// frame, and a person who types or drags would feel it.
final class RoomsAhead {

  private static final Duration BETWEEN = Duration.millis(200);
  private static final long UNTOUCHED_NANOS = 1_500_000_000;

  private final RoomDeck deck;
  private final Consumer<URL> dresses;
  private final Supplier<Moment> moment;
  private final BooleanSupplier waits;
  private final PauseTransition beat = new PauseTransition(BETWEEN);
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private long touched = System.nanoTime();

  /// @param deck where the rooms will stand
  /// @param dresses hears of the stylesheet of a view that is made
  /// @param moment what is the case
  /// @param waits whether there is something better to do
  RoomsAhead(
      RoomDeck deck, Consumer<URL> dresses, Supplier<Moment> moment, BooleanSupplier waits) {
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
      steps.add(() -> room.view(dresses));
      steps.add(() -> deck.prepare(room.view(dresses)));
      steps.add(() -> room.model().show(moment.get()));
      steps.add(() -> room.model().show(moment.get()));
    }
    beat.playFromStart();
  }

  void stop() {
    beat.stop();
  }

  private void step() {
    if (!waits.getAsBoolean() && System.nanoTime() - touched > UNTOUCHED_NANOS) {
      Runnable next = steps.poll();
      if (next != null) {
        next.run();
      }
    }
    if (!steps.isEmpty()) {
      beat.playFromStart();
    }
  }
}
