package dev.millrace.views.shell;

import dev.millrace.views.theme.Tone;
import java.util.Optional;

/// Something about the whole pipeline that a person must know: what it is, and the remedy.
public record Notice(Tone tone, String what, String remedy, Optional<Action> action) {

  /// The next step, offered as a button.
  public record Action(String label, Runnable run) {}

  /// Whether a person would see any difference.
  boolean reads(Notice other) {
    return tone == other.tone
        && what.equals(other.what)
        && remedy.equals(other.remedy)
        && action.map(Action::label).equals(other.action.map(Action::label));
  }
}
