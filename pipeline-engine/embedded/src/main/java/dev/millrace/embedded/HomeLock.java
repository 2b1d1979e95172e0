package dev.millrace.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ownership of a home's services: an OS lock on one file, which the OS gives back when its process
/// ends in whatever way. Any thread may call.
final class HomeLock implements AutoCloseable {

  // A POSIX lock belongs to the process: to close any other channel on the file would release it.
  // So a home held here is known here, and its lock file is not touched again.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private HomeLock(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /// The lock, or empty when another owner holds it.
  ///
  /// @param services folder of the services; made when missing
  /// @throws dev.millrace.engine.error.MillraceException `HOME` when the folder cannot be written
  static Optional<HomeLock> tryAcquire(Path services) {
    try {
      Files.createDirectories(services);
      Path folder = services.toRealPath();
      if (!HELD.add(folder)) {
        return Optional.empty();
      }
      Optional<HomeLock> lock = Optional.empty();
      try {
        lock = acquire(folder);
      } finally {
        if (lock.isEmpty()) {
          HELD.remove(folder);
        }
      }
      return lock;
    } catch (IOException e) {
      throw ServiceErrors.homeNotUsable(services, e);
    }
  }

  private static Optional<HomeLock> acquire(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(new HomeLock(folder, channel, lock));
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    } finally {
      HELD.remove(folder);
    }
  }
}
