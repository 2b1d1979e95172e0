package dev.millrace.embedded;

import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Another JVM that starts or attaches to the services of a home, says so, and waits for its end.
final class OwnerProcess implements AutoCloseable {

  private final Process process;
  private final String said;

  private OwnerProcess(Process process, String said) {
    this.process = process;
    this.said = said;
  }

  static OwnerProcess start(Path home) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OwnerProcess.class.getName(),
                    home.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    return new OwnerProcess(process, line == null ? "" : line);
  }

  /// `owner` or `attached`; empty when it failed.
  String said() {
    return said;
  }

  long pid() {
    return process.pid();
  }

  /// SIGKILL; returns when it is gone.
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /// Kills the shell that would end the server with this process.
  void killKeeper() {
    process
        .children()
        .filter(child -> child.info().command().filter(c -> c.endsWith("sh")).isPresent())
        .forEach(
            shell -> {
              shell.destroyForcibly();
              shell.onExit().join();
            });
  }

  /// SIGTERM; returns its exit code.
  int terminate() {
    process.toHandle().destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    ServicesHandle services =
        EmbeddedServices.startOrAttach(new Home(Path.of(arguments[0])), Progress.NONE);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop-services").unstarted(services::close));
    System.out.println(services.owner() ? "owner" : "attached");
    Thread.currentThread().join();
  }
}
