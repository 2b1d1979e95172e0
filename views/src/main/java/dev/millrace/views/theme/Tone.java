package dev.millrace.views.theme;

import java.util.List;
import java.util.Locale;
import javafx.css.Styleable;

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

  /// Gives this tone to what is shown, in place of the one it has; its other style classes stay,
  /// and nothing is styled anew when it has this tone already.
  public void dress(Styleable shown) {
    List<String> classes = shown.getStyleClass();
    if (classes.contains(styleClass())) {
      return;
    }
    for (Tone other : values()) {
      int place = classes.indexOf(other.styleClass());
      if (place >= 0) {
        classes.set(place, styleClass());
        return;
      }
    }
    classes.add(styleClass());
  }
}
