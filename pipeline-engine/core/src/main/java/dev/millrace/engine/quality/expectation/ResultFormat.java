package dev.millrace.engine.quality.expectation;

import java.util.Locale;

/// How much a result tells, as Great Expectations names it.
public enum ResultFormat {
  /// The verdict alone.
  BOOLEAN_ONLY,
  /// Counts and some unexpected values.
  BASIC,
  /// Also how often each of those stands.
  SUMMARY,
  /// Also all unexpected values.
  COMPLETE;

  static ResultFormat named(String name) {
    for (ResultFormat format : values()) {
      if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new WrongArgument(
        "result_format is '" + name + "'; write BOOLEAN_ONLY, BASIC, SUMMARY or COMPLETE");
  }
}
