package dev.millrace.jpackage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The Debian package: the image under `/opt/millrace`, and in `/usr` the command, the menu entry,
/// the icons, the manual page and the completion.
///
/// It has no scripts. Everything it puts on a machine is a file that dpkg knows, so that an upgrade
/// replaces and a removal removes it; menus, icons and manual pages are taken up by the triggers of
/// their own packages. A user's home is never in it.
final class PackDeb {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String PREFIX = "opt/millrace";

  private final Plan plan;
  private final Logo logo;
  private final BuildImage times;

  PackDeb(Plan plan, Logo logo, BuildImage times) {
    this.plan = plan;
    this.logo = logo;
    this.times = times;
  }

  /// Why no package can be made on this machine, or empty.
  static Optional<String> obstacle() {
    return Screen.onPath("dpkg-deb").isEmpty()
        ? Optional.of("dpkg-deb is not here; install the package 'dpkg'")
        : Optional.empty();
  }

  /// The package.
  Path file() {
    return plan.out()
        .resolve(
            "millrace_%s_%s.deb".formatted(plan.version().debian(), plan.target().debianCpu()));
  }

  void run() throws IOException {
    Path root = plan.out().resolve("deb");
    linkTree(plan.image(), root.resolve(PREFIX));
    Path command = root.resolve("usr/bin/millrace");
    Files.createDirectories(command.getParent());
    Files.createSymbolicLink(command, Path.of("/" + PREFIX + "/bin/millrace"));
    text(root.resolve("usr/share/applications/millrace.desktop"), desktopEntry());
    for (int size : Logo.SIZES) {
      Path icon =
          root.resolve("usr/share/icons/hicolor/%dx%d/apps/millrace.png".formatted(size, size));
      Files.createDirectories(icon.getParent());
      Files.write(icon, logo.png(size));
    }
    packed(root.resolve("usr/share/man/man1/millrace.1.gz"), printed("manual"));
    bytes(
        root.resolve("usr/share/bash-completion/completions/millrace"),
        withoutInterpreter(printed("completion")));
    text(root.resolve("usr/share/doc/millrace/copyright"), copyright());
    packed(
        root.resolve("usr/share/doc/millrace/changelog.gz"),
        changelog().getBytes(StandardCharsets.UTF_8));
    text(root.resolve("DEBIAN/md5sums"), sums(root));
    text(root.resolve("DEBIAN/control"), control(root));
    permissions(root);
    times.oneTime(root);
    Tool.run(
        List.of(
            "dpkg-deb",
            "--root-owner-group",
            "-Zzstd",
            "-z" + plan.compression(),
            "--build",
            root.toString(),
            file().toString()),
        Map.of("SOURCE_DATE_EPOCH", Long.toString(plan.time().getEpochSecond())),
        plan.out().resolve("dpkg-deb.log"),
        LIMIT);
    TrainAotCache.delete(root);
  }

