package dev.millrace.engine.lake.store;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A local folder as Delta Kernel's file system, without Hadoop.
///
/// A file appears whole or not at all, and once it has appeared it survives a power cut. Paths are
/// Kernel's: `file:` and the plain, unescaped path. Any thread may call.
public final class LocalFileIO implements FileIO {

  private static final String SCHEME = "file:";
  private static final String HIDDEN = ".";

  /// The path Kernel means by a text.
  public static Path pathOf(String text) {
    if (!text.startsWith(SCHEME)) {
      return Path.of(text);
    }
    String path = text.substring(SCHEME.length()).replaceFirst("^/+", "/");
    // `/C:/data` is `C:/data` on Windows.
    return Path.of(path.matches("/[A-Za-z]:.*") ? path.substring(1) : path);
  }

  /// The text Kernel knows a path by.
  public static String textOf(Path path) {
    String plain = path.toAbsolutePath().normalize().toString().replace('\\', '/');
    return SCHEME + (plain.startsWith("/") ? plain : "/" + plain);
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    Path from = pathOf(filePath);
    String first = from.getFileName().toString();
    List<Path> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(DurableFiles.folderOf(from))) {
      entries
          .filter(entry -> isListed(entry.getFileName().toString(), first))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .forEach(found::add);
    } catch (NoSuchFileException missing) {
      throw notFound(filePath, missing);
    }
    return new Listing(found.iterator());
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    try {
      return status(pathOf(path));
    } catch (NoSuchFileException missing) {
      throw notFound(path, missing);
    }
  }

  @Override
  public String resolvePath(String path) {
    return textOf(pathOf(path));
  }

  @Override
  public boolean mkdirs(String path) throws IOException {
    DurableFiles.createFolders(pathOf(path));
    return true;
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    return new LocalInputFile(pathOf(path), path);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new LocalOutputFile(pathOf(path), path);
  }

  @Override
  public boolean delete(String path) throws IOException {
    return Files.deleteIfExists(pathOf(path));
  }

  @Override
  public Optional<String> getConf(String confKey) {
    return Optional.empty();
  }

  @Override
  public void copyFileAtomically(String srcPath, String destPath, boolean overwrite)
      throws IOException {
    Path target = pathOf(destPath);
    Path temporary = temporaryFor(target);
    try {
      Files.copy(pathOf(srcPath), temporary);
      DurableFiles.force(temporary);
      if (overwrite) {
        DurableFiles.replace(temporary, target);
      } else {
        DurableFiles.publish(temporary, target);
      }
    } catch (NoSuchFileException missing) {
      throw notFound(srcPath, missing);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// A name beside the target which no reader of a table looks at.
  public static Path temporaryFor(Path target) {
    return target.resolveSibling(HIDDEN + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static boolean isListed(String name, String first) {
    return name.compareTo(first) >= 0 && !name.startsWith(HIDDEN);
  }

  private static FileStatus status(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return FileStatus.of(textOf(file), attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  private static FileNotFoundException notFound(String path, IOException cause) {
    FileNotFoundException notFound = new FileNotFoundException(path);
    notFound.initCause(cause);
    return notFound;
  }

  /// Files by name; each is looked at when its turn comes, for a log may be long and most readers
  /// stop early.
  private static final class Listing implements CloseableIterator<FileStatus> {

    private final Iterator<Path> files;
    private Optional<FileStatus> next = Optional.empty();

    Listing(Iterator<Path> files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && files.hasNext()) {
        try {
          next = Optional.of(status(files.next()));
        } catch (NoSuchFileException _) {
          // A log clean-up removed it between the listing and now.
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
      return next.isPresent();
    }

    @Override
    public FileStatus next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      FileStatus file = next.orElseThrow();
      next = Optional.empty();
      return file;
    }

    @Override
    public void close() {}
  }
}
