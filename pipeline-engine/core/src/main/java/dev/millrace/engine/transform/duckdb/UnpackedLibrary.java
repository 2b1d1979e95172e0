package dev.millrace.engine.transform.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// DuckDB's native library, 69 MiB, as its driver unpacks it from its jar into the temporary
/// folder.
///
/// The driver deletes it when the JVM ends in order; a process that is killed would leave it
/// behind. Where a file lives on while it is mapped, as on Linux, it can go as soon as it is
/// loaded.
final class UnpackedLibrary {

  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final Pattern NAME = Pattern.compile("/.*/libduckdb_java\\d+\\.so$");
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibrary.class);

  private UnpackedLibrary() {}

  /// Deletes the file of the library this process has loaded, if it is one unpacked for it.
  static void delete() {
    if (!Files.exists(MAPPED)) {
      return;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    try {
      for (Path library : mapped()) {
        if (temporary.equals(library.getParent())) {
          Files.deleteIfExists(library);
        }
      }
    } catch (IOException e) {
      LOG.warn("The unpacked library of DuckDB stays until this process ends", e);
    }
  }

  private static List<Path> mapped() throws IOException {
    try (Stream<String> lines = Files.lines(MAPPED)) {
      return lines
          .map(NAME::matcher)
          .filter(Matcher::find)
          .map(found -> Path.of(found.group()))
          .distinct()
          .toList();
    }
  }
}
