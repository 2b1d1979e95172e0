package dev.millrace.app.crash;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a report of every fault that no code caught, on any thread, into `<home>/crashes`.
///
/// A fault that comes again from the same place is told once; at most a few reports are written by
/// a process, and the newest twenty are kept. Any thread may call.
public final class CrashReports {

  private static final int MOST_OF_A_PROCESS = 10;
  private static final int KEPT = 20;
  private static final int LOG_LINES = 200;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Logger LOG = LoggerFactory.getLogger(CrashReports.class);

  private static final Set<String> TOLD = new HashSet<>();
  private static volatile @Nullable Home home;
  private static volatile Consumer<CrashReport> listener = CrashReports::toStderr;

  private CrashReports() {}

  /// Reports go to this home from now on.
  public static void install(Home reportsTo) {
    home = reportsTo;
    Thread.setDefaultUncaughtExceptionHandler(CrashReports::uncaught);
  }

  public static Path folder(Home of) {
    return of.root().resolve("crashes");
  }

  /// Who tells the person; stderr unless said otherwise.
  public static void onFault(Consumer<CrashReport> tell) {
    listener = tell;
  }

  private static void uncaught(Thread thread, Throwable fault) {
    LOG.error("A fault of ours, caught by nobody, on thread {}", thread.getName(), fault);
    if (first(fault)) {
      listener.accept(write(thread, fault));
    }
  }

  /// Writes a fault down that ended a command.
  public static CrashReport write(Thread thread, Throwable fault) {
    Home of = home;
    String line = fault.toString().lines().findFirst().orElse("unknown");
    if (of == null) {
      return new CrashReport(line, Optional.empty());
    }
    try {
      Path folder = Files.createDirectories(folder(of));
      Instant now = Instant.now();
      Path file = folder.resolve(name(now, ""));
      Files.writeString(file, text(of, now, thread, fault));
      prune(folder);
      return new CrashReport(line, Optional.of(file));
    } catch (IOException e) {
      LOG.error("The crash report cannot be written", e);
      return new CrashReport(line, Optional.empty());
    }
  }

  /// Name of a report's file, by which they are in the order of time.
  static String name(Instant at, String kind) {
    return NAME.format(at) + kind + ".txt";
  }

  /// The reports in the home's folder, the newest first; none where it cannot be read.
  public static List<Path> reports(Home of) {
    Path folder = folder(of);
    try {
      return Files.isDirectory(folder) ? newestFirst(folder) : List.of();
    } catch (IOException e) {
      LOG.warn("The reports in {} cannot be read", folder, e);
      return List.of();
    }
  }

  private static List<Path> newestFirst(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("\\d{4}-.*\\.txt"))
          .sorted(Comparator.comparing((Path f) -> f.getFileName().toString()).reversed())
          .toList();
    }
  }

  /// Whether it is not known yet; a fault is known by its class and where it came from.
  private static synchronized boolean first(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    String place = fault.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    return TOLD.size() < MOST_OF_A_PROCESS && TOLD.add(place);
  }

  private static String text(Home of, Instant now, Thread thread, Throwable fault) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    out.println("Millrace crash report");
    out.println();
    Facts.of().forEach((name, value) -> out.println(name + ": " + value));
    out.println("time: " + now.truncatedTo(ChronoUnit.MILLIS));
    out.println("thread: " + thread.getName());
    out.println();
    fault.printStackTrace(out);
    out.println();
    out.println("== threads");
    out.print(threads());
    out.println();
    out.println("== the log's last lines");
    lastLines(of.logs().resolve("millrace.log")).forEach(out::println);
    out.flush();
    return text.toString();
  }

  /// What every thread does now, by name.
  public static String threads() {
    StringBuilder text = new StringBuilder();
    Map<String, StackTraceElement[]> byName = new TreeMap<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, trace) ->
                byName.put(
                    thread.getName() + " #" + thread.threadId() + " " + thread.getState(), trace));
    byName.forEach(
        (name, trace) -> {
          text.append('"').append(name).append("\"\n");
          for (StackTraceElement element : trace) {
            text.append("    at ").append(element).append('\n');
          }
        });
    return text.toString();
  }

  private static List<String> lastLines(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    } catch (IOException e) {
      return List.of("(" + e + ")");
    }
  }

  /// Deletes all but the newest.
  static void prune(Path folder) throws IOException {
    for (Path old : newestFirst(folder).stream().skip(KEPT).toList()) {
      Files.deleteIfExists(old);
    }
  }

  private static void toStderr(CrashReport report) {
    System.err.println("millrace: a fault of ours: " + report.fault());
    System.err.println("  " + report.text());
  }
}
