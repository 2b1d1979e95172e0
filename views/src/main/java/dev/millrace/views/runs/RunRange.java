package dev.millrace.views.runs;

import java.time.Duration;
import java.util.Optional;

/// How far back the grid of runs reaches.
public enum RunRange {
  HOURS_6("6 h", Duration.ofHours(6)),
  DAY("24 h", Duration.ofDays(1)),
  WEEK("7 d", Duration.ofDays(7)),
  ALL("All", null);

  private final String words;
  private final Optional<Duration> span;

  RunRange(String words, @org.jspecify.annotations.Nullable Duration span) {
    this.words = words;
    this.span = Optional.ofNullable(span);
  }

  public String words() {
    return words;
  }

  /// Empty for no bound.
  public Optional<Duration> span() {
    return span;
  }
}
