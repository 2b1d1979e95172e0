package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Refuses a file that is no whole Parquet: one begins and ends with the letters `PAR1`, and what
/// stands before the last of them tells what is in it.
final class ParquetEnds {

  private static final String MARK = "PAR1";

  private ParquetEnds() {}

  /// @throws MillraceException `FILE`
  static void require(Path file) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long length = bytes.length();
      if (length == 0) {
        throw refused(file, "is empty", "give a file with data; nothing was judged", null);
      }
      if (!mark(bytes, 0).equals(MARK)) {
        throw refused(
            file,
            "is no Parquet file: it does not begin with PAR1",
            "see what made it; a CSV or JSON is read by that ending of its name; nothing was judged",
            null);
      }
      if (length < 12 || !mark(bytes, length - MARK.length()).equals(MARK)) {
        throw refused(
            file,
            "is cut off after %,d bytes: the end, which tells what is in a Parquet file, is missing"
                .formatted(length),
            "copy or write it again to its end; nothing was judged",
            null);
      }
    } catch (IOException e) {
      throw TextHead.unreadable(file, e);
    }
  }

  private static String mark(RandomAccessFile bytes, long at) throws IOException {
    byte[] read = new byte[(int) Math.min(MARK.length(), bytes.length())];
    bytes.seek(at);
    bytes.readFully(read);
    return new String(read, StandardCharsets.US_ASCII);
  }

  /// The refusal of a file whose ends stand, and that the engine cannot read.
  ///
  /// @param told the engine's words
  static MillraceException damaged(Path file, String told, Throwable cause) {
    return refused(
        file,
        "is damaged: it ends as a Parquet file does, but what it says of itself cannot be read ("
            + told.lines().findFirst().orElse("").strip()
            + ")",
        "copy or write it again; nothing was judged",
        cause);
  }

  private static MillraceException refused(
      Path file, String fault, String remedy, @org.jspecify.annotations.Nullable Throwable cause) {
    String what = file + " " + fault;
    return cause == null
        ? new MillraceException(ErrorCode.FILE, what, remedy)
        : new MillraceException(ErrorCode.FILE, what, remedy, cause);
  }
}
