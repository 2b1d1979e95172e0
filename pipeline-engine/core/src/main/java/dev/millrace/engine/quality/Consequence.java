package dev.millrace.engine.quality;

import java.util.Locale;
import java.util.Optional;

/// What follows when an expectation is not met.
///
/// By its severity: `critical` stops the flow, `warning` warns, `info` is kept for the record. An
/// expectation may say otherwise in its `meta`: `"on_failure": "stop_load"`.
public enum Consequence {
  /// It is kept and shown.
  RECORD,
  /// People are told.
  WARN,
  /// The warehouse keeps what it has until the table meets its expectations, or a person releases
  /// the rows that do not; everything else goes on.
  STOP_LOAD,
  /// The step fails, and no later one of the flow runs.
  STOP_FLOW;

  /// Key in an expectation's `meta`.
  public static final String META_KEY = "on_failure";

  /// As a suite writes it, for example `stop_load`.
  public String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The consequence of this name.
  public static Optional<Consequence> named(String jsonName) {
    for (Consequence consequence : values()) {
      if (consequence.jsonName().equals(jsonName)) {
        return Optional.of(consequence);
      }
    }
    return Optional.empty();
  }

  static Consequence of(ExpectationConfig config) {
    return Optional.ofNullable(config.meta().get(META_KEY))
        .flatMap(told -> named(told.toString()))
        .orElse(
            switch (config.severity()) {
              case CRITICAL -> STOP_FLOW;
              case WARNING -> WARN;
              case INFO -> RECORD;
            });
  }
}
