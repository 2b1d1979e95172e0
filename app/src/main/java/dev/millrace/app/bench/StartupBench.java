package dev.millrace.app.bench;

import dev.millrace.app.Main;
import dev.millrace.app.console.DisplayCheck;
import dev.millrace.app.console.StartReport;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Starts of the console on a warm home, each in a process of its own: plain, and with the AOT
/// cache when this program runs with one.
///
/// The clock runs from before the process is made until the window's first frame is drawn, and
/// until the services run and the rooms are drawn on them. Both kinds take turns, so that whatever
/// else the machine does meets both.
public final class StartupBench {

  private static final String AOT = "-XX:AOTCache=";
  private static final long LIMIT_SECONDS = 120;
  private static final List<String> IN_MEMORY =
      List.of(
          "-Dglass.platform=Monocle",
          "-Dmonocle.platform=Headless",
          "-Dprism.order=sw",
          "-Dheadless.geometry=1600x1000-32");

  /// One kind of start.
  ///
  /// @param firstFrame and
  /// @param ready medians in milliseconds since the start
  public record Start(String kind, int times, long firstFrame, long ready) {}

  private final Home home;
  private final List<String> options;
  private final Progress progress;

  private StartupBench(Home home, Progress progress) {
    this.home = home;
    this.progress = progress;
    this.options = ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /// @param times each kind is started
  public static List<Start> run(Home home, int times, Progress progress) {
    return new StartupBench(home, progress).run(times);
  }

  private List<Start> run(int times) {
    List<String> plain = options.stream().filter(option -> !option.startsWith("-XX:AOT")).toList();
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("plain", plain);
    options.stream()
        .filter(option -> option.startsWith(AOT))
        .findFirst()
        .ifPresent(
            cache -> {
              List<String> with = new ArrayList<>(plain);
              with.add(cache);
              kinds.put("aot", with);
            });
    if (!Files.exists(started().services())) {
      progress.report("making the home warm", 0, 0);
      var _ = start(plain);
    }
    Map<String, List<Map<String, Long>>> moments = new LinkedHashMap<>();
    for (int i = 1; i <= times; i++) {
      for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
        progress.report("start, " + kind.getKey(), i, times);
        moments.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>()).add(start(kind.getValue()));
      }
    }
    return moments.entrySet().stream()
        .map(
            kind ->
                new Start(
                    kind.getKey(),
                    times,
                    median(kind.getValue(), StartReport.FIRST_FRAME),
                    median(kind.getValue(), StartReport.READY)))
        .toList();
  }

  /// Rows of a table; the first start is the baseline of the ratios.
  public static List<Map<String, Object>> rows(List<Start> starts) {
    Start baseline = starts.getFirst();
    return starts.stream()
        .map(
            start -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("start", start.kind());
              row.put("times", start.times());
              row.put("first_frame_ms", start.firstFrame());
              row.put("to_plain", ratio(start.firstFrame(), baseline.firstFrame()));
              row.put("ready_ms", start.ready());
              row.put("ready_to_plain", ratio(start.ready(), baseline.ready()));
              row.put("frame_to_ready_ms", start.ready() - start.firstFrame());
              return row;
            })
        .toList();
  }

  private static double ratio(long value, long of) {
    return Math.round(100.0 * value / of) / 100.0;
  }

  private static long median(List<Map<String, Long>> starts, String moment) {
    long[] sorted = starts.stream().mapToLong(s -> s.getOrDefault(moment, 0L)).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// The home that is started.
  private Home started() {
    return new Home(home.root().resolve("started"));
  }

  /// Starts once; milliseconds of each moment since.
  private Map<String, Long> start(List<String> jvm) {
    try {
      Files.createDirectories(home.scratch());
      Path report = Files.createTempFile(home.scratch(), "start", ".txt");
      Path said = Files.createTempFile(home.scratch(), "start", ".log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvm);
      if (DisplayCheck.obstacle(System.getenv()).isPresent()) {
        command.addAll(IN_MEMORY);
      }
      command.add("-D" + StartReport.PROPERTY + "=" + report);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.addAll(List.of("--home", started().root().toString()));
      long begin = System.currentTimeMillis();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      await(process, said);
      Map<String, Long> moments = new HashMap<>();
      for (String line : Files.readAllLines(report)) {
        String[] parts = line.split(" ", 2);
        moments.put(parts[0], Long.parseLong(parts[1]) - begin);
      }
      if (!moments.containsKey(StartReport.READY)) {
        throw failed("it closed before it was ready", said);
      }
      return moments;
    } catch (IOException e) {
      throw new UncheckedIOException("The bench's files are not as they should be", e);
    }
  }

  private void await(Process process, Path said) throws IOException {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw failed("it did not end in " + LIMIT_SECONDS + " s", said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.CANCELLED, "The bench was interrupted", "run it again", e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw failed("it ended with code " + process.exitValue(), said);
    }
  }

  private static MillraceException failed(String how, Path said) throws IOException {
    return new MillraceException(
        ErrorCode.INTERNAL,
        "A start of the console failed: " + how + "\n" + Files.readString(said).strip(),
        "run 'millrace doctor'");
  }
}
