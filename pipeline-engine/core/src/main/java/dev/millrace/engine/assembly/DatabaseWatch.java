package dev.millrace.engine.assembly;

import dev.millrace.engine.model.DatabaseKeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Sees within a moment that the database's server has ended or lives again, without asking it, on
/// a thread of its own: who waits for an answer of the server meanwhile is not waited for.
final class DatabaseWatch implements AutoCloseable {

  private final DatabaseKeeper keeper;
  private final Duration period;
  private final Consumer<Optional<String>> moved;
  private final Thread thread;

  /// @param moved hears on the watching thread why the server has ended, or empty when it lives
  ///   again
  DatabaseWatch(DatabaseKeeper keeper, Duration period, Consumer<Optional<String>> moved) {
    this.keeper = keeper;
    this.period = period;
    this.moved = moved;
    this.thread = Thread.ofVirtual().name("engine-database-watch").unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  private void watch() {
    Optional<String> fault = Optional.empty();
    try {
      while (true) {
        Optional<String> now = keeper.databaseFault();
        if (!now.equals(fault)) {
          fault = now;
          moved.accept(now);
        }
        Thread.sleep(period);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
