package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java file stands as google-java-format lays it out.
///
/// The formatter needs the JDK that the code is written for, and Maven's own may be older; so it
/// runs here, in a test, instead of in Spotless. `-Dformat.apply=true` writes the layout.
class FormatTest {

  @Test
  void everyJavaFileIsFormatted() throws IOException, FormatterException {
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    boolean apply = Boolean.getBoolean("format.apply");
    List<Path> unformatted = new ArrayList<>();
    for (Path file : javaFiles()) {
      String text = Files.readString(file);
      String wanted =
          formatter.formatSource(
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(text),
                  JavaFormatterOptions.Style.GOOGLE));
      if (!wanted.equals(text)) {
        if (apply) {
          Files.writeString(file, wanted);
        } else {
          unformatted.add(file);
        }
      }
    }
    assertThat(unformatted)
        .as("mvn -pl app -am test -Dtest=FormatTest -Dformat.apply=true formats them")
        .isEmpty();
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
