package dev.millrace.views.theme;

import java.util.Locale;

/// What a colour says; stylesheets give it the colour.
public enum Tone {
  MUTED,
  ACCENT,
  GOOD,
  WARNING,
  BAD;

  /// Style class, for example `tone-good`.
  public String styleClass() {
    return "tone-" + name().toLowerCase(Locale.ROOT);
  }
}
