package dev.millrace.engine.flow;

/// State of a run or of one of its steps.
public enum RunState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /// Not run, because an earlier step did not succeed.
  SKIPPED
}
