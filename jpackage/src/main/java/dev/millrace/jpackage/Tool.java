package dev.millrace.jpackage;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// Runs the JDK's tools and other programs to their end.
final class Tool {

  private Tool() {}

  /// A tool of this JDK, such as `jlink`.
  ///
  /// @throws IllegalStateException with what it printed, when it fails
  static void jdk(String name, List<String> arguments) {
    ToolProvider tool =
        ToolProvider.findFirst(name)
            .orElseThrow(
                () -> new IllegalStateException("This runtime is no JDK: it has no " + name));
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    int code = tool.run(writer, writer, arguments.toArray(String[]::new));
    writer.flush();
    if (code != 0) {
      throw new IllegalStateException(
          name + " ended with code " + code + ":\n" + printed + "\n" + String.join(" ", arguments));
    }
  }

  /// Another program; what it prints goes to the log.
  ///
  /// @throws IllegalStateException when it fails or does not end in time
  static void run(List<String> command, Map<String, String> environment, Path log, Duration limit)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            command.getFirst() + " did not end in " + limit.toSeconds() + " s; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command.getFirst() + " was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          command.getFirst()
              + " ended with code "
              + process.exitValue()
              + ":\n"
              + java.nio.file.Files.readString(log));
    }
  }
}
