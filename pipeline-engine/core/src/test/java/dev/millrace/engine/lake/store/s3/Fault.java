package dev.millrace.engine.lake.store.s3;

/// What a way to S3 can do to a request.
public enum Fault {
  /// Answered 500 and not passed on.
  INTERNAL_ERROR,
  /// Answered 503 SlowDown and not passed on.
  SLOW_DOWN,
  /// Answered 409 ConditionalRequestConflict and not passed on; for writes only.
  CONFLICT,
  /// The connection is reset before the request is passed on.
  RESET,
  /// Passed on and done; the connection is reset instead of the answer.
  LOST_ANSWER,
  /// Passed on; half of the answer's body comes, then the connection ends.
  TRUNCATED,
  /// Passed on; half of the answer comes, and the rest never does.
  STALLED,
  /// Answered 400 ExpiredToken and not passed on.
  EXPIRED
}
