package dev.millrace.engine.warehouse.jdbc;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Every failure of a warehouse that a person reads.
public final class WarehouseErrors {

  private static final String KEPT = "; the warehouse stands as before";

  private WarehouseErrors() {}

  public static MillraceException notReachable(SQLException cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The warehouse does not answer: " + text(cause),
        "check that it runs and that user and password are right",
        cause);
  }

  public static MillraceException tooOld(int version) {
    return new MillraceException(
        ErrorCode.WAREHOUSE,
        "The warehouse is PostgreSQL " + version + ", which has no MERGE",
        "use PostgreSQL 15 or newer");
  }

  public static MillraceException sourceMissing(TableName from, String target) {
    return new MillraceException(
        ErrorCode.LAKE,
        "There is no " + from + " in the lake yet, from which " + target + " is loaded",
        "run the transform that builds " + from + " first");
  }

  public static MillraceException columnMissing(String target, TableName from, String column) {
    return new MillraceException(
        ErrorCode.DEFINITION,
        from + " has no column " + column + ", which the load of " + target + " needs",
        "name a column of " + from + " in the pipeline's warehouse section");
  }

  public static MillraceException notPartitionedBy(String target, TableName from, String column) {
    return new MillraceException(
        ErrorCode.DEFINITION,
        target + " replaces by " + column + ", but " + from + " is not partitioned by it",
        "partition " + from + " by " + column + ", or merge " + target + " instead");
  }

  public static MillraceException shapeDiffers(String target, List<String> differences) {
    return new MillraceException(
        ErrorCode.WAREHOUSE,
        target
            + " in the warehouse differs from the lake table it is loaded from: "
            + String.join("; ", differences),
        "change it by hand to match, or drop it: the next load makes it anew and fills it");
  }

  public static MillraceException keyHeldTwice(String target, SQLException cause) {
    return new MillraceException(
        ErrorCode.WAREHOUSE,
        "Two rows for " + target + " have one key: " + text(cause) + KEPT,
        "choose key columns that name one row each, or mend the SQL that builds it",
        cause);
  }

  public static MillraceException keyMissing(String target, SQLException cause) {
    return new MillraceException(
        ErrorCode.WAREHOUSE,
        "A row for " + target + " lacks a part of its key: " + text(cause) + KEPT,
        "keep nulls out of the key columns in the SQL that builds it",
        cause);
  }

  public static MillraceException refused(String what, SQLException cause) {
    if (isLost(cause)) {
      return new MillraceException(
          ErrorCode.SERVICE,
          "The connection to the warehouse was lost " + what + ": " + text(cause) + KEPT,
          "load again when it answers",
          cause);
    }
    return new MillraceException(
        ErrorCode.WAREHOUSE,
        "The warehouse failed " + what + ": " + text(cause) + KEPT,
        "mend what it names, then load again",
        cause);
  }

  public static MillraceException cancelled() {
    return new MillraceException(
        ErrorCode.CANCELLED, "The load was cancelled" + KEPT, "load again at any time");
  }

  /// A commit was sent and nothing says what became of it.
  static MillraceException unknown(String pipeline, SQLException cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The connection to the warehouse was lost while a load of "
            + pipeline
            + " was committed, and it does not answer; the load stands whole or not at all",
        "load again when it answers: a load that stands is not repeated",
        cause);
  }

  public static MillraceException locked(
      String what, Duration patience, String holders, SQLException cause) {
    return new MillraceException(
        ErrorCode.WAREHOUSE,
        "A table was locked for %,d s %s%s%s"
            .formatted(
                patience.toSeconds(),
                what,
                holders.isEmpty() ? "" : "; it is held by " + holders,
                KEPT),
        "let the holder end, or end its session, then load again",
        cause);
  }

  /// Whether the transaction was chosen to fail for another's sake.
  public static boolean isConflict(SQLException cause) {
    return "40001".equals(cause.getSQLState()) || "40P01".equals(cause.getSQLState());
  }

  /// Whether the connection is gone, and with it whatever was not committed.
  public static boolean isLost(SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  public static String text(SQLException cause) {
    String message = cause.getMessage();
    return message == null
        ? "SQL state " + cause.getSQLState()
        : message.strip().replaceAll("\\s*\\n\\s*", " ");
  }
}
