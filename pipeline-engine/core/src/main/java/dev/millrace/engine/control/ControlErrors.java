package dev.millrace.engine.control;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.ServiceEndpoints;
import java.sql.SQLException;

/// Every failure of the control database that a person reads.
final class ControlErrors {

  private ControlErrors() {}

  static MillraceException notReachable(ServiceEndpoints endpoints, Exception cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The control database at " + endpoints.jdbcUrl() + " does not answer: " + text(cause),
        "check that it runs and that user and password are right",
        cause);
  }

  static MillraceException notMigrated(Exception cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The control database's tables could not be brought up to date: " + text(cause),
        "check that its user may create tables, and that no newer Millrace has changed them",
        cause);
  }

  static MillraceException failed(String what, SQLException cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The control database failed " + what + ": " + text(cause),
        "check that it runs and has room on its disk, then try again",
        cause);
  }

  static MillraceException runNotOpen(long run) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "Run " + run + " is not open: it is unknown, finished, or was ended by another process",
        "start the flow again");
  }

  private static String text(Exception cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.strip();
  }
}
