package dev.millrace.embedded;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Every failure of the embedded services that a person reads.
final class ServiceErrors {

  private ServiceErrors() {}

  static MillraceException homeNotUsable(Path folder, IOException cause) {
    return new MillraceException(
        ErrorCode.HOME,
        "The home cannot be used: " + folder + " cannot be written (" + reason(cause) + ")",
        "give yourself write access to it, or choose another home with --home DIR",
        cause);
  }

  static MillraceException fileFailed(String what, Path file, IOException cause) {
    if (diskIsFull(cause)) {
      return new MillraceException(
          ErrorCode.FILE,
          what + " failed, because the disk of " + file + " is full",
          "make room on that disk, then start again; what was written before is kept",
          cause);
    }
    return new MillraceException(
        ErrorCode.FILE,
        what + " failed at " + file + " (" + reason(cause) + ")",
        "check that the path exists and that you may read and write it",
        cause);
  }

  static MillraceException noRoom(Path folder, long freeMiB, long neededMiB) {
    return new MillraceException(
        ErrorCode.FILE,
        "The disk of " + folder + " has " + freeMiB + " MiB left; the services need " + neededMiB,
        "make room on that disk, or choose a home on another one with --home DIR");
  }

  static MillraceException portTaken(String key, int port, Path settings) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "Port " + port + ", asked for by " + key + " in " + settings + ", is taken",
        "end the program that uses it, write another port, or remove the line and let Millrace"
            + " choose");
  }

  static MillraceException noPort(IOException cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "No free port on 127.0.0.1 (" + reason(cause) + ")",
        "check that the loopback interface is up",
        cause);
  }

  static MillraceException unsupportedMachine(String os, String arch) {
    return new MillraceException(
        ErrorCode.MACHINE,
        "There is no embedded PostgreSQL for " + os + " on " + arch,
        "use Linux (x86-64, ARM 64), macOS or Windows (x86-64)");
  }

  static MillraceException binariesMissing(String resource) {
    return new MillraceException(
        ErrorCode.MACHINE,
        "The PostgreSQL archive " + resource + " is not on the class path",
        "build Millrace with the PostgreSQL binaries of this machine's kind");
  }

  static MillraceException rootRefused(String output) {
    return new MillraceException(
        ErrorCode.MACHINE,
        "PostgreSQL does not run as root, and 'unshare -U', which would give it another user,"
            + " failed"
            + (output.isBlank() ? "" : " (" + output.strip() + ")"),
        "run Millrace as an ordinary user, or install util-linux and allow user namespaces");
  }

  static MillraceException toolFailed(String tool, String output) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "PostgreSQL's " + tool + " failed:\n" + output.strip().indent(2).stripTrailing(),
        "mend what it names, then start again; no data was changed");
  }

  static MillraceException toolNotStarted(String tool, Path file, IOException cause) {
    return new MillraceException(
        ErrorCode.MACHINE,
        "PostgreSQL's " + tool + " cannot be run on this machine (" + reason(cause) + ")",
        "check that "
            + file
            + " may be executed (no noexec mount) and, on Linux, that the system has glibc",
        cause);
  }

  static MillraceException postgresNotStarted(Path log, String lastLines) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "PostgreSQL did not start. The end of its log:\n"
            + lastLines.strip().indent(2).stripTrailing(),
        "mend what the log names (whole log: " + log + "), then start again");
  }

  static MillraceException leftBehind(Path data, Duration waited) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "PostgreSQL has ended, but processes of it still work in "
            + data
            + " after "
            + waited.toSeconds()
            + " seconds; it was not started beside them, and its data was not touched",
        "end those processes, then start it again");
  }

  static MillraceException servicesClosed() {
    return new MillraceException(
        ErrorCode.SERVICE, "The services have been stopped", "start Millrace again");
  }

  static MillraceException notOurs(long owner) {
    return new MillraceException(
        ErrorCode.USAGE,
        "The database is run by process " + owner + ", and only that can start it again",
        "end that process, for example `millrace services`, and start it again");
  }

  static MillraceException postgresNotAnswering(String jdbcUrl, @Nullable Throwable cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "PostgreSQL runs but refuses a connection to "
            + jdbcUrl
            + (cause == null ? "" : " (" + cause.getMessage() + ")"),
        "check that the password file beside its data is the one it was made with",
        cause);
  }

  static MillraceException passwordLost(Path file, Path data) {
    return new MillraceException(
        ErrorCode.HOME,
        "The password of the database in " + data + " is lost: " + file + " is missing",
        "put that file back, or move " + data + " away to begin with an empty database");
  }

  static MillraceException strangerHoldsData(long pid, Path pidFile) {
    return new MillraceException(
        ErrorCode.HOME,
        "Process " + pid + " may be a PostgreSQL server on this home's data, but does not answer",
        "end process " + pid + " if it is PostgreSQL; if it is not, delete " + pidFile);
  }

  static MillraceException kafkaNotStarted(@Nullable Throwable cause, Path data) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The Kafka broker did not start: " + (cause == null ? "unknown" : rootMessage(cause)),
        "see the log; if its data is damaged, move " + data + " away to begin with empty topics",
        cause);
  }

  static MillraceException s3NotStarted(Path folder, Exception cause) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The S3 server did not start: " + rootMessage(cause),
        "see the log; its objects lie untouched in " + folder,
        cause);
  }

  static MillraceException withoutS3(Path services) {
    return without(services, "S3");
  }

  static MillraceException withoutRedshift(Path services) {
    return without(services, "stand-in for Redshift");
  }

  private static MillraceException without(Path services, String service) {
    return new MillraceException(
        ErrorCode.SERVICE,
        "The services that run in %s have no %s, which settings.yaml names"
            .formatted(services, service),
        "stop them and start them again: they start it as settings.yaml says");
  }

  static MillraceException heldButSilent(Path services, String holder, Duration waited) {
    return new MillraceException(
        ErrorCode.HOME,
        "The home's services are held by "
            + holder
            + ", but did not answer within "
            + waited.toSeconds()
            + " seconds ("
            + services
            + ")",
        "wait until they are up, end that process, or choose another home with --home DIR");
  }

  static MillraceException cancelled() {
    return new MillraceException(
        ErrorCode.CANCELLED, "Starting the services was cancelled", "start again at any time");
  }

  static MillraceException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new MillraceException(
        ErrorCode.CANCELLED,
        "Starting the services was interrupted",
        "start again at any time",
        cause);
  }

  private static boolean diskIsFull(IOException cause) {
    String message = cause.getMessage();
    return message != null
        && (message.contains("No space left") || message.contains("not enough space"));
  }

  private static String reason(IOException cause) {
    String kind =
        switch (cause) {
          case java.nio.file.AccessDeniedException _ -> "access denied";
          case java.nio.file.FileAlreadyExistsException e -> e.getFile() + " is a file";
          case java.nio.file.NotDirectoryException _ -> "a part of the path is a file";
          case java.nio.file.NoSuchFileException e -> e.getFile() + " does not exist";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> cause.getMessage();
        };
    return kind == null ? cause.getClass().getSimpleName() : kind;
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }
}
