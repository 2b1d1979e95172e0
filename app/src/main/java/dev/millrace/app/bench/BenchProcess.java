package dev.millrace.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one measure in a JVM of its own, with the options this JVM was started with.
final class BenchProcess {

  /// Options that two JVMs at once cannot share.
  private static final List<String> NOT_PASSED_ON =
      List.of("-agentlib:", "-javaagent:", "-XX:StartFlightRecording", "-XX:AOTCacheOutput");

  private static final long LOOK_MILLIS = 200;

  private BenchProcess() {}

  /// @throws MillraceException when it failed, or was cancelled
  static Sample run(
      Measure measure, String servers, Home home, long events, int eventBytes, Progress progress) {
    List<String> args =
        List.of(
            measure.name(),
            servers,
            home.root().toString(),
            Long.toString(events),
            Integer.toString(eventBytes));
    return run(measure.title(), BenchChild.class, args, Sample.class, home, progress);
  }

  /// Runs a main class that prints its result as JSON on stdout.
  ///
  /// @throws MillraceException when it failed, or was cancelled
  static <T> T run(
      String title,
      Class<?> main,
      List<String> args,
      Class<T> result,
      Home home,
      Progress progress) {
    progress.report("measuring: " + title, 0, 0);
    try {
      Files.createDirectories(home.scratch());
      Path file = Files.createTempFile(home.scratch(), "bench", ".json");
      Process process =
          new ProcessBuilder(command(main, args))
              .redirectOutput(file.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      await(process, title, progress);
      return new ObjectMapper().readValue(file.toFile(), result);
    } catch (IOException e) {
      throw new UncheckedIOException("The bench's files are not as they should be", e);
    }
  }

  /// Starts a main class that works beside what is measured; the caller ends it.
  static Process beside(Class<?> main, List<String> args) {
    try {
      return new ProcessBuilder(command(main, args))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("A process beside the bench cannot be started", e);
    }
  }

  private static List<String> command(Class<?> main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_PASSED_ON.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    return command;
  }

  private static void await(Process process, String title, Progress progress) {
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (progress.cancelled()) {
          throw new MillraceException(
              ErrorCode.CANCELLED, "The bench was cancelled", "run it again");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.CANCELLED, "The bench was interrupted", "run it again", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "Measuring '%s' ended with code %d".formatted(title, process.exitValue()),
          "see its messages above");
    }
  }
}
