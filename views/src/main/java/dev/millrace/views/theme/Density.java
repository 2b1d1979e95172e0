package dev.millrace.views.theme;

import java.util.Locale;

/// How much room rows and controls take.
public enum Density {
  COMFORTABLE("Comfortable"),
  COMPACT("Compact");

  private final String words;

  Density(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /// Style class the console's root carries.
  public String styleClass() {
    return "density-" + name().toLowerCase(Locale.ROOT);
  }
}
