package dev.millrace.jpackage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Classes loaded and linked ahead of time, as a start of the console from the image used them,
/// with its services.
///
/// The JVM takes the cache only with the class path, file sizes, times (in whole seconds) and
/// collector it was made with; so it is made in the image as it is shipped, after every file has
/// its time. A JVM that takes the cache and then cannot use one of its linked classes does not
/// start at all: the cache is tried on every kind of JVM a machine may choose, with the image moved
/// to another path as an installer moves it, and made anew without linked classes if one fails.
final class TrainAotCache {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// JVMs that start by themselves: on a common machine, on a small one, on one with a large heap.
  private static final List<List<String>> MACHINES =
      List.of(
          List.of(),
          List.of("-XX:+UseSerialGC", "-Xmx256m"),
          List.of("-XX:-UseCompressedOops"),
          List.of("-XX:+UseZGC"));

  /// Without profiles in the cache, from which the optimizing compiler would begin to work before
  /// the window is drawn.
  private static final List<String> NO_PROFILES =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

  private final Plan plan;

  TrainAotCache(Plan plan) {
    this.plan = plan;
  }

  /// @return what the console was shown on, and what the cache holds
  String run() throws IOException {
    String screen = train(List.of());
    if (starts()) {
      return screen + ", with linked classes";
    }
    return train(List.of("-XX:-AOTClassLinking")) + ", without linked classes: with them it failed";
  }

  private String train(List<String> options) throws IOException {
    Path home = plan.out().resolve("training");
    Path log = plan.out().resolve("training.log");
    Map<String, String> cached = Map.of("XDG_CACHE_HOME", plan.out().resolve("cache").toString());
    try (Screen screen = Screen.open(plan.target())) {
      // A home like a person's, which is not empty: what reads tables and topics is trained too.
      List<String> filling = program();
      filling.addAll(List.of("demo", "--headless", "--events", "2000", "--home", home.toString()));
      Tool.run(filling, cached, plan.out().resolve("filling.log"), LIMIT);
      List<String> command = program();
      command.addAll(1, screen.options());
      command.add(1, "-Dmillrace.startup.report=" + plan.out().resolve("training.txt"));
      // Rooms that are opened later are to stand at once, too.
      command.add(1, "-Dmillrace.startup.tour=true");
      command.add(1, "-XX:AOTCacheOutput=" + plan.aotCache());
      command.addAll(1, options);
      command.addAll(1, NO_PROFILES);
      command.addAll(List.of("--home", home.toString()));
      Map<String, String> environment = new HashMap<>(screen.environment());
      environment.putAll(cached);
      Tool.run(command, environment, log, LIMIT);
      if (!Files.exists(plan.aotCache())) {
        throw new IllegalStateException("The start left no AOT cache; see " + log);
      }
      Files.setLastModifiedTime(plan.aotCache(), FileTime.from(plan.time()));
      return screen.kind();
    } finally {
      delete(home);
    }
  }

  /// The command that starts the program from the image.
  private List<String> program() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(new Launcher(plan).options(plan.app().toString()));
    command.addAll(List.of("-cp", classPath(plan.app()), GatherJars.MAIN_CLASS));
    return command;
  }

  private boolean starts() throws IOException {
    Path moved = plan.out().resolve("moved");
    Files.move(plan.image(), moved);
    try {
      return startsIn(moved);
    } finally {
      Files.move(moved, plan.image());
    }
  }

  private boolean startsIn(Path image) throws IOException {
    Path app = image.resolve(plan.image().relativize(plan.app()));
    for (List<String> machine : MACHINES) {
      List<String> command = new ArrayList<>();
      command.add(image.resolve(plan.image().relativize(java())).toString());
      command.addAll(new Launcher(plan).options(app.toString()));
      command.add("-XX:AOTCache=" + app.resolve(plan.app().relativize(plan.aotCache())));
      command.addAll(machine);
      command.addAll(List.of("-cp", classPath(app), GatherJars.MAIN_CLASS, "--version"));
      try {
        Tool.run(command, Map.of(), plan.out().resolve("trial.log"), LIMIT);
      } catch (IllegalStateException e) {
        System.out.println("  " + e.getMessage());
        return false;
      }
    }
    return true;
  }

  private Path java() {
    return plan.imageRuntime()
        .resolve("bin")
        .resolve(plan.target().os() == Target.Os.WINDOWS ? "java.exe" : "java");
  }

  /// As the launcher in the folder gives it.
  private String classPath(Path app) throws IOException {
    if (plan.target().os() == Target.Os.LINUX) {
      return app.resolve(GatherJars.MAIN).toString();
    }
    String key = "app.classpath=";
    try (Stream<String> lines = Files.lines(app.resolve(plan.imageName() + ".cfg"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).replace("$APPDIR", app.toString()))
          .collect(Collectors.joining(plan.target().os() == Target.Os.WINDOWS ? ";" : ":"));
    }
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
