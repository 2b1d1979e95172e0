package dev.millrace.engine.error;

import org.jspecify.annotations.Nullable;

/// Failure a person can act on: what happened, and the remedy.
///
/// It is logged once, where it is finally caught, and shown without a stack trace.
public class MillraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String remedy;

  /// @param what what happened, in one sentence without a full stop, with its data
  /// @param remedy what the reader can do about it, in one sentence without a full stop
  public MillraceException(ErrorCode code, String what, String remedy) {
    this(code, what, remedy, null);
  }

  public MillraceException(ErrorCode code, String what, String remedy, @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
    this.remedy = remedy;
  }

  public ErrorCode code() {
    return code;
  }

  /// What happened; never null.
  public String what() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }

  public String remedy() {
    return remedy;
  }
}
