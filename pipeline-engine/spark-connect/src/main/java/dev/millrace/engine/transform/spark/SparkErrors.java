package dev.millrace.engine.transform.spark;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.sparkproject.io.grpc.Status;
import org.sparkproject.io.grpc.StatusRuntimeException;

/// Turns what Spark and the way to it say into failures a person can act on.
final class SparkErrors {

  private static final Pattern PLACE = Pattern.compile("\\bline (\\d+)[,]? pos(?:ition)? ?\\d+");

  private SparkErrors() {}

  /// @param address host and port of the server
  /// @param sql the author's SQL that ran, or nothing
  static MillraceException of(Throwable cause, String address, String sql) {
    if (cause instanceof MillraceException known) {
      return known;
    }
    String message = text(cause);
    if (message.contains("[OPERATION_CANCELED]") || status(cause, Status.Code.CANCELLED)) {
      return new MillraceException(
          ErrorCode.CANCELLED, "The SQL was cancelled", "nothing was changed; run it again", cause);
    }
    if (cause instanceof IllegalAccessException
        || message.contains("sun.misc.Unsafe or java.nio.DirectByteBuffer")
        || message.contains("does not \"opens java.nio\"")) {
      return new MillraceException(
          ErrorCode.MACHINE,
          "Spark's client may not reach into java.nio",
          "start with ./millrace, or give Java --add-opens=java.base/java.nio=ALL-UNNAMED",
          cause);
    }
    Optional<MillraceException> way = way(cause, message, address);
    if (way.isPresent()) {
      return way.get();
    }
    if (message.contains("[PATH_NOT_FOUND]") || message.contains("[FAILED_READ_FILE")) {
      return new MillraceException(
          ErrorCode.LAKE,
          "Spark at " + address + " does not find the lake's files: " + firstLine(message),
          "let the cluster reach the lake, and let spark.lake say where it lies there; nothing was"
              + " changed",
          cause);
    }
    OptionalInt line = line(cause, message);
    String place =
        line.isPresent() && line.getAsInt() > 0
            ? ", line " + line.getAsInt() + ": " + lineOf(sql, line.getAsInt())
            : "";
    return new MillraceException(
        ErrorCode.SQL, firstLine(message) + place, "mend the SQL; nothing was changed", cause);
  }

  static MillraceException unreachable(String address, Throwable cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "No Spark Connect server answers at " + address + ": " + cause.getMessage(),
        "start one, or set spark.connect to where it runs; the tables stand as they were",
        cause);
  }

  /// A failure of the connection rather than of the SQL.
  private static Optional<MillraceException> way(Throwable cause, String message, String address) {
    if (status(cause, Status.Code.UNAUTHENTICATED)
        || status(cause, Status.Code.PERMISSION_DENIED)) {
      return Optional.of(
          new MillraceException(
              ErrorCode.SERVICE,
              "Spark at " + address + " refuses us: " + firstLine(message),
              "see the token in the variable that spark.connect names; nothing was changed",
              cause));
    }
    if (message.contains("[INVALID_HANDLE.SESSION")) {
      return Optional.of(
          new MillraceException(
              ErrorCode.SERVICE,
              "Spark at " + address + " no longer knows this session; it was started anew",
              "run it again; the tables stand as they were",
              cause));
    }
    if (status(cause, Status.Code.UNIMPLEMENTED)) {
      return Optional.of(
          new MillraceException(
              ErrorCode.SERVICE,
              "What answers at " + address + " is no Spark Connect server: " + firstLine(message),
              "set spark.connect to the Connect port (15002 unless changed)",
              cause));
    }
    // Whatever else the call says of itself, without an error of Spark's in it: the way broke.
    if (Stream.of(Status.Code.values()).anyMatch(code -> status(cause, code))) {
      return Optional.of(
          new MillraceException(
              ErrorCode.SERVICE,
              "The connection to Spark at " + address + " was lost: " + firstLine(message),
              "see that the server runs and run it again; the tables stand as they were",
              cause));
    }
    return Optional.empty();
  }

  /// Whether the call itself ended so. The client puts it into words when it carries no detail of
  /// Spark's, as `…StatusRuntimeException: UNAVAILABLE: io exception`.
  private static boolean status(Throwable cause, Status.Code code) {
    String words = StatusRuntimeException.class.getName() + ": " + code;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if ((each instanceof StatusRuntimeException rpc && rpc.getStatus().getCode() == code)
          || text(each).startsWith(words)) {
        return true;
      }
    }
    return false;
  }

  private static OptionalInt line(Throwable cause, String message) {
    if (cause instanceof AnalysisException analysis && analysis.line().isDefined()) {
      return OptionalInt.of((Integer) analysis.line().get());
    }
    Matcher place = PLACE.matcher(message);
    if (place.find()) {
      return OptionalInt.of(Integer.parseInt(place.group(1)));
    }
    if (cause instanceof SparkThrowable known) {
      for (QueryContext context : known.getQueryContext()) {
        Matcher summary = PLACE.matcher(context.summary().toLowerCase(Locale.ROOT));
        if (summary.find()) {
          return OptionalInt.of(Integer.parseInt(summary.group(1)));
        }
      }
    }
    return OptionalInt.empty();
  }

  private static String lineOf(String sql, int line) {
    List<String> lines = sql.lines().toList();
    return line <= lines.size() ? lines.get(line - 1).strip() : "";
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.toString() : message;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
