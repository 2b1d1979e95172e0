package dev.millrace.app.bundle;

import dev.millrace.app.crash.CrashReports;
import dev.millrace.app.crash.Facts;
import dev.millrace.app.metrics.ReadMetrics;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// One zip file with what a bug report needs: facts of the machine, the doctor's report, logs,
/// crash reports, settings, pipelines, metrics and threads; no data of tables, and no secrets.
public final class Bundle {

  /// Of a long log only the end is taken.
  private static final long MOST_OF_A_FILE = 5L << 20;

  private static final long MOST_OF_A_DEFINITION = 1L << 20;
  private static final List<String> SETTINGS =
      List.of("settings.yaml", "services.yaml", "console.properties");

  private final Home home;
  private final Masking masking;
  private final List<String> names = new ArrayList<>();

  public Bundle(Home home) {
    this(home, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /// @param environment may name or hold secrets
  /// @param user the person's own folder
  Bundle(Home home, Map<String, String> environment, Path user) {
    this.home = home;
    this.masking = Masking.knowing(Secrets.of(home, environment, user));
  }

  /// Writes the file whole or not at all.
  ///
  /// @param doctor the doctor's report
  /// @return what is in it
  /// @throws MillraceException `USAGE` when the file is there already, `FILE` when it cannot be
  ///   written
  public List<String> write(Path file, String doctor) {
    Path to = file.toAbsolutePath().normalize();
    if (Files.exists(to)) {
      throw new MillraceException(
          ErrorCode.USAGE, to + " is there already", "name another file, or delete it");
    }
    try {
      Path folder = to.getParent();
      if (folder == null) {
        throw new IOException("it is no file");
      }
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "millrace-bundle", ".part");
      try {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
          fill(zip, doctor);
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      return List.copyOf(names);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "The bundle " + to + " cannot be written: " + e.getMessage(),
          "name a file in a folder you may write to",
          e);
    }
  }

  private void fill(ZipOutputStream zip, String doctor) throws IOException {
    add(
        zip,
        "facts.txt",
        Facts.of().entrySet().stream()
            .map(fact -> fact.getKey() + ": " + fact.getValue() + "\n")
            .collect(Collectors.joining()));
    add(zip, "doctor.txt", doctor);
    add(zip, "threads.txt", CrashReports.threads());
    add(zip, "metrics.txt", metrics());
    for (String name : SETTINGS) {
      Path file = home.root().resolve(name);
      if (Files.isRegularFile(file)) {
        add(zip, "home/" + name, end(file));
      }
    }
    tree(zip, home.logs(), "logs", MOST_OF_A_FILE);
    tree(zip, CrashReports.folder(home), "crashes", MOST_OF_A_FILE);
    tree(zip, home.pipelines(), "pipelines", MOST_OF_A_DEFINITION);
  }

  private String metrics() {
    try {
      return ReadMetrics.merged(ReadMetrics.of(home).texts());
    } catch (MillraceException e) {
      return e.what() + "\n";
    }
  }

  private void tree(ZipOutputStream zip, Path folder, String as, long most) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        String name = each.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Stream.of(".log", ".txt", ".yaml", ".yml", ".json", ".sql", ".md")
                .anyMatch(name::endsWith)
            && (as.equals("logs") || as.equals("crashes") || Files.size(each) <= most)) {
          add(zip, as + "/" + folder.relativize(each).toString().replace('\\', '/'), end(each));
        }
      }
    }
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, in.length() - MOST_OF_A_FILE);
      byte[] bytes = new byte[(int) (in.length() - from)];
      in.seek(from);
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return from == 0 ? text : "(only the end)\n" + text.substring(text.indexOf('\n') + 1);
    }
  }

  private void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(masking.of(text).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    names.add(name);
  }
}
