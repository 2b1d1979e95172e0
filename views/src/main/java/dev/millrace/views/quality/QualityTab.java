package dev.millrace.views.quality;

import java.util.Locale;
import java.util.Optional;

/// Sides of the chosen table's quality.
enum QualityTab {
  RESULTS("Results"),
  HISTORY("History"),
  QUARANTINE("Quarantine"),
  PROFILE("Profile"),
  SUITE("Suite");

  private final String words;

  QualityTab(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Optional<QualityTab> named(String text) {
    for (QualityTab tab : values()) {
      if (tab.name().equals(text.toUpperCase(Locale.ROOT))) {
        return Optional.of(tab);
      }
    }
    return Optional.empty();
  }
}
