package dev.millrace.views.sample;

import dev.millrace.views.desk.TaskExecutor;
import java.util.ArrayDeque;
import java.util.Queue;

/// Work that is done when a test says so, on its thread.
public final class HeldWork implements TaskExecutor {

  private final Queue<Runnable> held = new ArrayDeque<>();

  @Override
  public void execute(Runnable work) {
    held.add(work);
  }

  /// Does all that was handed in, and what that hands in.
  public void release() {
    for (Runnable next = held.poll(); next != null; next = held.poll()) {
      next.run();
    }
  }

  @Override
  public void close() {}
}
