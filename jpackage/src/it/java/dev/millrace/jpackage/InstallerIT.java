package dev.millrace.jpackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The installer, built once, unpacked to where it was not built, and used from there as a person
/// would. Without dpkg-deb the image itself is used.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallerIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Path BUILD = Path.of(needed("user.dir"), "target");
  private static final Path OUT = BUILD.resolve("installer-it");
  private static final int EVENTS = 5_000;

  /// Packs as a release does, only less tightly.
  private static final int QUICK = 1;

  /// Where the bench of starts works, and the home it starts: the demo's, which is warm then.
  private static final String BENCH = "bench";

  private static final String DEMO = BENCH + "/started";

  private static Plan plan = plan();
  private static Path command = plan.launcher();
  private static Optional<Path> deb = Optional.empty();

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void build() throws IOException {
    Main.image(plan);
    deb = Main.installer(plan);
    if (deb.isPresent()) {
      Path unpacked = OUT.resolve("elsewhere");
      Tool.run(
          List.of("dpkg-deb", "-x", deb.get().toString(), unpacked.toString()),
          Map.of(),
          OUT.resolve("unpack.log"),
          LIMIT);
      TrainAotCache.delete(plan.images());
      command = unpacked.resolve("opt/millrace/bin/millrace");
    }
    Sizes.lines(image()).forEach(System.out::println);
    if (deb.isPresent()) {
      System.out.println(Sizes.line("package", Files.size(deb.get())));
    }
  }

  @AfterAll
  static void clean() {
    TrainAotCache.delete(OUT.resolve("elsewhere"));
    TrainAotCache.delete(OUT.resolve("homes"));
  }

  @Test
  @Order(1)
  void theCommandLineIsAsFromTheSources() throws IOException {
    assertThat(run(List.of(), "--version").out())
        .startsWith("millrace " + plan.version().build() + "\n");
    assertThat(run(List.of(), "no-such-command").code()).isEqualTo(2);
    Ended failed = run(List.of(), "pipeline", "check", "/no such folder");
    assertThat(failed.code()).isNotZero();
    assertThat(failed.err()).contains("/no such folder");
    assertThat(failed.out()).isEmpty();
    Ended list = run(List.of(), "pipeline", "ls", "--json", "--home", home("a b").toString());
    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out()).startsWith("{").contains("building-sensors");
    assertThat(list.err()).isEmpty();
  }

  @Test
  @Order(2)
  void classesComeFromTheAotCache() throws IOException {
    Path log = OUT.resolve("classes.txt");
    Ended ended = run(List.of("-Xlog:class+load:file=" + log), "--version");
    assertThat(ended.code()).as(ended.err()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      Map<Boolean, Long> shared =
          lines.collect(
              Collectors.partitioningBy(
                  line -> line.contains("shared objects file"), Collectors.counting()));
      System.out.println("classes from the cache: " + shared);
      assertThat(shared.get(true)).isGreaterThan(shared.get(false));
    }
    try (Stream<String> lines = Files.lines(log)) {
      assertThat(lines.filter(line -> line.contains("dev.millrace.app.cli.Millrace source:")))
          .singleElement()
          .asString()
          .contains("shared objects file");
    }
  }

  @Test
  @Order(3)
  void theDemoRunsAndDrawsItsPictures() throws IOException {
    Path pictures = OUT.resolve("homes").resolve("pictures");
    Ended ended =
        run(
            List.of(),
            "demo",
            "--headless",
            "--events",
            Integer.toString(EVENTS),
            "--json",
            "--pictures",
            pictures.toString(),
            "--home",
            home(DEMO).toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(number(ended.out(), "bronze") + number(ended.out(), "dead_letters"))
        .isEqualTo(number(ended.out(), "produced"));
    assertThat(number(ended.out(), "produced")).isGreaterThanOrEqualTo(EVENTS);
    assertThat(number(ended.out(), "silver")).isPositive();
    assertThat(pictures.resolve("overview-dark.png")).isNotEmptyFile();
  }

  @Test
  @Order(4)
  void aTableOfManyCommitsHasACheckpointAndOpensByIt() throws IOException {
    Path home = home("commits");
    Ended ended = run(List.of(), "bench", "commits", "--commits", "60", "--home", home.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .anyMatch(name -> name.endsWith(".checkpoint.parquet"));
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path log : files.filter(file -> file.endsWith("logs/millrace.log")).toList()) {
        assertThat(log).content().doesNotContain("WARN", "ERROR");
      }
    }
  }

  @Test
  @Order(5)
  void theConsoleOpens() throws IOException {
    Path report = OUT.resolve("start.txt");
    Files.deleteIfExists(report);
    try (Screen screen = Screen.open(plan.target())) {
      List<String> options = new ArrayList<>(screen.options());
      options.add("-Dmillrace.startup.report=" + report);
      Ended ended = run(screen.environment(), options, "--home", home(DEMO).toString());
      assertThat(ended.code()).as(ended.err()).isZero();
      System.out.println("console on " + screen.kind() + ": " + Files.readAllLines(report));
      assertThat(report).content().contains("first-frame ", "ready ");
    }
  }

  @Test
  @Order(6)
  void howLongAStartTakes() throws IOException {
    Ended ended =
        run(List.of(), "bench", "startup", "--times", "1", "--home", home(BENCH).toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    System.out.println(ended.out());
    assertThat(ended.out()).contains("plain", "aot");
  }

  @Test
  @Order(7)
  void sparksClientIsAPackageBesideIt() throws IOException {
    Path home = home("spark");
    Files.createDirectories(home);
    // Nothing listens there.
    Files.writeString(
        home.resolve("settings.yaml"), "spark: { connect: 'sc://127.0.0.1:1', patience: 1s }\n");
    List<String> asking = List.of("doctor", "--engine", "spark", "--home", home.toString());
    Ended without = run(List.of(), asking.toArray(String[]::new));
    assertThat(without.out()).contains("millrace-spark");

    Optional<Path> addOn =
        Optional.of(new PackSpark(plan, new BuildImage(plan, new Logo())).file())
            .filter(Files::exists);
    assumeThat(deb.isPresent() && addOn.isPresent()).as("dpkg-deb and the client").isTrue();
    Tool.run(
        List.of(
            "dpkg-deb", "-x", addOn.orElseThrow().toString(), OUT.resolve("elsewhere").toString()),
        Map.of(),
        OUT.resolve("unpack.log"),
        LIMIT);
    Ended with = run(List.of(), asking.toArray(String[]::new));
    assertThat(with.out()).contains("127.0.0.1:1").doesNotContain("millrace-spark");
  }

  private static long number(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\" : (\\d+)").matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static Path image() {
    Path bin = command.getParent();
    Path image = bin == null ? null : bin.getParent();
    if (image == null) {
      throw new IllegalStateException(command.toString());
    }
    return image;
  }

  private static Path home(String name) {
    return OUT.resolve("homes").resolve(name);
  }

  private static Ended run(List<String> jvmOptions, String... args) throws IOException {
    return run(Map.of(), jvmOptions, args);
  }

  private static Ended run(Map<String, String> environment, List<String> jvmOptions, String... args)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(args));
    Path out = OUT.resolve("out.txt");
    Path err = OUT.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(line);
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("MILLRACE_JAVA_OPTIONS", String.join(" ", jvmOptions));
    variables.put("MILLRACE_HOME", home("default").toString());
    builder.environment().putAll(variables);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("ends in time").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static Plan plan() {
    try {
      return new Plan(
          new Version(needed("installer.version")),
          Target.here(),
          Main.classPath(Path.of(needed("installer.classpath"))),
          BUILD.resolve("../../LICENSE").normalize(),
          Path.of(needed("installer.thirdparty")),
          BUILD.resolve("../../pipeline-engine/spark-connect/target/lib-spark").normalize(),
          OUT,
          Instant.parse(needed("installer.time")),
          QUICK);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String needed(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new AssertionError("Maven sets " + property);
    }
    return value;
  }
}
