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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Millrace in a process of its own, as a person starts it.
final class Program implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// How a run ended.
  record Ended(int code, String out, String err) {

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("No JSON on stdout: " + out + "\n" + err, e);
      }
    }

    Ended succeeded() {
      assertThat(code).as("exit code; stderr: %s", err).isZero();
      return this;
    }
  }

  private final Process process;
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  private Program(Process process) {
    this.process = process;
    this.out = text(process.getInputStream());
    this.err = text(process.getErrorStream());
  }

  /// Runs to the end.
  static Ended run(Path home, String... args) {
    try (Program program = start(home, args)) {
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
  static Program start(Path home, String... args) {
    return startWithin("1g", home, args);
  }

  private static Program startWithin(String heap, Path home, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx" + heap,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.millrace.app.Main"));
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

  Process process() {
    return process;
  }

  Ended await() {
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

  /// As `kill -9` does.
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<String> text(InputStream stream) {
    CompletableFuture<String> whole = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              StringBuilder text = new StringBuilder();
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
