package dev.millrace.engine.lake.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Local copies of a store's data files, kept up to a bound; the longest unused go first, a
/// sixteenth of the bound at once.
///
/// Data files never change, so a copy that has its file's size is good; it gets its name only when
/// it is whole and on the disk. Readers get hard links of their own, so nothing that is let go of
/// is taken from them; the bound holds for what is kept, and what readers hold beyond it comes on
/// top. Several processes may share one folder. Any thread may call.
public final class ReadCache {

  private static final String HIDDEN = ".";
  private static final Duration DRAFTS_ABANDONED = Duration.ofHours(6);
  private static final int LOCKS = 128;

  private final Path folder;
  private final Store store;
  private final long limit;
  private final InstantSource clock;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong fetches = new AtomicLong();
  private final ReentrantLock evicting = new ReentrantLock();
  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toList();

  /// @param folder where copies are kept; made when missing
  /// @param limit most bytes to keep
  public ReadCache(Path folder, Store store, long limit, InstantSource clock) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    this.store = store;
    this.limit = limit;
    this.clock = clock;
    Files.createDirectories(this.folder);
    shrink();
  }

  /// Makes a link to the file's copy, fetching it first when it is not here.
  ///
  /// @param size what the file must have
  /// @param link new path; its folder exists
  /// @throws IOException also when the store's file has another size
  public void link(String name, long size, Path link) throws IOException {
    Path copy = folder.resolve(name);
    if (linked(copy, size, link)) {
      hits.incrementAndGet();
      return;
    }
    ReentrantLock lock = locks.get(Math.floorMod(name.hashCode(), LOCKS));
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Fetching " + name + " was interrupted");
    }
    try {
      if (!linked(copy, size, link)) {
        fetch(name, size, copy, link);
      }
    } finally {
      lock.unlock();
    }
    shrinkIfOver();
  }

  /// Takes over a local file that is in the store by now as its copy, by moving it.
  public void adopt(String name, Path file) throws IOException {
    long size = Files.size(file);
    Path copy = folder.resolve(name);
    Files.createDirectories(DurableFiles.folderOf(copy));
    Files.move(file, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    touch(copy);
    bytes.addAndGet(size);
    shrinkIfOver();
  }

  /// Lets go of a file's copy.
  public void remove(String name) throws IOException {
    Path copy = folder.resolve(name);
    try {
      long size = Files.size(copy);
      if (Files.deleteIfExists(copy)) {
        bytes.addAndGet(-size);
      }
    } catch (NoSuchFileException _) {
      return;
    }
  }

  /// Bytes kept, as far as this process knows.
  public long bytes() {
    return bytes.get();
  }

  /// Readings that found their file here.
  public long hits() {
    return hits.get();
  }

  /// Files brought from the store.
  public long fetches() {
    return fetches.get();
  }

  private void fetch(String name, long size, Path copy, Path link) throws IOException {
    Files.createDirectories(DurableFiles.folderOf(copy));
    Path draft = copy.resolveSibling(HIDDEN + copy.getFileName() + "." + UUID.randomUUID());
    try {
      store.fetch(name, draft);
      long came = Files.size(draft);
      if (came != size) {
        throw new StoreException(
            store.place() + "/" + name + " has " + came + " bytes and not " + size,
            "see whether another program wrote over it, and restore it from a backup",
            new IOException("size"));
      }
      DurableFiles.force(draft);
      makeLink(draft, link);
      Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      touch(copy);
      bytes.addAndGet(size);
      fetches.incrementAndGet();
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /// False when there is no good copy.
  private boolean linked(Path copy, long size, Path link) throws IOException {
    try {
      if (Files.size(copy) != size) {
        Files.deleteIfExists(copy);
        return false;
      }
      makeLink(copy, link);
    } catch (NoSuchFileException _) {
      return false;
    }
    touch(copy);
    return true;
  }

  private static void makeLink(Path copy, Path link) throws IOException {
    try {
      Files.createLink(link, copy);
    } catch (FileAlreadyExistsException | NoSuchFileException told) {
      throw told;
    } catch (UnsupportedOperationException | FileSystemException _) {
      // A file system without hard links: a copy of its own serves as well.
      Files.copy(copy, link);
    }
  }

  /// Marks a copy as used now; another process may just have let go of it.
  private void touch(Path copy) throws IOException {
    try {
      Files.setLastModifiedTime(copy, FileTime.from(clock.instant()));
    } catch (NoSuchFileException _) {
      // Gone; whoever fetches it next has it anew.
    }
  }

  private void shrinkIfOver() throws IOException {
    if (bytes.get() > limit && evicting.tryLock()) {
      try {
        shrink();
      } finally {
        evicting.unlock();
      }
    }
  }

  private record Copy(Path path, long size, FileTime used) {}

  /// Counts what is here, other processes' copies too, and lets go of the longest unused.
  private void shrink() throws IOException {
    List<Copy> copies = new ArrayList<>();
    long total = 0;
    Instant abandoned = clock.instant().minus(DRAFTS_ABANDONED);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Copy copy = copyAt(path);
        if (copy != null && path.getFileName().toString().startsWith(HIDDEN)) {
          if (copy.used().toInstant().isBefore(abandoned)) {
            Files.deleteIfExists(path);
          }
        } else if (copy != null) {
          copies.add(copy);
          total += copy.size();
        }
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    copies.sort(Comparator.comparing(Copy::used));
    long target = total > limit ? limit - limit / 16 : limit;
    for (Copy copy : copies) {
      if (total <= target) {
        break;
      }
      Files.deleteIfExists(copy.path());
      total -= copy.size();
    }
    bytes.set(total);
  }

  private static @Nullable Copy copyAt(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? new Copy(path, attributes.size(), attributes.lastModifiedTime())
          : null;
    } catch (NoSuchFileException _) {
      return null;
    }
  }
}
