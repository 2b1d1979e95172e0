package dev.millrace.engine.quality.expectation;

/// An expectation that cannot be judged as it is written; becomes an error result with this reason.
public final class WrongArgument extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongArgument(String reason) {
    super(reason);
  }

  /// The reason, for people.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
