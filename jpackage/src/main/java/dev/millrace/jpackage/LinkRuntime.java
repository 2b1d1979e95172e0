package dev.millrace.jpackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Java runtime of the image: the modules the program uses and the command `java`, with which
/// it also starts its own children. JavaFX lies with the jars, on the class path.
final class LinkRuntime {

  /// Each module, and what for.
  private static final Map<String, String> MODULES =
      Map.ofEntries(
          Map.entry("java.base", "everything"),
          Map.entry("java.desktop", "pictures; JavaFX's beans"),
          Map.entry("java.logging", "libraries that log through it"),
          Map.entry("java.management", "meters of the JVM; Kafka"),
          Map.entry("java.naming", "logback, Hikari, Jetty"),
          Map.entry("java.net.http", "Flyway, notifications"),
          Map.entry("java.scripting", "FXML"),
          Map.entry("java.security.jgss", "Kafka and PostgreSQL with Kerberos"),
          Map.entry("java.security.sasl", "Kafka with SASL"),
          Map.entry("java.sql", "JDBC"),
          Map.entry("java.transaction.xa", "JDBC"),
          Map.entry("java.xml", "logback, S3"),
          Map.entry("jdk.charsets", "files in every encoding"),
          Map.entry("jdk.crypto.ec", "TLS"),
          Map.entry("jdk.httpserver", "the metrics' port"),
          Map.entry("jdk.jcmd", "a look into a running process"),
          Map.entry("jdk.jfr", "recordings of a running process"),
          Map.entry("jdk.localedata", "numbers and dates in every language"),
          Map.entry("jdk.management", "meters of the JVM"),
          Map.entry("jdk.net", "options of sockets"),
          Map.entry("jdk.security.auth", "Kafka's logins"),
          Map.entry("jdk.unsupported", "Unsafe, in several libraries"),
          Map.entry("jdk.unsupported.desktop", "pictures of the window"),
          Map.entry("jdk.zipfs", "files in jars"));

  private final Plan plan;

  LinkRuntime(Plan plan) {
    this.plan = plan;
  }

  void run() throws IOException {
    Tool.jdk(
        "jlink",
        List.of(
            "--add-modules",
            MODULES.keySet().stream().sorted().collect(Collectors.joining(",")),
            "--output",
            plan.runtime().toString(),
            "--no-header-files",
            "--no-man-pages",
            // Not compressed: the package is, and classes are read quicker.
            "--compress",
            "zip-0",
            "--generate-cds-archive"));
    // For heaps above 32 GiB only, which then start without shared classes.
    try (Stream<Path> files = Files.walk(plan.runtime())) {
      for (Path each : files.filter(f -> f.endsWith("classes_nocoops.jsa")).toList()) {
        Files.delete(each);
      }
    }
  }
}
