package dev.millrace.jpackage;

import java.io.ByteArrayOutputStream;
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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The files of a Debian package on their way into it, laid out as they will lie on a machine.
final class DebTree {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /// Debian wants the zone as a number, which RFC 1123's own formatter does not write.
  private static final DateTimeFormatter CHANGED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

  /// Where the header of a gzip file says how it was compressed, and that it was done best.
  private static final int GZIP_FLAGS = 8;

  private static final byte GZIP_BEST = 2;

  private final Plan plan;
  private final String name;
  private final Path root;

  /// @param name the package's
  DebTree(Plan plan, String name) {
    this.plan = plan;
    this.name = name;
    this.root = plan.out().resolve("deb-" + name);
  }

  /// As Debian wants its manual pages and changelogs.
  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  /// The same files at another place, without copying them.
  void folder(Path from, String to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path there = root.resolve(to).resolve(from.relativize(each).toString());
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

  void link(String path, String to) throws IOException {
    Files.createSymbolicLink(made(path), Path.of(to));
  }

  void text(String path, String text) throws IOException {
    bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(String path, byte[] content) throws IOException {
    Files.write(made(path), content);
  }

  /// A file that is compressed by itself.
  void packed(String path, byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new SmallestGzip(packed)) {
      out.write(content);
    }
    byte[] file = packed.toByteArray();
    file[GZIP_FLAGS] = GZIP_BEST;
    bytes(path, file);
  }

  /// What a package must say of its licence and of its changes.
  ///
  /// @param thirdParty where other people's licences stand, as lines
  void papers(String thirdParty) throws IOException {
    text(
        "usr/share/doc/" + name + "/copyright",
        """
        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
        Upstream-Name: Millrace

        Files: *
        Copyright: %d the Millrace developers
        License: Apache-2.0
         On Debian systems the text of the Apache License 2.0 stands in
         /usr/share/common-licenses/Apache-2.0.
        Comment:
        %s"""
            .formatted(plan.time().atOffset(ZoneOffset.UTC).getYear(), indented(thirdParty)));
    packed(
        "usr/share/doc/" + name + "/changelog.gz",
        """
        %s (%s) stable; urgency=medium

          * What changed stands in CHANGELOG.md of the sources.

         -- %s  %s
        """
            .formatted(
                name,
                plan.version().debian(),
                maintainer(),
                CHANGED.format(plan.time().atOffset(ZoneOffset.UTC)))
            .getBytes(StandardCharsets.UTF_8));
  }

  /// Packs what was laid out, every file with the plan's time, and deletes the layout.
  ///
  /// @param architecture Debian's name of it, or `all`
  /// @param relations lines of the control file that name other packages
  void pack(
      String architecture,
      String relations,
      String words,
      String description,
      BuildImage times,
      Path file)
      throws IOException {
    text("DEBIAN/md5sums", sums());
    text(
        "DEBIAN/control",
        """
        Package: %s
        Version: %s
        Architecture: %s
        Maintainer: %s
        Installed-Size: %d
        Section: database
        Priority: optional
        %s
        Description: %s
        %s"""
            .formatted(
                name,
                plan.version().debian(),
                architecture,
                maintainer(),
                size() / 1024,
                relations.strip(),
                words,
                indented(description)));
    permissions();
    times.oneTime(root);
    Tool.run(
        List.of(
            "dpkg-deb",
            "--root-owner-group",
            "-Zzstd",
            "-z" + plan.compression(),
            "--build",
            root.toString(),
            file.toString()),
        Map.of("SOURCE_DATE_EPOCH", Long.toString(plan.time().getEpochSecond())),
        plan.out().resolve("dpkg-deb.log"),
        LIMIT);
    TrainAotCache.delete(root);
  }

  private static String indented(String text) {
    return text.lines().map(line -> " " + line + "\n").collect(Collectors.joining());
  }

  private Path made(String path) throws IOException {
    Path file = root.resolve(path);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return file;
  }

  private static String maintainer() throws IOException {
    return maintainer(
        System.getenv(),
        System.getProperty("user.name"),
        InetAddress.getLocalHost().getCanonicalHostName());
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

  private void permissions() throws IOException {
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

  private long size() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).mapToLong(DebTree::bytes).sum();
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sums() throws IOException {
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
