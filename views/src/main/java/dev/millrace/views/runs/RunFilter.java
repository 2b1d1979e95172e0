package dev.millrace.views.runs;

import dev.millrace.engine.flow.RunState;

/// Which runs the list shows.
public enum RunFilter {
  ALL("All"),
  FAILED("Failed"),
  OPEN("Open");

  private final String words;

  RunFilter(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  boolean means(RunState state) {
    return switch (this) {
      case ALL -> true;
      case FAILED -> state == RunState.FAILED || state == RunState.CANCELLED;
      case OPEN -> state == RunState.RUNNING || state == RunState.QUEUED;
    };
  }
}
