package dev.millrace.views.letters;

import dev.millrace.engine.deadletter.LetterState;
import java.util.Set;

/// Which states of dead letters are on show.
public enum LetterScope {
  NEW("New", Set.of(LetterState.NEW)),
  REPLAYED("Replayed", Set.of(LetterState.REPLAYED, LetterState.REPLAYING)),
  DISCARDED("Discarded", Set.of(LetterState.DISCARDED)),
  ALL("All", Set.of());

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed.
  private final Set<LetterState> states;

  LetterScope(String words, Set<LetterState> states) {
    this.words = words;
    this.states = states;
  }

  public String words() {
    return words;
  }

  /// Empty for every state.
  Set<LetterState> states() {
    return states;
  }
}
