package dev.millrace.views.desk;

import dev.millrace.engine.api.Work;
import org.jspecify.annotations.Nullable;

/// Work that was asked for and whose answer is awaited. FX thread only.
public final class Asked {

  private final TaskExecutor executor;
  private @Nullable Work work;
  private boolean cancelled;
  private boolean forgotten;
  private boolean answered;

  Asked(TaskExecutor executor) {
    this.executor = executor;
  }

  void begun(Work begun) {
    work = begun;
    if (cancelled) {
      executor.execute(begun::cancel);
    }
  }

  /// Asks it to stop; the answer then says so.
  public void cancel() {
    cancelled = true;
    Work running = work;
    if (running != null && !answered) {
      executor.execute(running::cancel);
    }
  }

  /// Stops it, and nobody hears of it: another question took its place.
  public void forget() {
    forgotten = true;
    cancel();
  }

  /// Whether whoever asked still wants to hear.
  boolean wanted() {
    answered = true;
    return !forgotten;
  }

  public boolean isAnswered() {
    return answered;
  }
}
