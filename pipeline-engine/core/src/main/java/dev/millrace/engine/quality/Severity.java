package dev.millrace.engine.quality;

import java.util.Locale;
import java.util.Optional;

/// What a failed expectation means, as Great Expectations grades it.
public enum Severity {
  /// Stops what would come after, such as a load.
  CRITICAL,
  /// Is shown, and stops nothing.
  WARNING,
  /// Is kept for the record.
  INFO;

  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Severity> named(String jsonName) {
    for (Severity severity : values()) {
      if (severity.jsonName().equals(jsonName)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
