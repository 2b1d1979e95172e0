package dev.millrace.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// A clock whose hands move only by waiting.
public final class ManualTicker implements Ticker {

  public static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void await(long wait) {
    nanos.addAndGet(wait);
  }

  public Duration passed() {
    return Duration.ofNanos(nanos.get());
  }
}
