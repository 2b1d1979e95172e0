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
import java.util.stream.Stream;

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
    progress.report("measuring: " + measure.title(), 0, 0);
    Path result = home.scratch().resolve(measure + ".json");
    try {
      Files.createDirectories(home.scratch());
      Process process =
          new ProcessBuilder(command(measure, servers, home, events, eventBytes))
              .redirectOutput(result.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      await(process, measure, progress);
      return new ObjectMapper().readValue(result.toFile(), Sample.class);
    } catch (IOException e) {
      throw new UncheckedIOException("The bench's files are not as they should be", e);
    }
  }

  private static List<String> command(
      Measure measure, String servers, Home home, long events, int eventBytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_PASSED_ON.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    Stream.of(
            "-cp",
            System.getProperty("java.class.path"),
            BenchChild.class.getName(),
            measure.name(),
            servers,
            home.root().toAbsolutePath().toString(),
            Long.toString(events),
            Integer.toString(eventBytes))
        .forEach(command::add);
    return command;
  }

  private static void await(Process process, Measure measure, Progress progress) {
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
          "Measuring '%s' ended with code %d".formatted(measure.title(), process.exitValue()),
          "see its messages above");
    }
  }
}
