package dev.millrace.engine.quality.quarantine;

import java.util.Locale;
import java.util.Optional;

/// What became of a row in quarantine.
public enum HeldState {
  /// It fails, and nobody decided yet.
  HELD,
  /// A person said that it is right as it is; it is judged no more.
  RELEASED,
  /// A person had its event taken out of Bronze.
  DISCARDED,
  /// It no longer fails, since the data or the suite was mended.
  MENDED;

  /// As the table holds it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state of this name, upper or lower case.
  public static Optional<HeldState> named(String text) {
    for (HeldState state : values()) {
      if (state.text().equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
