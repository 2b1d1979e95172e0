package dev.millrace.views.runs;

import dev.millrace.views.theme.Tone;

/// How grave a line of a run's log is.
public enum LogLevel {
  INFO("All lines", Tone.ACCENT),
  WARN("Warnings", Tone.WARNING),
  ERROR("Errors", Tone.BAD);

  private final String words;
  private final Tone tone;

  LogLevel(String words, Tone tone) {
    this.words = words;
    this.tone = tone;
  }

  /// What is shown when at least this is asked for.
  public String words() {
    return words;
  }

  public Tone tone() {
    return tone;
  }
}
