package dev.millrace.app.crash;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what the JVM wrote of its own breakdowns, and brings it into the home.
///
/// A report gets the name of the others in the folder when it is brought there, so each is found
/// once, and told once by whoever looks first. Any thread may call.
public final class Breakdowns {

  /// As the launchers name it, and as the JVM does by itself.
  private static final Pattern NAME = Pattern.compile("(?:java-|hs_err_pid)(\\d+)\\.(?:txt|log)");

  /// `# SIGSEGV (0xb) at pc=…`, `# EXCEPTION_ACCESS_VIOLATION (0x…) at pc=…`, `# Internal Error
  /// (file.cpp:12), pid=…`, `# There is insufficient memory for …`.
  private static final Pattern HOW =
      Pattern.compile(
          "#\\s+(SIG[A-Z]+|EXCEPTION_\\w+|Internal Error|Out of Memory Error)\\b.*"
              + "|# (There is insufficient memory).*");

  private static final int HEAD_LINES = 20;
  private static final Logger LOG = LoggerFactory.getLogger(Breakdowns.class);

  private Breakdowns() {}

  /// Breakdowns of processes on this home that nobody was told of yet, the oldest first; their
  /// reports lie in the home's folder then. A folder that cannot be read is logged.
  public static List<Breakdown> collect(Home home) {
    Path folder = CrashReports.folder(home);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Breakdown> found = new ArrayList<>();
    try {
      Set<Path> reports = new LinkedHashSet<>();
      for (RunMark.Found mark : RunMark.in(folder)) {
        if (!mark.running()) {
          mark.folders().forEach(each -> reports.addAll(reports(each, mark.pid())));
          Files.deleteIfExists(mark.file());
        }
      }
      reports.addAll(unmarked(folder));
      for (Path report : reports) {
        found.add(brought(report, folder));
      }
      CrashReports.prune(folder);
    } catch (IOException e) {
      LOG.warn("Not every report of the JVM could be brought to {}", folder, e);
    }
    found.sort(Comparator.comparing(Breakdown::at));
    return found;
  }

  private static List<Path> reports(Path folder, long pid) {
    return Stream.of("java-" + pid + ".txt", "hs_err_pid" + pid + ".log")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  /// Reports in the home's own folder, whose processes left no mark.
  private static List<Path> unmarked(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).filter(Breakdowns::isEnded).toList();
    }
  }

  /// Whether it is a report whose process has ended; until then the JVM may still be writing.
  private static boolean isEnded(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1))).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static Breakdown brought(Path report, Path folder) throws IOException {
    Instant at = Files.getLastModifiedTime(report).toInstant();
    Path to = folder.resolve(CrashReports.name(at, "-jvm"));
    Files.move(report, to);
    Breakdown breakdown = new Breakdown(at, how(to), to);
    LOG.warn("The JVM broke down at {}: {}; its report is {}", at, breakdown.how(), to);
    return breakdown;
  }

  private static String how(Path report) throws IOException {
    // What is in memory at a breakdown need not be UTF-8.
    try (Stream<String> lines = Files.lines(report, StandardCharsets.ISO_8859_1)) {
      return lines
          .limit(HEAD_LINES)
          .map(HOW::matcher)
          .filter(Matcher::matches)
          .findFirst()
          .map(m -> Optional.ofNullable(m.group(1)).orElse(m.group(2)))
          .orElse("no reason told");
    }
  }
}
