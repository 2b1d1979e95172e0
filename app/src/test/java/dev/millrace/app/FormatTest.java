package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java file stands as google-java-format lays it out.
///
/// The formatter needs the JDK that the code is written for, and Maven's own may be older; so it
/// runs here, in a test, instead of in Spotless. `-Dformat.apply=true` writes the layout.
class FormatTest {

  private static final Formatter FORMATTER =
      new Formatter(JavaFormatterOptions.defaultOptions());

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    boolean apply = Boolean.getBoolean("format.apply");
    List<Path> unformatted =
        javaFiles().parallelStream().filter(file -> !formatted(file, apply)).toList();
    assertThat(unformatted)
        .as("mvn -pl app -am test -Dtest=FormatTest -Dformat.apply=true formats them")
        .isEmpty();
  }

  /// @param apply whether the file is laid out if it is not yet
  private static boolean formatted(Path file, boolean apply) {
    try {
      String text = Files.readString(file);
      String wanted =
          FORMATTER.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(text),
                  JavaFormatterOptions.Style.GOOGLE));
      if (apply && !wanted.equals(text)) {
        Files.writeString(file, wanted);
        return true;
      }
      return wanted.equals(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FormatterException e) {
      throw new AssertionError(file + " is not Java: " + e.getMessage(), e);
    }
  }

  private static List<Path> javaFiles() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> files =
          all.filter(f -> f.toString().endsWith(".java"))
              .filter(f -> !f.toString().contains("/target/"))
              .toList();
      assertThat(files).as("sources under %s", root).hasSizeGreaterThan(20);
      return files;
    }
  }
}
