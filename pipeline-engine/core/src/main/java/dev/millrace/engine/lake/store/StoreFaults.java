package dev.millrace.engine.lake.store;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// What the disk refused, as failures a person can act on.
public final class StoreFaults {

  private static final String COMMITTED_STAYS = "nothing that was committed is lost";

  private StoreFaults() {}

  /// @param doing the work that failed, for example `Writing bronze.sensor_events`
  /// @param folder where it failed
  public static MillraceException of(String doing, Path folder, IOException cause) {
    return of(doing, folder.toString(), cause);
  }

  /// @param folder where it failed, as a person knows it
  public static MillraceException of(String doing, String folder, IOException cause) {
    if (cause instanceof InterruptedIOException || cause instanceof ClosedByInterruptException) {
      Thread.currentThread().interrupt();
      return new MillraceException(
          ErrorCode.CANCELLED, doing + " was cancelled", "start it again when wanted", cause);
    }
    if (cause instanceof StoreException store) {
      return new MillraceException(
          ErrorCode.SERVICE,
          doing + " failed: " + reason(store),
          store.remedy() + "; " + COMMITTED_STAYS,
          store);
    }
    String reason = reason(cause);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (cause instanceof AccessDeniedException
        || lower.contains("permission denied")
        || lower.contains("read-only file system")) {
      return new MillraceException(
          ErrorCode.FILE,
          doing + " failed: no write access to " + place(folder, cause),
          "give this user write access to it, or choose another home with --home",
          cause);
    }
    if (lower.contains("no space left")
        || lower.contains("not enough space")
        || lower.contains("quota exceeded")) {
      return new MillraceException(
          ErrorCode.FILE,
          doing + " failed: the disk of " + folder + " is full",
          "free space there and start again; " + COMMITTED_STAYS,
          cause);
    }
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return new MillraceException(
          ErrorCode.FILE,
          doing + " failed: " + reason + " is missing",
          "see whether something removed files below " + folder,
          cause);
    }
    return new MillraceException(
        ErrorCode.FILE,
        doing + " failed: " + reason,
        "see to the disk of " + folder + " and start again; " + COMMITTED_STAYS,
        cause);
  }

  private static String place(String folder, IOException cause) {
    return cause instanceof AccessDeniedException denied && denied.getFile() != null
        ? denied.getFile()
        : folder;
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
