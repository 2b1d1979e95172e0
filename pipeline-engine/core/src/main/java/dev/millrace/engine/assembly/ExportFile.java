package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A file that a person asked rows to be written into. Any thread may call.
final class ExportFile {

  private ExportFile() {}

  /// What writes the rows.
  interface Rows {

    /// @param file its folder stands
    /// @return how many
    long into(Path file) throws IOException;
  }

  /// Makes the folder, has the rows written, and tells of it.
  ///
  /// @throws MillraceException `FILE` when it cannot be written
  static Answer.Written write(Path wanted, Rows rows) {
    long begun = System.nanoTime();
    try {
      Path file = CsvFile.place(wanted);
      long written = rows.into(file);
      return new Answer.Written(
          file, written, Files.size(file), Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException e) {
      throw CsvFile.notWritten(wanted, e);
    }
  }
}
