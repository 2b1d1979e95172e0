package dev.millrace.views.letters;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far back dead letters are on show.
public enum LetterAge {
  HOUR("1 h", Duration.ofHours(1)),
  DAY("24 h", Duration.ofDays(1)),
  WEEK("7 d", Duration.ofDays(7)),
  ALL("All", null);

  private final String words;
  private final Optional<Duration> span;

  LetterAge(String words, @Nullable Duration span) {
    this.words = words;
    this.span = Optional.ofNullable(span);
  }

  public String words() {
    return words;
  }

  /// Empty for no bound.
  Optional<Duration> span() {
    return span;
  }
}
