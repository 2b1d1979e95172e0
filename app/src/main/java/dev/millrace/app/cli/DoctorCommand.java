package dev.millrace.app.cli;

import dev.millrace.app.bundle.Bundle;
import dev.millrace.app.console.DisplayCheck;
import dev.millrace.app.crash.Breakdown;
import dev.millrace.app.crash.Breakdowns;
import dev.millrace.app.crash.CrashReports;
import dev.millrace.embedded.EmbeddedServices;
import dev.millrace.embedded.ServicesHandle;
import dev.millrace.engine.assembly.LakeCheck;
import dev.millrace.engine.assembly.SparkCheck;
import dev.millrace.engine.assembly.SparkJars;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.settings.EngineSettings;
import dev.millrace.engine.settings.HomeSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `millrace doctor`: what this machine has, what is missing, and how to get it.
@Command(
    name = "doctor",
    description = {
      "What this machine has, what is missing, and how to get it.",
      "With --bundle also packs logs, crash reports, settings and pipelines for a bug report,"
          + " secrets masked."
    })
final class DoctorCommand implements Callable<Integer> {

  private static final long GIB = 1L << 30;

  @ParentCommand private Millrace millrace;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      description = "Write a zip file for a bug report; it must not stand yet.")
  private Optional<Path> bundle = Optional.empty();

  private record Finding(String check, Verdict verdict, String found, String remedy) {}

  private enum Verdict {
    OK,
    WARN,
    /// Something the program needs is not there.
    MISSING,
    /// Something is there and is not as it must be.
    WRONG;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    Home home = millrace.home();
    List<Finding> findings = new ArrayList<>(List.of(java(), memory(), disk(home), home(home)));
    // What reads the settings would repeat their faults.
    Optional<Finding> faults = settingsFaults(home);
    faults.ifPresentOrElse(
        findings::add,
        () -> {
          findings.add(lake(home));
          findings.add(spark(home, millrace.engine()));
        });
    findings.addAll(List.of(platform(), root(), window(), crashes(home)));
    Output output = millrace.output();
    List<Map<String, Object>> rows =
        findings.stream()
            .map(
                f -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("check", f.check());
                  row.put("verdict", f.verdict().word());
                  row.put("found", f.found());
                  row.put("remedy", f.remedy());
                  return row;
                })
            .toList();
    List<String> lines = lines(findings);
    output.result(Map.of("checks", rows), lines);
    bundle.ifPresent(
        file -> {
          List<String> packed = new Bundle(home).write(file, String.join("\n", lines) + "\n");
          output.progress(
              "%d files are packed in %s; look into it before you send it."
                  .formatted(packed.size(), file.toAbsolutePath()));
        });
    return findings.stream().anyMatch(f -> f.verdict().compareTo(Verdict.MISSING) >= 0) ? 1 : 0;
  }

  private static List<String> lines(List<Finding> findings) {
    Columns columns =
        new Columns(
            Verdict.MISSING.word().length(),
            findings.stream().mapToInt(f -> f.check().length()).max().orElse(0));
    for (Finding f : findings) {
      columns.row(
          f.verdict().word(),
          f.check(),
          f.found() + (f.remedy().isEmpty() ? "" : "\nRemedy: " + f.remedy()));
    }
    return columns.lines();
  }

  private static Optional<Finding> settingsFaults(Home home) {
    try {
      HomeSettings _ = HomeSettings.of(home);
      return Optional.empty();
    } catch (MillraceException e) {
      return Optional.of(
          new Finding(
              "settings",
              Verdict.WRONG,
              e.what(),
              e.remedy() + "; the lake and Spark were not looked at meanwhile"));
    }
  }

  private static Finding crashes(Home home) {
    List<Breakdown> fresh = Breakdowns.collect(home);
    List<Path> reports = CrashReports.reports(home);
    if (reports.isEmpty()) {
      return new Finding("crashes", Verdict.OK, "no report in " + home.root(), "");
    }
    String kept = "%d reports, the newest %s".formatted(reports.size(), reports.getFirst());
    return new Finding(
        "crashes",
        Verdict.WARN,
        Stream.concat(fresh.stream().map(Breakdown::what), Stream.of(kept))
            .collect(Collectors.joining("\n")),
        "'millrace doctor --bundle FILE' packs them for a bug report; delete what is old");
  }

  private static Finding java() {
    int major = Runtime.version().feature();
    return new Finding(
        "JDK",
        major >= 25 ? Verdict.OK : Verdict.MISSING,
        Runtime.version().toString(),
        major >= 25 ? "" : "install a JDK 25, for example Eclipse Temurin");
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    boolean enough = heap >= GIB;
    return new Finding(
        "memory",
        enough ? Verdict.OK : Verdict.WARN,
        "%.1f GiB heap, %d processors"
            .formatted(heap / (double) GIB, Runtime.getRuntime().availableProcessors()),
        enough ? "" : "4 GiB of memory and more let broker, database and console run side by side");
  }

  private static Finding disk(Home home) {
    try {
      FileStore store = Files.getFileStore(existing(home.root()));
      long free = store.getUsableSpace();
      boolean enough = free >= 5 * GIB;
      return new Finding(
          "disk",
          enough ? Verdict.OK : Verdict.WARN,
          "%.1f GiB free".formatted(free / (double) GIB),
          enough ? "" : "free some: tables and topics grow under " + home.root());
    } catch (IOException e) {
      return new Finding(
          "disk", Verdict.WARN, "unknown: " + e.getMessage(), "check " + home.root());
    }
  }

  private static Finding home(Home home) {
    Path existing = existing(home.root());
    boolean usable = Files.isDirectory(existing) && Files.isWritable(existing);
    return new Finding(
        "home",
        usable ? Verdict.OK : Verdict.WRONG,
        home.root() + (Files.isDirectory(home.root()) ? "" : " (not yet there)"),
        usable ? "" : "choose a folder you may write with --home DIR");
  }

  private static Finding lake(Home home) {
    LakeCheck check;
    try {
      Optional<ServicesHandle> services =
          Files.isDirectory(home.services()) ? EmbeddedServices.running(home) : Optional.empty();
      check = LakeCheck.of(home, services.flatMap(s -> s.endpoints().s3()));
      services.ifPresent(ServicesHandle::close);
    } catch (MillraceException e) {
      return new Finding("lake", Verdict.WARN, e.what(), e.remedy());
    }
    return check
        .obstacle()
        .map(o -> new Finding("lake", Verdict.WRONG, o.what(), o.remedy()))
        .orElseGet(() -> new Finding("lake", Verdict.OK, check.place(), ""));
  }

  private static Finding platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String cpu = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    boolean known =
        (os.contains("linux") || os.contains("mac") || os.contains("windows"))
            && (cpu.contains("64") || cpu.contains("aarch"));
    return new Finding(
        "database",
        known ? Verdict.OK : Verdict.MISSING,
        "PostgreSQL ships for " + os + " " + cpu,
        known ? "" : "use a PostgreSQL of your own: no embedded one exists for this system");
  }

  private static Finding root() {
    boolean root = "root".equals(System.getProperty("user.name"));
    Optional<Path> unshare = onPath("unshare");
    if (!root) {
      return new Finding("user", Verdict.OK, System.getProperty("user.name"), "");
    }
    return unshare.isPresent()
        ? new Finding("user", Verdict.OK, "root, with unshare for PostgreSQL", "")
        : new Finding(
            "user",
            Verdict.MISSING,
            "root, and PostgreSQL refuses to run as root",
            "run as another user, or install util-linux for 'unshare'");
  }

  private static Finding window() {
    Optional<MillraceException> obstacle = DisplayCheck.obstacle(System.getenv());
    return obstacle
        .map(o -> new Finding("window", Verdict.WARN, o.what(), o.remedy()))
        .orElseGet(() -> new Finding("window", Verdict.OK, "a window can open", ""));
  }

  /// Asked for only when the home or the command wants Spark: else nothing of it is loaded.
  private static Finding spark(Home home, Optional<EngineKind> wanted) {
    try {
      EngineSettings settings = HomeSettings.of(home).engine();
      if (!wanted.or(settings::engine).equals(Optional.of(EngineKind.SPARK))) {
        return new Finding(
            "spark",
            Verdict.OK,
            "not asked for; its client is "
                + (SparkJars.folder().isPresent() ? "here" : "not here"),
            "");
      }
      String version = SparkCheck.version(settings.spark());
      return new Finding("spark", Verdict.OK, settings.spark() + " answers: " + version, "");
    } catch (MillraceException e) {
      return new Finding(
          "spark",
          e.code() == ErrorCode.MACHINE ? Verdict.MISSING : Verdict.WRONG,
          e.what(),
          e.remedy());
    }
  }

  private static Path existing(Path path) {
    Path there = path;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  private static Optional<Path> onPath(String program) {
    List<Path> found = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        found.add(candidate);
      }
    }
    return found.stream().findFirst();
  }
}
