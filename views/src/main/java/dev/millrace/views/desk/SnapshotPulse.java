package dev.millrace.views.desk;

import javafx.animation.AnimationTimer;

/// Beats with the screen, at most ten times a second. FX thread only.
///
/// Between two frames and not in one: what a beat changes is laid out in the frame after it, so the
/// thread is never held up by both at once.
public final class SnapshotPulse extends AnimationTimer {

  private static final long SHORTEST_NANOS = 100_000_000;

  private final Runnable beat;
  private final UiThread between;
  private boolean running;
  private long lastNanos = Long.MIN_VALUE;

  public SnapshotPulse(Runnable beat, UiThread between) {
    this.beat = beat;
    this.between = between;
  }

  @Override
  public void handle(long nanos) {
    if (lastNanos == Long.MIN_VALUE || nanos - lastNanos >= SHORTEST_NANOS) {
      lastNanos = nanos;
      between.run(this::beat);
    }
  }

  private void beat() {
    if (running) {
      beat.run();
    }
  }

  @Override
  public void start() {
    running = true;
    super.start();
  }

  @Override
  public void stop() {
    running = false;
    super.stop();
  }
}
