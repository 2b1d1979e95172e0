package dev.millrace.engine.lake.store;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A local folder as a store. What it has put survives a power cut.
///
/// Reads and writes go through streams and not channels: an interrupt would close a channel in the
/// middle of a log.
public final class FolderStore implements Store {

  private static final String HIDDEN = ".";

  /// How the names of files end that are being written.
  private static final String PASSING = ".tmp";

  private final Path root;

  /// @param root made when something is first put
  public FolderStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  @Override
  public String place() {
    return root.toString();
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public List<Stored> list(String folder, String from) throws IOException {
    List<Stored> files = new ArrayList<>();
    for (Path file : entries(at(folder), name -> isListed(name, from))) {
      BasicFileAttributes attributes = attributes(file);
      if (attributes != null && attributes.isRegularFile()) {
        files.add(stored(file, attributes));
      }
    }
    return files;
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    return entries(at(folder), name -> isListed(name, "")).stream()
        .filter(Files::isDirectory)
        .map(FolderStore::lastName)
        .toList();
  }

  @Override
  public List<Stored> walk(String folder) throws IOException {
    return walk(folder, name -> isListed(name, ""));
  }

  @Override
  public List<Stored> unfinished(String folder) throws IOException {
    return walk(folder, name -> name.startsWith(HIDDEN) && name.endsWith(PASSING));
  }

  private List<Stored> walk(String folder, Predicate<String> wanted) throws IOException {
    List<Stored> files = new ArrayList<>();
    Path top = at(folder);
    if (!Files.isDirectory(top)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : all.toList()) {
        BasicFileAttributes attributes = wanted.test(lastName(file)) ? attributes(file) : null;
        if (attributes != null && attributes.isRegularFile()) {
          files.add(stored(file, attributes));
        }
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    return files;
  }

  @Override
  public Optional<Stored> find(String name) throws IOException {
    BasicFileAttributes attributes = attributes(at(name));
    return attributes == null ? Optional.empty() : Optional.of(stored(at(name), attributes));
  }

  @Override
  public byte[] read(String name) throws IOException {
    try (RandomAccessFile file = open(name)) {
      return read(file, 0, Math.toIntExact(file.length()));
    }
  }

  @Override
  public byte[] read(String name, long from, int length) throws IOException {
    try (RandomAccessFile file = open(name)) {
      return read(file, from, Math.clamp(file.length() - from, 0, length));
    }
  }

  @Override
  public void fetch(String name, Path target) throws IOException {
    Files.copy(at(name), target, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    Path target = at(name);
    Path temporary = written(target, content);
    try {
      DurableFiles.publish(temporary, target);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    Path target = at(name);
    Path temporary = written(target, content);
    try {
      DurableFiles.replace(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void put(String name, Path file) throws IOException {
    Path target = at(name);
    DurableFiles.createFolders(DurableFiles.folderOf(target));
    DurableFiles.force(file);
    try {
      DurableFiles.replace(file, target);
    } catch (AtomicMoveNotSupportedException _) {
      Path temporary = temporaryFor(target);
      try {
        Files.copy(file, temporary);
        DurableFiles.force(temporary);
        DurableFiles.replace(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  @Override
  public Path draft(String name) throws IOException {
    Path target = at(name);
    DurableFiles.createFolders(DurableFiles.folderOf(target));
    return temporaryFor(target);
  }

  @Override
  public boolean delete(String name) throws IOException {
    return Files.deleteIfExists(at(name));
  }

  @Override
  public void close() {}

  private Path at(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException(name + " leads out of " + root);
    }
    return path;
  }

  private Stored stored(Path file, BasicFileAttributes attributes) {
    return new Stored(
        root.relativize(file).toString().replace('\\', '/'),
        attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }

  private RandomAccessFile open(String name) throws IOException {
    try {
      return new RandomAccessFile(at(name).toFile(), "r");
    } catch (FileNotFoundException e) {
      if (!Files.exists(at(name))) {
        NoSuchFileException missing = new NoSuchFileException(at(name).toString());
        missing.initCause(e);
        throw missing;
      }
      throw e;
    }
  }

  private static byte[] read(RandomAccessFile file, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }

  /// A draft beside the target with this content, forced to the disk.
  private static Path written(Path target, byte[] content) throws IOException {
    DurableFiles.createFolders(DurableFiles.folderOf(target));
    Path temporary = temporaryFor(target);
    try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
      out.write(content);
      out.getFD().sync();
    } catch (IOException refused) {
      Files.deleteIfExists(temporary);
      throw refused;
    }
    return temporary;
  }

  private static Path temporaryFor(Path target) {
    return target.resolveSibling(HIDDEN + target.getFileName() + "." + UUID.randomUUID() + PASSING);
  }

  private static List<Path> entries(Path folder, Predicate<String> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> wanted.test(lastName(entry)))
          .sorted(Comparator.comparing(FolderStore::lastName))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
  }

  /// Null when the file is gone: a clean-up may remove it between a listing and now.
  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  private static boolean isListed(String name, String from) {
    return name.compareTo(from) >= 0 && !name.startsWith(HIDDEN);
  }

  private static String lastName(Path path) {
    return String.valueOf(path.getFileName());
  }
}
