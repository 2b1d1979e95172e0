package dev.millrace.engine.ingest;

/// State of a stream worker; it goes through them in this order, and can fail from any.
public enum StreamState {
  NEW,
  STARTING,
  RUNNING,
  STOPPING,
  STOPPED,
  FAILED;

  /// Whether it has come to its end.
  public boolean ended() {
    return this == STOPPED || this == FAILED;
  }
}
