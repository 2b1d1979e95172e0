package dev.millrace.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A real Spark Connect server in a process of its own, one for all tests that ask for it.
final class ConnectProcess implements AutoCloseable {

  /// What Spark asks of a JVM from 17 on.
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar");

  private final Process process;
  private final Path folder;
  private final int port;

  private ConnectProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /// Makes the server stand before a class's tests; it ends after the last test of all.
  static final class Shared implements BeforeAllCallback {

    private @Nullable ConnectProcess server;

    @Override
    public void beforeAll(ExtensionContext context) {
      server =
          context
              .getRoot()
              .getStore(Namespace.create(ConnectProcess.class))
              .computeIfAbsent("server", _ -> start(), ConnectProcess.class);
    }

    String address() {
      return "sc://127.0.0.1:" + port();
    }

    ProcessHandle process() {
      return Objects.requireNonNull(server).process.toHandle();
    }

    int port() {
      return Objects.requireNonNull(server).port;
    }
  }

  static ConnectProcess start() {
    try {
      Path folder = Files.createTempDirectory("millrace-connect");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-Xmx2g",
              // Little is run here twice; the best code would come too late.
              "-XX:TieredStopAtLevel=1",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-Djdk.reflect.useDirectMethodHandle=false"));
      OPENED.forEach(each -> command.add("--add-opens=" + each + "=ALL-UNNAMED"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(ConnectMain.class.getName(), folder.toString()));
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
      builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
      Process process = builder.start();
      return new ConnectProcess(process, folder, port(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads until the server says where it stands; what it says later is read and left.
  private static int port(Process process) throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(ConnectMain.READY)) {
        Thread.ofVirtual().name("connect-output").start(() -> lines.lines().forEach(_ -> {}));
        return Integer.parseInt(line.substring(ConnectMain.READY.length()).strip());
      }
    }
    throw new IOException("The Spark Connect server ended before it stood");
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
