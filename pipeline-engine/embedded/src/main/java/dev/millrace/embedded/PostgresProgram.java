package dev.millrace.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's programs to their end.
///
/// PostgreSQL refuses to run as root; for root the programs run in a user namespace of their own
/// (`unshare -U`), where the same files belong to somebody else.
final class PostgresProgram {

  private static final List<String> UNSHARE = List.of("unshare", "-U");

  private final PostgresBinaries binaries;
  private final Path output;
  private final List<String> prefix;

  /// @param output file for what a program prints; a file, because a server started by `pg_ctl`
  ///   inherits a pipe and would keep it open
  PostgresProgram(PostgresBinaries binaries, Path output) {
    this.binaries = binaries;
    this.output = output;
    this.prefix = isRoot() ? UNSHARE : List.of();
  }

  PostgresBinaries binaries() {
    return binaries;
  }

  /// How a program ended.
  ///
  /// @param output what it printed to both streams
  record Ended(boolean well, String output) {}

  /// Fails when root cannot run PostgreSQL here.
  void checkUser() {
    if (!prefix.isEmpty()) {
      Ended probe;
      try {
        probe = end(List.of("unshare", "-U", "true"), Duration.ofSeconds(10));
      } catch (IOException e) {
        throw ServiceErrors.rootRefused(String.valueOf(e.getMessage()));
      }
      if (!probe.well()) {
        throw ServiceErrors.rootRefused(probe.output());
      }
    }
  }

  /// Runs a program and waits for it at most `limit`.
  Ended run(Duration limit, String program, String... arguments) {
    Path file = binaries.program(program);
    List<String> command = new ArrayList<>(prefix);
    command.add(file.toString());
    command.addAll(List.of(arguments));
    try {
      return end(command, limit);
    } catch (IOException e) {
      throw ServiceErrors.toolNotStarted(program, file, e);
    }
  }

  private Ended end(List<String> command, Duration limit) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // A PGDATA or PGPORT of the user's own database must not reach ours.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroy();
      }
      return new Ended(ended && process.exitValue() == 0, printed(ended, limit));
    } catch (InterruptedException e) {
      process.destroy();
      throw ServiceErrors.interrupted(e);
    }
  }

  private String printed(boolean ended, Duration limit) throws IOException {
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    return ended ? text : text + "\nnot ended after " + limit.toSeconds() + " s";
  }

  private static boolean isRoot() {
    Path self = Path.of("/proc/self");
    try {
      if (Files.exists(self)) {
        return Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
      }
    } catch (IOException | UnsupportedOperationException _) {
      // Fall back to the name below.
    }
    return "root".equals(System.getProperty("user.name"));
  }
}
