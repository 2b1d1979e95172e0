package dev.millrace.app.session;

import java.util.StringJoiner;

/// How long each part of a start took, one after another, for the log. One thread at a time.
public final class Phases {

  private final long begun = System.nanoTime();
  private final StringJoiner told = new StringJoiner(", ");
  private long last = begun;

  /// The part since the last one is done.
  public void done(String part) {
    long now = System.nanoTime();
    told.add("%s %d ms".formatted(part, (now - last) / 1_000_000));
    last = now;
  }

  /// All parts, and the milliseconds together.
  @Override
  public String toString() {
    return "%d ms: %s".formatted((last - begun) / 1_000_000, told);
  }
}