  /// The same files at another place, without copying them.
  private static void linkTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path there = to.resolve(from.relativize(each).toString());
        if (Files.isSymbolicLink(each)) {
          Files.createSymbolicLink(there, Files.readSymbolicLink(each));
        } else if (Files.isDirectory(each)) {
          Files.createDirectories(there);
        } else {
          Files.createLink(there, each);
        }
      }
    }
  }

  private static void text(Path file, String text) throws IOException {
    bytes(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /// As Debian wants its manual pages and changelogs.
  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static void packed(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = new SmallestGzip(Files.newOutputStream(file))) {
      out.write(content);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /// What the program in the image prints.
  private byte[] printed(String command) throws IOException {
    Path log = plan.out().resolve(command + ".txt");
    Path home = plan.out().resolve("no-home");
    Tool.run(
        List.of(plan.launcher().toString(), command, "--home", home.toString()),
        Map.of(),
        log,
        Duration.ofMinutes(1));
    TrainAotCache.delete(home);
    return Files.readAllBytes(log);
  }

  /// A script that is read by a shell and not run names no interpreter.
  private static byte[] withoutInterpreter(byte[] script) {
    String text = new String(script, StandardCharsets.UTF_8);
    return (text.startsWith("#!") ? text.substring(text.indexOf('\n') + 1) : text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void permissions(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        if (!Files.isSymbolicLink(each)) {
          boolean runs = Files.isDirectory(each) || Files.isExecutable(each);
          Files.setPosixFilePermissions(
              each, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static String desktopEntry() {
    return """
    [Desktop Entry]
    Type=Application
    Version=1.1
    Name=Millrace
    GenericName=Pipeline console
    Comment=%s
    Exec=/usr/bin/millrace
    TryExec=/opt/millrace/bin/millrace
    Icon=millrace
    Terminal=false
    StartupWMClass=dev.millrace.app.console.ConsoleApp
    Categories=Development;Database;
    Keywords=kafka;delta;stream;events;sensors;warehouse;
    Actions=demo;

    [Desktop Action demo]
    Name=Open with demo data
    Exec=/usr/bin/millrace demo
    """
        .formatted(Words.SHORT);
  }

  private String control(Path root) throws IOException {
    String described =
        Words.LONG.lines().map(line -> " " + line + "\n").collect(Collectors.joining());
    return """
    Package: millrace
    Version: %s
    Architecture: %s
    Maintainer: %s
    Installed-Size: %d
    Section: database
    Priority: optional
    Depends: libc6 (>= 2.28), libstdc++6, libgcc-s1, zlib1g
    Recommends: libgtk-3-0 | libgtk-3-0t64, libgl1, libxtst6, libxxf86vm1, libfreetype6, fontconfig
    Description: %s
    %s\
    """
        .formatted(
            plan.version().debian(),
            plan.target().debianCpu(),
            maintainer(System.getenv(), System.getProperty("user.name"), host()),
            size(root) / 1024,
            Words.SHORT.toLowerCase(java.util.Locale.ROOT),
            described);
  }

  /// Who answers for the package: the one who builds it, told by `DEBFULLNAME` and `DEBEMAIL` as to
  /// Debian's own tools, and else by the account and the machine.
  static String maintainer(Map<String, String> environment, String user, String host) {
    String name = environment.getOrDefault("DEBFULLNAME", "").strip();
    String address = environment.getOrDefault("DEBEMAIL", "").strip();
    return (name.isEmpty() ? user : name)
        + " <"
        + (address.isEmpty() ? user + "@" + host : address)
        + ">";
  }

  private static String host() throws IOException {
    return InetAddress.getLocalHost().getCanonicalHostName();
  }

  /// In Debian's form; what changed stands where people of all systems look for it.
  private String changelog() throws IOException {
    return """
    millrace (%s) stable; urgency=medium

      * What changed stands in CHANGELOG.md of the sources.

     -- %s  %s
    """
        .formatted(
            plan.version().debian(),
            maintainer(System.getenv(), System.getProperty("user.name"), host()),
            DateTimeFormatter.RFC_1123_DATE_TIME.format(plan.time().atOffset(ZoneOffset.UTC)));
  }

  private String copyright() {
    return """
    Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
    Upstream-Name: Millrace

    Files: *
    Copyright: %d the Millrace developers
    License: Apache-2.0
     On Debian systems the text of the Apache License 2.0 stands in
     /usr/share/common-licenses/Apache-2.0; this package also has it in
     /opt/millrace/lib/app/LICENSE.
    Comment:
     Parts of other people are in the package. /opt/millrace/lib/app/THIRD-PARTY.txt
     names each with its licence; notices of the Java runtime stand in
     /opt/millrace/lib/runtime/legal, those of the libraries in their jars.
    """
        .formatted(plan.time().atOffset(ZoneOffset.UTC).getYear());
  }

  private static long size(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).mapToLong(PackDeb::bytes).sum();
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sums(Path root) throws IOException {
    StringBuilder sums = new StringBuilder();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted().toList()) {
        if (Files.isRegularFile(each) && !Files.isSymbolicLink(each)) {
          sums.append(sum(each)).append("  ").append(root.relativize(each)).append('\n');
        }
      }
    }
    return sums.toString();
  }

  private static String sum(Path file) throws IOException {
    MessageDigest digest;
    try {
      // What dpkg compares; nothing is secured by it.
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
