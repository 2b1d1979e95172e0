package dev.millrace.engine.ingest;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;

/// Faults of ours, told as such.
final class Internal {

  private Internal() {}

  static MillraceException fault(String where, Throwable cause) {
    return cause instanceof MillraceException known
        ? known
        : new MillraceException(
            ErrorCode.INTERNAL,
            "The stream's " + where + " failed: " + cause,
            "start the stream again, and report this with the log if it comes back",
            cause);
  }
}
