package dev.millrace.views.runs;

import java.time.Instant;

/// One line of a run's log.
///
/// @param step step it is about; empty for the run's own lines
/// @param time as people read it
public record LogLine(Instant at, String time, LogLevel level, String step, String text) {

  /// As it is copied.
  public String plain() {
    return "%s  %-5s  %s%s".formatted(time, level, step.isEmpty() ? "" : step + ": ", text);
  }
}
