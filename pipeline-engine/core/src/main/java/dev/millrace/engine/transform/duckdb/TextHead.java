package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// The first bytes of a text file, unpacked: whether there are any, and what they tell of its
/// encoding.
///
/// @param bytes at most 64 KiB; those of a file packed by zstd are not looked into
/// @param whole whether that is all
record TextHead(byte[] bytes, boolean whole) {

  private static final int LENGTH = 64 * 1024;

  /// @throws MillraceException `FILE` when it cannot be read
  static TextHead of(Path file) {
    if (packedByZstd(file)) {
      return new TextHead(new byte[0], false);
    }
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(LENGTH);
      return new TextHead(bytes, bytes.length < LENGTH);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// Whether nothing but the engine itself unpacks it.
  static boolean packedByZstd(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zst");
  }

  /// The text from its beginning, unpacked.
  static InputStream open(Path file) throws IOException {
    InputStream stored = Files.newInputStream(file);
    try {
      return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz") && Files.size(file) > 0
          ? new GZIPInputStream(stored, LENGTH)
          : stored;
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  static MillraceException unreadable(Path file, IOException cause) {
    return new MillraceException(
        ErrorCode.FILE,
        file + " cannot be read: " + cause.getMessage(),
        "see that it is whole and that you may read it; nothing was judged",
        cause);
  }

  /// @throws MillraceException `FILE` when it is empty or in an encoding that is not read
  void require(Path file, boolean json) {
    if (starts(0xFF, 0xFE) || starts(0xFE, 0xFF)) {
      throw notRead(file, "UTF-16", "UTF-16");
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw notRead(file, "UTF-16, or no text", i % 2 == 1 ? "UTF-16LE" : "UTF-16BE");
      }
    }
    boolean marked = starts(0xEF, 0xBB, 0xBF);
    int from = marked ? 3 : 0;
    if (whole && new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).isBlank()) {
      throw new MillraceException(
          ErrorCode.FILE,
          file + " is empty: " + (json ? "there is no object" : "there is no header and no row"),
          "give a file with data; nothing was judged");
    }
    if (json && marked) {
      throw new MillraceException(
          ErrorCode.FILE,
          file + " begins with a byte order mark, which JSON has none of",
          "save it as UTF-8 without the mark, for example with: tail -c +4 F > G; nothing was"
              + " judged");
    }
  }

  /// As far as it was read.
  String firstLine() {
    return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  private boolean starts(int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /// The refusal of a file that an engine found not to be UTF-8.
  ///
  /// @param where in words, with a space before; empty when nothing tells
  static MillraceException notUtf8(Path file, String where, Throwable cause) {
    MillraceException plain = notRead(file, "Windows-1252 or Latin-1" + where, "WINDOWS-1252");
    return new MillraceException(plain.code(), plain.what(), plain.remedy(), cause);
  }

  private static MillraceException notRead(Path file, String probably, String name) {
    return new MillraceException(
        ErrorCode.FILE,
        file + " is not in UTF-8, but probably in " + probably,
        "save it as UTF-8, for example with: iconv -f "
            + name
            + " -t UTF-8 F > G; nothing was"
            + " judged");
  }
}
