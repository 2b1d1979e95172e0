package dev.millrace.app.crash;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// That a process runs on a home, and the folders where its JVM would report its own breakdown.
///
/// The JVM is told a folder before it knows the home, and takes its current folder where there is
/// none. A mark is a small file in the home's folder of reports: a process that ends in order takes
/// it away, and the next start reads one that was left. Any thread may call.
public final class RunMark implements AutoCloseable {

  /// System property with the folder that the launcher told the JVM for its reports.
  public static final String FOLDER = "millrace.crashes";

  private static final String START = "run-";
  private static final String END = ".mark";
  private static final Logger LOG = LoggerFactory.getLogger(RunMark.class);

  private final Path file;

  private RunMark(Path file) {
    this.file = file;
  }

  /// A mark that was found.
  ///
  /// @param started when the process started, in milliseconds since 1970, by which a process id
  ///   given anew is told apart; 0 where the system did not tell
  record Found(Path file, long pid, long started, List<Path> folders) {

    /// Whether the process runs still.
    boolean running() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> started == 0 || started == startOf(process))
          .isPresent();
    }
  }

  /// Marks that this process runs on the home, whose folder of reports is there then. In a home
  /// that cannot be written there is no mark, which is logged.
  public static RunMark leave(Home home) {
    ProcessHandle self = ProcessHandle.current();
    Path folder = CrashReports.folder(home);
    Path file = folder.resolve(START + self.pid() + END);
    Set<String> lines = new LinkedHashSet<>();
    lines.add(Long.toString(startOf(self)));
    Optional.ofNullable(System.getProperty(FOLDER)).ifPresent(lines::add);
    lines.add(Path.of("").toAbsolutePath().toString());
    lines.add(System.getProperty("java.io.tmpdir"));
    try {
      Files.createDirectories(folder);
      Files.write(file, lines);
    } catch (IOException e) {
      LOG.warn("A breakdown of the JVM would not be told: {} cannot be written", file, e);
    }
    return new RunMark(file);
  }

  /// The marks in a folder of reports; what is none is passed over.
  static List<Found> in(Path folder) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(START) && name.endsWith(END)) {
          read(file, name.substring(START.length(), name.length() - END.length()))
              .ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<Found> read(Path file, String pid) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new Found(
              file,
              Long.parseLong(pid),
              Long.parseLong(lines.getFirst()),
              lines.stream().skip(1).map(Path::of).toList()));
    } catch (RuntimeException e) {
      LOG.debug("{} is no mark", file, e);
      return Optional.empty();
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays, and says nothing any more", file, e);
    }
  }
}
