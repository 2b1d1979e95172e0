package dev.millrace.jpackage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Builds the installer of the system it runs on, from the class path Maven found.
///
/// Runs on a JDK 25 with `jlink` and `jpackage`; on Linux it also calls `dpkg-deb`, on Windows
/// jpackage calls WiX.
public final class Main {

  private Main() {}

  /// @param args pairs of a name and a value: `--class-path-file`, `--licence`, `--third-party`,
  ///   `--spark-client`, `--version`, `--time`, `--out`
  public static void main(String[] args) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      given.put(args[i], args[i + 1]);
    }
    Plan plan =
        new Plan(
            new Version(needed(given, "--version")),
            Target.here(),
            classPath(Path.of(needed(given, "--class-path-file"))),
            Path.of(needed(given, "--licence")),
            Path.of(needed(given, "--third-party")),
            Path.of(needed(given, "--spark-client")),
            Path.of(needed(given, "--out")),
            Instant.parse(needed(given, "--time")).truncatedTo(ChronoUnit.SECONDS),
            Plan.SMALL);
    image(plan);
    Optional<Path> installer = installer(plan);
    Sizes.lines(plan.image()).forEach(System.out::println);
    if (installer.isPresent()) {
      System.out.println(Sizes.line("installer", Files.size(installer.get())));
      System.out.println(installer.get());
    }
  }

  private static String needed(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing; have " + given.keySet());
    }
    return value;
  }

  /// The jars of a class path written into a file.
  static List<Path> classPath(Path file) throws IOException {
    try (Stream<String> parts =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(Files.readString(file).strip())) {
      return parts.map(Path::of).filter(part -> part.toString().endsWith(".jar")).toList();
    }
  }

  /// The image, its AOT cache included.
  static void image(Plan plan) throws IOException {
    TrainAotCache.delete(plan.out());
    Files.createDirectories(plan.out());
    step("Jars and libraries of " + plan.target(), () -> new GatherJars(plan).run());
    step("Java runtime", () -> new LinkRuntime(plan).run());
    step("Image", () -> new BuildImage(plan, new Logo()).run());
    step(
        "AOT cache, from a start of the console",
        () -> System.out.println("  trained on: " + new TrainAotCache(plan).run()));
  }

  /// The installer of the image, unless this machine lacks what it takes.
  static Optional<Path> installer(Plan plan) throws IOException {
    if (plan.target().os() != Target.Os.LINUX) {
      step("Installer", () -> new PackNative(plan).run());
      return Optional.of(PackNative.made(plan));
    }
    Optional<String> obstacle = PackDeb.obstacle();
    if (obstacle.isPresent()) {
      System.out.println("No installer: " + obstacle.get());
      return Optional.empty();
    }
    Logo logo = new Logo();
    BuildImage image = new BuildImage(plan, logo);
    PackDeb deb = new PackDeb(plan, logo, image);
    step("Installer", deb::run);
    step(
        "Spark's client, as a package beside it",
        () ->
            System.out.println(
                "  " + new PackSpark(plan, image).run().map(Path::toString).orElse("not built")));
    return Optional.of(deb.file());
  }

  /// A part of the building.
  private interface Step {
    void run() throws IOException;
  }

  /// Does the part, and tells how long it took.
  private static void step(String what, Step part) throws IOException {
    System.out.println(what + " ...");
    long begin = System.nanoTime();
    part.run();
    System.out.printf("  %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }
}
