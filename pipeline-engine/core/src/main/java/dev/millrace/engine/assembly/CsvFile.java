package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows being written as RFC 4180 has them, UTF-8. For one thread.
final class CsvFile {

  private static final int TELL_EVERY = 50_000;

  private final Writer out;
  private final Path file;
  private final Progress progress;
  private long rows;

  private CsvFile(Writer out, Path file, Progress progress) {
    this.out = out;
    this.file = file;
    this.progress = progress;
  }

  /// What writes the head and the rows.
  interface Source {
    void into(CsvFile csv);
  }

  /// Writes a file, in place of an earlier one once it is whole.
  ///
  /// @param file as {@link #place} gave it
  /// @return rows, without the head
  static long write(Path file, Progress progress, Source source) throws IOException {
    Path draft = Files.createTempFile(file.getParent(), ".export", ".csv");
    try {
      CsvFile csv;
      try (Writer out = Files.newBufferedWriter(draft)) {
        csv = new CsvFile(out, file, progress);
        source.into(csv);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      return csv.rows;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// A file that is to be written; its folder is made.
  static Path place(Path wanted) throws IOException {
    Path file = wanted.toAbsolutePath();
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return file;
  }

  static MillraceException notWritten(Path file, IOException cause) {
    return new MillraceException(
        ErrorCode.FILE,
        "The file " + file + " cannot be written: " + cause.getMessage(),
        "choose a folder that can be written to; nothing else was changed",
        cause);
  }

  void head(List<String> names) {
    line(names);
  }

  void row(List<Object> values) {
    line(values);
    rows++;
    if (rows % TELL_EVERY == 0) {
      progress.report("writing " + file.getFileName(), rows, 0);
    }
  }

  private void line(List<?> values) {
    try {
      for (int i = 0; i < values.size(); i++) {
        out.append(i == 0 ? "" : ",").append(quoted(text(values.get(i))));
      }
      out.append("\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
