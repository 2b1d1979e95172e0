package dev.millrace.engine.lake.store;

import dev.millrace.engine.lake.LakeFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Data files of a store that is not a folder: written here, uploaded by the commit, and brought
/// back to be read.
///
/// New files until their commit, and links to the files that are read now, lie in the work folder
/// of this process. Any thread may call.
public final class StagedData implements DataPlace {

  private static final Logger LOG = LoggerFactory.getLogger(StagedData.class);
  private static final int AT_ONCE = 8;

  private final Store store;
  private final ReadCache cache;
  private final Path staged;
  private final Path held;
  private final Set<String> uploaded = ConcurrentHashMap.newKeySet();
  private final Semaphore transfers = new Semaphore(AT_ONCE);
  private final AtomicLong holds = new AtomicLong();

  /// @param work where new files and links lie; on the cache's file system
  public StagedData(Store store, ReadCache cache, WorkFolder work) {
    this.store = store;
    this.cache = cache;
    this.staged = work.path().resolve("staged");
    this.held = work.path().resolve("held");
  }

  /// The folder whose relative paths are the store's names.
  public Path root() {
    return staged;
  }

  @Override
  public Optional<Unfit> secure(Path folder, Collection<LakeFile> files) throws IOException {
    List<LakeFile> waiting = new ArrayList<>();
    for (LakeFile file : files) {
      if (!uploaded.contains(name(file))) {
        Optional<Unfit> unfit = unfit(file, waiting);
        if (unfit.isPresent()) {
          return unfit;
        }
      }
    }
    List<Transfer> uploads = new ArrayList<>();
    for (LakeFile file : waiting) {
      uploads.add(
          begin(
              () -> {
                store.put(name(file), file.path());
                uploaded.add(name(file));
              }));
    }
    awaitWhole(uploads);
    return Optional.empty();
  }

  @Override
  public void landed(Collection<LakeFile> files) {
    for (LakeFile file : files) {
      uploaded.remove(name(file));
      try {
        cache.adopt(name(file), file.path());
      } catch (NoSuchFileException _) {
        // It was in the store before, as after a restore of an old version.
      } catch (IOException notKept) {
        LOG.info("{} is not kept here for reading", file.path(), notKept);
      }
    }
  }

  @Override
  public void forget(Collection<Path> files) throws IOException {
    for (Path file : files) {
      String name = name(file);
      uploaded.remove(name);
      Files.deleteIfExists(file);
      cache.remove(name);
    }
  }

  @Override
  public Hold hold(Collection<LakeFile> files) {
    if (files.isEmpty()) {
      return new Links(Map.of(), held.resolve("none"));
    }
    Path folder = held.resolve(Long.toString(holds.incrementAndGet()));
    Map<Path, Path> links = new LinkedHashMap<>();
    boolean whole = false;
    try {
      List<Transfer> fetches = new ArrayList<>();
      for (LakeFile file : files) {
        Path link = folder.resolve(name(file));
        if (links.put(file.path(), link) == null) {
          Files.createDirectories(DurableFiles.folderOf(link));
          if (!linkedStaged(file.path(), link)) {
            fetches.add(begin(() -> cache.link(name(file), file.bytes(), link)));
          }
        }
      }
      awaitInterruptibly(fetches);
      whole = true;
      return new Links(links, folder);
    } catch (IOException failed) {
      throw StoreFaults.of("Reading " + files.size() + " data files", store.place(), failed);
    } finally {
      if (!whole) {
        remove(folder);
      }
    }
  }

  private record Links(Map<Path, Path> links, Path folder) implements Hold {

    @Override
    public Path path(LakeFile file) {
      Path link = links.get(file.path());
      if (link == null) {
        throw new IllegalArgumentException(file.path() + " is not held");
      }
      return link;
    }

    @Override
    public void close() {
      remove(folder);
    }
  }

  private String name(LakeFile file) {
    return name(file.path());
  }

  private String name(Path file) {
    Path path = file.toAbsolutePath().normalize();
    if (!path.startsWith(staged)) {
      throw new IllegalArgumentException(path + " lies outside of " + staged);
    }
    return staged.relativize(path).toString().replace('\\', '/');
  }

  /// What is wrong with a file, or empty; one that must be uploaded yet is added to `waiting`.
  private Optional<Unfit> unfit(LakeFile file, List<LakeFile> waiting) throws IOException {
    long bytes;
    if (Files.isRegularFile(file.path())) {
      bytes = Files.size(file.path());
      waiting.add(file);
    } else {
      Optional<Stored> there = store.find(name(file));
      if (there.isEmpty()) {
        return Optional.of(new Unfit(file, "is missing"));
      }
      bytes = there.get().bytes();
    }
    return bytes == file.bytes()
        ? Optional.empty()
        : Optional.of(new Unfit(file, "has " + bytes + " bytes and not " + file.bytes()));
  }

  /// A file that waits for its commit is read where it lies.
  private static boolean linkedStaged(Path file, Path link) throws IOException {
    try {
      Files.createLink(link, file);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } catch (UnsupportedOperationException _) {
      if (Files.exists(file)) {
        Files.copy(file, link);
        return true;
      }
      return false;
    } catch (FileAlreadyExistsException told) {
      throw told;
    }
  }

  private interface Moving {
    void run() throws IOException;
  }

  /// One file on its way, on a thread of its own.
  private record Transfer(Thread thread, FutureTask<Boolean> task) {}

  private Transfer begin(Moving moving) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              transfers.acquire();
              try {
                moving.run();
                return true;
              } finally {
                transfers.release();
              }
            });
    return new Transfer(Thread.ofVirtual().name("lake transfer").start(task), task);
  }

  /// Waits for all; an interrupt is kept for later.
  private static void awaitWhole(List<Transfer> transfers) throws IOException {
    boolean interrupted = false;
    IOException failure = null;
    for (Transfer transfer : transfers) {
      while (true) {
        try {
          transfer.task().get();
          break;
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException failed) {
          failure = added(failure, failed);
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /// Waits for all, and ends those under way when interrupted.
  private static void awaitInterruptibly(List<Transfer> transfers) throws IOException {
    try {
      IOException failure = null;
      for (Transfer transfer : transfers) {
        try {
          transfer.task().get();
        } catch (ExecutionException failed) {
          failure = added(failure, failed);
        }
      }
      if (failure != null) {
        throw failure;
      }
    } catch (InterruptedException _) {
      transfers.forEach(transfer -> transfer.thread().interrupt());
      InterruptedIOException told =
          new InterruptedIOException("the transfer of data files was interrupted");
      try {
        awaitWhole(transfers);
      } catch (IOException broken) {
        told.addSuppressed(broken);
      }
      Thread.currentThread().interrupt();
      throw told;
    }
  }

  private static IOException added(@Nullable IOException failure, ExecutionException failed) {
    IOException cause =
        switch (failed.getCause()) {
          case IOException io -> io;
          case InterruptedException _ -> new InterruptedIOException("interrupted");
          case Error error -> throw error;
          case RuntimeException fault -> throw fault;
          case null, default -> new IOException(failed);
        };
    if (failure == null) {
      return cause;
    }
    failure.addSuppressed(cause);
    return failure;
  }

  private static void remove(Path folder) {
    try {
      WorkFolder.deleteTree(folder);
    } catch (IOException left) {
      LOG.info("{} is removed when this process ends", folder, left);
    }
  }
}
