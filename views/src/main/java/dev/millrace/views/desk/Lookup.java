package dev.millrace.views.desk;

import dev.millrace.engine.history.ReadingHistory;
import dev.millrace.views.desk.HistoryDesk.Trouble;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/// A question of which one is under way at most, and of those asked meanwhile only the newest is
/// asked next. FX thread only.
public final class Lookup<Q, A> {

  private final HistoryDesk desk;
  private final BiFunction<ReadingHistory, Q, A> ask;
  private final Consumer<A> answered;
  private final Consumer<Trouble> failed;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private Optional<Q> next = Optional.empty();
  private long wanted;

  Lookup(
      HistoryDesk desk,
      BiFunction<ReadingHistory, Q, A> ask,
      Consumer<A> answered,
      Consumer<Trouble> failed) {
    this.desk = desk;
    this.ask = ask;
    this.answered = answered;
    this.failed = failed;
  }

  public void ask(Q question) {
    if (busy.get()) {
      next = Optional.of(question);
      return;
    }
    busy.set(true);
    long asked = wanted;
    desk.ask(
        question,
        ask,
        answer -> ended(() -> answered.accept(answer), asked),
        trouble -> ended(() -> failed.accept(trouble), asked));
  }

  /// Wants no answer to what was asked so far.
  public void forget() {
    wanted++;
    next = Optional.empty();
  }

  /// Whether an answer is awaited.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  private void ended(Runnable hear, long asked) {
    busy.set(false);
    if (asked == wanted) {
      hear.run();
    }
    Optional<Q> waiting = next;
    next = Optional.empty();
    waiting.ifPresent(this::ask);
  }
}
