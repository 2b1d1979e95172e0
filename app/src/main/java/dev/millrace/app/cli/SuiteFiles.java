package dev.millrace.app.cli;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.SuiteSource;
import dev.millrace.engine.quality.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Suites as files of their own.
final class SuiteFiles {

  private SuiteFiles() {}

  /// @throws MillraceException `FILE` when it cannot be read
  static SuiteSource source(Path file) {
    try {
      return new SuiteSource(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The suite " + file + " cannot be read: " + e.getMessage(),
          "name a file with a Great Expectations suite",
          e);
    }
  }

  /// @throws MillraceException `FILE` when it cannot be written
  static void write(Suite suite, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, suite.json(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The suite cannot be written to " + file + ": " + e.getMessage(),
          "choose a file in a folder with write access",
          e);
    }
  }

  /// A suite's name from that of its data.
  static String nameFor(String data) {
    String name = data.replaceFirst(".*[/\\\\]", "").replaceFirst("\\.[a-z]+(\\.(gz|zst))?$", "");
    String words = name.replaceAll("[^A-Za-z0-9]+", "_");
    return (words.isEmpty() ? "data" : words) + "_profiled";
  }
}
