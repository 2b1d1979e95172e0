package dev.millrace.views.letters;

import dev.millrace.views.theme.Tone;

/// What the engine says of the text in the editor.
///
/// @param from first character of what is at fault
/// @param to behind its last; equal to `from` when nothing is at fault
public record Judgement(Tone tone, String words, int from, int to) {

  static final Judgement NONE = new Judgement(Tone.MUTED, "", 0, 0);

  boolean faulty() {
    return to > from;
  }
}
