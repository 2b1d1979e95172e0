package dev.millrace.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The PostgreSQL programs of this machine's kind, unpacked.
///
/// Any number of processes may unpack at once: each unpacks beside, and one rename wins.
///
/// @param folder with `bin`, `lib` and `share`
record PostgresBinaries(Path folder) {

  private static final boolean WINDOWS = osName().startsWith("windows");

  /// The program, for example `initdb`.
  Path program(String name) {
    return folder.resolve("bin").resolve(WINDOWS ? name + ".exe" : name);
  }

  /// The user's cache for unpacked programs, or the folder given when there is none to write to.
  static Path cache(Path otherwise) {
    Path cache = userCache().resolve("millrace");
    try {
      Files.createDirectories(cache);
      return Files.isWritable(cache) ? cache : otherwise;
    } catch (IOException _) {
      return otherwise;
    }
  }

  private static Path userCache() {
    Path userHome = Path.of(System.getProperty("user.home"));
    if (WINDOWS) {
      return folderOf("LOCALAPPDATA", userHome.resolve("AppData").resolve("Local"));
    }
    if (osName().startsWith("mac")) {
      return userHome.resolve("Library").resolve("Caches");
    }
    return folderOf("XDG_CACHE_HOME", userHome.resolve(".cache"));
  }

  private static Path folderOf(String variable, Path otherwise) {
    String value = System.getenv(variable);
    return value == null || value.isBlank() ? otherwise : Path.of(value);
  }

  /// The programs, unpacked below `cache` when they are not yet.
  static PostgresBinaries unpacked(Path cache) {
    String name = archive(osName(), System.getProperty("os.arch"));
    URL archive = PostgresBinaries.class.getResource("/" + name + ".txz");
    if (archive == null) {
      throw ServiceErrors.binariesMissing(name + ".txz");
    }
    try {
      Path folder = cache.resolve(name + "-" + fingerprint(archive));
      PostgresBinaries binaries = new PostgresBinaries(folder);
      if (!binaries.complete()) {
        unpack(archive, folder);
      }
      return binaries;
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Unpacking PostgreSQL", cache, e);
    }
  }

  /// Name of the archive for a machine, as `os.name` and `os.arch` give it.
  static String archive(String osName, String osArch) {
    String os =
        osName.startsWith("linux")
            ? "linux"
            : osName.startsWith("mac") ? "darwin" : osName.startsWith("windows") ? "windows" : "";
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> os.equals("windows") ? "" : "arm_64";
          default -> "";
        };
    if (os.isEmpty() || arch.isEmpty()) {
      throw ServiceErrors.unsupportedMachine(osName, osArch);
    }
    return "postgres-" + os + "-" + arch;
  }

  private static String osName() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT);
  }

  private boolean complete() {
    return Stream.of("postgres", "initdb", "pg_ctl")
        .allMatch(name -> Files.isRegularFile(program(name)));
  }

  /// Changes when the archive does; costs no reading of it when it lies in a jar.
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    long value =
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getContentLengthLong();
    return Long.toHexString(value);
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    Path draft = Files.createTempDirectory(folder.getParent(), folder.getFileName() + ".");
    try {
      extract(archive, draft);
      if (Files.isDirectory(folder)) {
        deleteTree(folder);
      }
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException _) {
      // Another process was first; its copy is as good.
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!new PostgresBinaries(folder).complete()) {
        throw e;
      }
    } finally {
      deleteTree(draft);
    }
  }

  private static void extract(URL archive, Path folder) throws IOException {
    try (InputStream raw = archive.openStream();
        InputStream xz = new XZCompressorInputStream(new BufferedInputStream(raw, 1 << 16));
        TarArchiveInputStream tar = new TarArchiveInputStream(xz)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry " + entry.getName() + " leads out of the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          } else if (entry.isLink()) {
            Files.copy(folder.resolve(entry.getLinkName()), target);
          } else {
            Files.copy(tar, target);
            makeExecutable(target, entry.getMode());
          }
        }
      }
    }
  }

  private static void makeExecutable(Path file, int mode) throws IOException {
    if ((mode & 0100) != 0
        && Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
