package dev.millrace.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The program's classes, archived once for all of its processes that the tests start: to load and
/// verify them is most of what a short life takes of the processor.
final class SharedClasses {

  private static final int PATIENCE_SECONDS = 300;

  /// The program's jars. Nothing of the tests is among them, and no folder, which an archive could
  /// not hold.
  private static final List<Path> JARS =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(Files::isRegularFile)
          .toList();

  private static final List<String> OPTIONS = options();

  private SharedClasses() {}

  /// Options of a JVM that runs the program.
  static List<String> jvm() {
    return OPTIONS;
  }

  private static List<String> options() {
    boolean packed =
        JARS.stream().anyMatch(jar -> jar.getFileName().toString().startsWith("millrace-app"));
    if (!packed) {
      // Started from a workshop that compiles into folders.
      return List.of("-cp", System.getProperty("java.class.path"));
    }
    List<String> options = new ArrayList<>(classPath());
    try {
      // Without a word where an agent keeps the JVM from using all of it.
      options.addAll(List.of("-XX:SharedArchiveFile=" + archive(), "-Xlog:disable"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(options);
  }

  private static List<String> classPath() {
    return List.of(
        "-cp", JARS.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  /// Made by whichever of the tests' processes comes first, and anew when a jar changed.
  private static Path archive() throws IOException {
    long jars = 0;
    for (Path jar : JARS) {
      jars = 31 * jars + jar.hashCode() + Files.getLastModifiedTime(jar).toMillis();
    }
    Path folder = Files.createDirectories(Path.of("target", "shared-classes").toAbsolutePath());
    Path archive = folder.resolve(Long.toHexString(jars) + ".jsa");
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(archive)) {
        Path made = folder.resolve("being-made.jsa");
        make(made);
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return archive;
  }

  /// Archives what a run from the sensor to the warehouse loads.
  private static void make(Path archive) throws IOException {
    Path home = Files.createTempDirectory("millrace-classes");
    List<String> command = new ArrayList<>(Program.java());
    command.addAll(Program.QUICK_START);
    command.add("-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(classPath());
    command.addAll(
        List.of("dev.millrace.app.Main", "demo", "--headless", "--events", "2000", "--home"));
    command.add(home.toString());
    Path said = home.resolveSibling(home.getFileName() + ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("The classes were not archived: " + Files.readString(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(said);
      Program.delete(home);
    }
  }
}
