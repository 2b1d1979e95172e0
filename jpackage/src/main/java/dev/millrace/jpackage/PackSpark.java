package dev.millrace.jpackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Spark's client as a package of its own, beside the installed program: most people never ask for
/// Spark, and its jars are half as large as all the rest.
///
/// The folder it fills is the one the launcher names to the program. It goes with the very version
/// of the program it was built with.
final class PackSpark {

  /// Name of the folder beside the program's jars.
  static final String FOLDER = "spark";

  private final Plan plan;
  private final BuildImage times;

  PackSpark(Plan plan, BuildImage times) {
    this.plan = plan;
    this.times = times;
  }

  /// The package.
  Path file() {
    return plan.out().resolve("millrace-spark_%s_all.deb".formatted(plan.version().debian()));
  }

  /// Packs the client, if it was built.
  Optional<Path> run() throws IOException {
    Path built = plan.sparkClient();
    if (!Files.isDirectory(built)) {
      return Optional.empty();
    }
    Path jars = plan.out().resolve(FOLDER);
    Files.createDirectories(jars);
    try (Stream<Path> files = Files.list(built)) {
      for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, jars.resolve(jar.getFileName().toString()));
      }
    }
    DebTree tree = new DebTree(plan, "millrace-spark");
    tree.folder(jars, PackDeb.PREFIX + "/lib/app/" + FOLDER);
    tree.papers(
        """
        Parts of other people are in the package: Apache Spark's Connect client and what
        it needs. Their licences and notices stand in their jars, in
        /opt/millrace/lib/app/spark.
        """);
    tree.pack(
        "all",
        "Depends: millrace (= %s)".formatted(plan.version().debian()),
        "Spark for Millrace's transforms",
        """
        With it Millrace runs the SQL of transforms on a Spark cluster, through Spark
        Connect. Without it they run in the program itself.
        """,
        times,
        file());
    TrainAotCache.delete(jars);
    return Optional.of(file());
  }
}
