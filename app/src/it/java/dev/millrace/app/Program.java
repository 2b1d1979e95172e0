package dev.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Millrace in a process of its own, as a person starts it.
public final class Program implements AutoCloseable {

  /// For programs whose life is short: their start is most of it.
  static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// How a run ended.
  public record Ended(int code, String out, String err) {

    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("No JSON on stdout: " + out + "\n" + err, e);
      }
    }

    public Ended succeeded() {
      assertThat(code).as("exit code; stderr: %s", err).isZero();
      return this;
    }
  }

  private final Process process;
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  // Written by the streams' threads while others read.
  @SuppressWarnings("JdkObsolete")
  private final StringBuffer outSoFar = new StringBuffer();

  @SuppressWarnings("JdkObsolete")
  private final StringBuffer errSoFar = new StringBuffer();

  private Program(Process process) {
    this.process = process;
    this.out = text(process.getInputStream(), outSoFar);
    this.err = text(process.getErrorStream(), errSoFar);
  }

  /// Runs to the end.
  public static Ended run(Path home, String... args) {
    try (Program program = start(home, List.of(), QUICK_START, args)) {
      return program.await();
    }
  }

  /// Runs to the end with so large a heap.
  ///
  /// @param heap as the JVM's option has it, for example `512m`
  static Ended runWithin(String heap, Path home, String... args) {
    try (Program program = startWithin(heap, home, args)) {
      return program.await();
    }
  }

  /// Starts without a display.
  public static Program start(Path home, String... args) {
    return startWithin("1g", home, args);
  }

  private static Program startWithin(String heap, Path home, String... args) {
    return start(home, List.of(), List.of("-Xmx" + heap), args);
  }

  /// @param within command that runs the program, for example in another namespace
  /// @param options further options of its JVM
  public static Program start(
      Path home, List<String> within, List<String> options, String... args) {
    List<String> command = new ArrayList<>(within);
    command.addAll(java());
    command.addAll(options);
    command.addAll(SharedClasses.jvm());
    command.add("dev.millrace.app.Main");
    command.addAll(Arrays.asList(args));
    command.addAll(List.of("--home", home.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("DISPLAY");
    try {
      return new Program(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The JVM of the tests, with what every JVM of ours is told.
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Xmx1g");
  }

  /// Removes a folder and all within.
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  public Process process() {
    return process;
  }

  /// What it has printed on stdout so far.
  public String printed() {
    return outSoFar.toString();
  }

  /// What it has told on stderr so far.
  public String told() {
    return errSoFar.toString();
  }

  public Ended await() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("the process ends in time")
          .isTrue();
      return new Ended(process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// As `kill` does; what it still tells is heard.
  public void terminate() {
    process.toHandle().destroy();
  }

  /// As `kill -9` does.
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<String> text(InputStream stream, StringBuffer text) {
    CompletableFuture<String> whole = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(line -> text.append(line).append('\n'));
              } catch (IOException | UncheckedIOException e) {
                text.append(e);
              }
              whole.complete(text.toString());
            });
    return whole;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
