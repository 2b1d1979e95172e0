package dev.millrace.views.desk;

import javafx.animation.AnimationTimer;

/// Beats with the screen, at most ten times a second. FX thread only.
public final class SnapshotPulse extends AnimationTimer {

  private static final long SHORTEST_NANOS = 100_000_000;

  private final Runnable beat;
  private long lastNanos = Long.MIN_VALUE;

  public SnapshotPulse(Runnable beat) {
    this.beat = beat;
  }

  @Override
  public void handle(long nanos) {
    if (lastNanos == Long.MIN_VALUE || nanos - lastNanos >= SHORTEST_NANOS) {
      lastNanos = nanos;
      beat.run();
    }
  }
}
