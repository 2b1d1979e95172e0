package dev.millrace.engine.lake.store;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A store as Delta Kernel's file system, without Hadoop.
///
/// Kernel knows every file by a local path below one folder, whose relative part is the file's name
/// in the store. For a folder that is where the file lies; for an object store it is only a name.
/// Paths are Kernel's: `file:` and the plain, unescaped path. Any thread may call.
public final class StoreFileIO implements FileIO {

  private static final String SCHEME = "file:";

  private final Path root;
  private final Store store;

  /// @param root the path that stands for the store's root
  public StoreFileIO(Path root, Store store) {
    this.root = root.toAbsolutePath().normalize();
    this.store = store;
  }

  /// A folder, by its own paths.
  public static StoreFileIO on(FolderStore store) {
    return new StoreFileIO(store.root(), store);
  }

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

  public Store store() {
    return store;
  }

  /// The name in the store of a path below the root; empty for the root itself.
  public String nameOf(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (!absolute.startsWith(root)) {
      throw new IllegalArgumentException(path + " does not lie in " + root);
    }
    return root.relativize(absolute).toString().replace('\\', '/');
  }

  /// Where a path below the root lies, for a person.
  public String placeOf(Path path) {
    return store.isRemote() ? store.place(nameOf(path)) : path.toString();
  }

  /// What stands under a path, or empty.
  public Optional<Stored> find(Path path) throws IOException {
    return store.find(nameOf(path));
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    String name = nameOf(pathOf(filePath));
    int slash = name.lastIndexOf('/');
    String folder = name.substring(0, Math.max(slash, 0));
    List<Stored> found = store.list(folder, name.substring(slash + 1));
    if (found.isEmpty() && store.list(folder, "").isEmpty()) {
      throw new FileNotFoundException(filePath);
    }
    return closeable(found.stream().map(this::status).iterator());
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    return store
        .find(name(path))
        .map(this::status)
        .orElseThrow(() -> new FileNotFoundException(path));
  }

  @Override
  public String resolvePath(String path) {
    return textOf(pathOf(path));
  }

  /// Folders come to be with the first file in them.
  @Override
  public boolean mkdirs(String path) {
    return true;
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    return new StoreInputFile(store, name(path), path, fileSize);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new StoreOutputFile(store, name(path), path);
  }

  @Override
  public boolean delete(String path) throws IOException {
    return store.delete(name(path));
  }

  @Override
  public Optional<String> getConf(String confKey) {
    return Optional.empty();
  }

  @Override
  public void copyFileAtomically(String srcPath, String destPath, boolean overwrite)
      throws IOException {
    byte[] content;
    try {
      content = store.read(name(srcPath));
    } catch (NoSuchFileException e) {
      FileNotFoundException missing = new FileNotFoundException(srcPath);
      missing.initCause(e);
      throw missing;
    }
    if (overwrite) {
      store.put(name(destPath), content);
    } else if (!store.create(name(destPath), content)) {
      throw new FileAlreadyExistsException(destPath);
    }
  }

  private String name(String path) {
    return nameOf(pathOf(path));
  }

  private FileStatus status(Stored file) {
    return FileStatus.of(
        textOf(root.resolve(file.name())), file.bytes(), file.modified().toEpochMilli());
  }

  private static <T> CloseableIterator<T> closeable(Iterator<T> items) {
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public T next() {
        return items.next();
      }

      @Override
      public void close() {}
    };
  }
}
