package dev.millrace.jpackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The folder that is installed: jpackage's, with our launcher on Linux, the licences, and one time
/// on every file.
final class BuildImage {

  /// What some licences ask to be told.
  private static final String CHANGED =
      """

      Changed by Millrace in these jars, their sources being those of their projects:
      - of all: manifests without seals, OSGi's headers and, where jars were signed, signatures;
        native libraries of other systems are left out, those of this one lie beside the jars
      - of picocli: classes have stack maps, and do not look for Groovy
      - of hadoop-client-api and hadoop-client-runtime: the parts of a cluster (YARN, HDFS, pages),
        and libraries of servers, are left out
      - of kafka_2.13 and scala-library: lambdas are made without being serializable
      """;

  private final Plan plan;
  private final Logo logo;

  BuildImage(Plan plan, Logo logo) {
    this.plan = plan;
    this.logo = logo;
  }

  void run() throws IOException {
    Launcher launcher = new Launcher(plan);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--type", "app-image",
                "--name", plan.imageName(),
                "--input", plan.lib().toString(),
                "--main-jar", GatherJars.MAIN,
                "--main-class", GatherJars.MAIN_CLASS,
                "--runtime-image", plan.runtime().toString(),
                "--dest", plan.images().toString(),
                "--app-version", plan.version().plain(plan.target().os()),
                "--vendor", "Millrace",
                "--description", Words.SHORT,
                "--icon", logo.file(plan.target().os(), plan.out()).toString()));
    List<String> options = new ArrayList<>(launcher.options("$APPDIR"));
    options.add("-XX:AOTCache=$APPDIR/" + plan.aotCache().getFileName());
    options.forEach(option -> arguments.addAll(List.of("--java-options", option)));
    if (plan.target().os() == Target.Os.WINDOWS) {
      // A program has a console window or has none: the command line is a second one.
      Path console = plan.out().resolve("millrace-cli.properties");
      Files.writeString(console, "win-console=true\n");
      arguments.addAll(List.of("--add-launcher", "millrace-cli=" + console));
    }
    Tool.jdk("jpackage", arguments);
    if (plan.target().os() == Target.Os.LINUX) {
      launcher.write(plan.launcher());
      Files.delete(plan.image().resolve("lib").resolve("libapplauncher.so"));
      Files.delete(plan.app().resolve("millrace.cfg"));
      Files.deleteIfExists(plan.app().resolve(".jpackage.xml"));
      Files.deleteIfExists(plan.image().resolve("lib").resolve("millrace.png"));
    }
    Files.copy(plan.licence(), plan.app().resolve("LICENSE"));
    Files.writeString(
        plan.app().resolve("THIRD-PARTY.txt"), Files.readString(plan.thirdParty()) + CHANGED);
    oneTime(plan.image());
  }

  /// Gives every file the plan's time, so that a package brings the very times the AOT cache knows.
  void oneTime(Path folder) throws IOException {
    FileTime time = FileTime.from(plan.time());
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        if (!Files.isSymbolicLink(each)) {
          Files.setLastModifiedTime(each, time);
        }
      }
    }
  }
}
