package dev.millrace.engine.quality.quarantine;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What became of a row in quarantine.
public enum KeptState {
  /// It fails, and nobody decided yet. It holds the load where its consequence says so.
  OPEN,
  /// A person said that it is right as it is; it is judged no more.
  RELEASED,
  /// A person had its event taken out of Bronze.
  DISCARDED,
  /// It no longer fails, since the data or the suite was mended.
  MENDED;

  /// As the table has it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// SQL that says of a row of a quarantine table whether it is in one of these states, never null.
  /// A state that no version of ours wrote counts as open.
  static String predicate(Collection<KeptState> wanted) {
    Stream<KeptState> asked = wanted.contains(OPEN) ? others(wanted) : wanted.stream();
    String names =
        asked.map(KeptState::text).sorted().collect(Collectors.joining("', '", "('", "')"));
    String in = wanted.contains(OPEN) ? " NOT IN " : " IN ";
    return wanted.size() == values().length ? "TRUE" : "quarantine_state" + in + names;
  }

  private static Stream<KeptState> others(Collection<KeptState> wanted) {
    return Arrays.stream(values()).filter(state -> !wanted.contains(state));
  }

  /// The state of this name, upper or lower case.
  public static Optional<KeptState> named(String text) {
    for (KeptState state : values()) {
      if (state.text().equals(text.toLowerCase(Locale.ROOT))) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
