package dev.millrace.engine.lake.store;

import java.io.IOException;

/// A store that refused a request or did not answer, with what a person can do about it.
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /// @param what what happened, naming the place
  /// @param remedy what to do
  public StoreException(String what, String remedy, Throwable cause) {
    super(what, cause);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
