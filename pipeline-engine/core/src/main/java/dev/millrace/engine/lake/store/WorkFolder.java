package dev.millrace.engine.lake.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder for the files that one process works on, gone when it ends.
///
/// The process holds a lock in it, which the system gives back however the process ends; folders
/// whose lock is free are left over from processes that were killed, and the next to open one
/// removes them.
public final class WorkFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private static final String LOCK = "lock";

  // A POSIX lock belongs to the process: to close any other channel on the file would release it.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private WorkFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// @param parent holds the folders of all processes; made when missing
  public static WorkFolder open(Path parent) throws IOException {
    Path all = parent.toAbsolutePath().normalize();
    Files.createDirectories(all);
    removeLeftOver(all);
    // Locked under a hidden name before others look at it.
    String name = UUID.randomUUID().toString();
    Path hidden = all.resolve("." + name);
    Path path = all.resolve(name);
    OURS.add(path);
    Files.createDirectory(hidden);
    FileChannel channel =
        FileChannel.open(
            hidden.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(hidden + " is locked by another process");
    }
    Files.move(hidden, path);
    return new WorkFolder(path, channel);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    deleteBelow(path);
    channel.close();
    deleteTree(path);
    OURS.remove(path);
  }

  private static void removeLeftOver(Path all) throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(all)) {
      folders = entries.filter(f -> !f.getFileName().toString().startsWith(".")).toList();
    }
    for (Path folder : folders) {
      if (!OURS.contains(folder) && isLeftOver(folder)) {
        LOG.info("Removing what a process left behind in {}", folder);
        deleteTree(folder);
      }
    }
  }

  private static boolean isLeftOver(Path folder) throws IOException {
    try (FileChannel channel =
            FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException _) {
      // Another process is removing it.
      return false;
    }
  }

  /// All but the lock.
  private static void deleteBelow(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      if (!each.equals(folder) && !each.equals(folder.resolve(LOCK))) {
        Files.deleteIfExists(each);
      }
    }
  }

  static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      deleteBelow(folder);
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
    }
  }
}
