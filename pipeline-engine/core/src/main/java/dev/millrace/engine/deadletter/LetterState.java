package dev.millrace.engine.deadletter;

import java.util.Locale;
import java.util.Optional;

/// What became of a dead letter. The names stand in the tables and stay.
public enum LetterState {
  /// Nobody has dealt with it.
  NEW,
  /// A replay has claimed it; whether it was sent is told by the topic.
  REPLAYING,
  /// It was sent to its topic again, once.
  REPLAYED,
  /// A person decided that it is not wanted; can be undone.
  DISCARDED;

  /// As it stands in the table.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<LetterState> named(String text) {
    for (LetterState state : values()) {
      if (state.text().equals(text)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
