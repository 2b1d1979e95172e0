package dev.millrace.engine.warehouse.jdbc;

import java.sql.SQLException;

/// Carries a database's failure out of a callback that may not throw it.
public final class CopyFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final SQLException cause;

  public CopyFailed(SQLException cause) {
    super(cause);
    this.cause = cause;
  }

  SQLException cause() {
    return cause;
  }
}
