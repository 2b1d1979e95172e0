package dev.millrace.jpackage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A display for the console: the person's own, one in memory (Xvfb), or none, and then JavaFX
/// draws in memory itself.
///
/// @param kind for a person
/// @param environment of the console's process
/// @param options of its JVM
record Screen(
    String kind, Map<String, String> environment, List<String> options, @Nullable Process server)
    implements AutoCloseable {

  private static final Screen IN_MEMORY =
      new Screen(
          "in memory",
          Map.of(),
          List.of(
              "-Dglass.platform=Monocle",
              "-Dmonocle.platform=Headless",
              "-Dprism.order=sw",
              "-Dheadless.geometry=1600x1000-32"),
          null);

  /// The best there is.
  static Screen open(Target target) throws IOException {
    if (target.os() != Target.Os.LINUX) {
      return new Screen("the desktop", Map.of(), List.of(), null);
    }
    String display = System.getenv("DISPLAY");
    if (display != null && !display.isBlank()) {
      return new Screen("display " + display, Map.of(), List.of(), null);
    }
    Optional<Path> xvfb = onPath("Xvfb");
    return xvfb.isPresent() && gtk() ? virtual(xvfb.get()) : IN_MEMORY;
  }

  private static Screen virtual(Path xvfb) throws IOException {
    // It writes the number it chose once it takes clients.
    Process server =
        new ProcessBuilder(
                xvfb.toString(),
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1000x24",
                "-nolisten",
                "tcp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String number =
        new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    if (number == null) {
      server.destroy();
      return IN_MEMORY;
    }
    return new Screen(
        "Xvfb", Map.of("DISPLAY", ":" + number.strip()), List.of("-Dprism.order=sw"), server);
  }

  private static boolean gtk() {
    for (String folder : List.of("/usr/lib", "/usr/lib64", "/lib")) {
      for (String kind : List.of("", "/x86_64-linux-gnu", "/aarch64-linux-gnu")) {
        if (Files.exists(Path.of(folder + kind, "libgtk-3.so.0"))) {
          return true;
        }
      }
    }
    return false;
  }

  /// A program the shell would find.
  static Optional<Path> onPath(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    if (server != null) {
      server.destroy();
    }
  }
}
