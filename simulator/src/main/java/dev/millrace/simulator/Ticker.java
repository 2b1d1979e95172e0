package dev.millrace.simulator;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// The clocks that events are paced by; a test turns the hands itself.
public interface Ticker {

  /// Time of day, for event times.
  Instant now();

  /// Nanoseconds that only ever grow, for pacing.
  long nanos();

  /// Waits about this long; less when the thread is unparked or interrupted.
  void await(long nanos);

  /// The machine's.
  static Ticker system() {
    return new Ticker() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void await(long nanos) {
        LockSupport.parkNanos(this, nanos);
      }
    };
  }
}
