package dev.millrace.engine.lake.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/// Files and folders that a power cut cannot take back.
///
/// Any thread may call. An interrupt does not tear a write apart: the work is done whole and the
/// thread's interrupt flag is kept for its owner.
public final class DurableFiles {

  // Windows keeps folder entries by itself and refuses to open a folder as a file.
  private static final boolean FOLDERS_CAN_BE_FORCED = File.separatorChar == '/';

  private DurableFiles() {}

  /// Forces the content of a written file to the disk. Its folder's entry needs {@link
  /// #forceFolder}.
  public static void force(Path file) throws IOException {
    forceOpened(file, StandardOpenOption.WRITE);
  }

  /// Forces the entries of a folder to the disk: the names of the files made, renamed or linked
  /// there.
  public static void forceFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FORCED) {
      forceOpened(folder, StandardOpenOption.READ);
    }
  }

  /// Makes the folder and those above it that are missing, and forces their entries to the disk.
  public static void createFolders(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = folder.toAbsolutePath().normalize();
        at != null && !Files.exists(at);
        at = at.getParent()) {
      missing.push(at);
    }
    if (missing.isEmpty() && Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    for (Path made : missing) {
      Path parent = made.getParent();
      if (parent != null) {
        forceFolder(parent);
      }
    }
  }

  /// Gives a written, forced file its name unless that name is taken.
  ///
  /// Of many callers with one target exactly one returns normally. The temporary name stands
  /// afterwards; the caller removes it.
  ///
  /// @throws FileAlreadyExistsException when the name is taken
  static void publish(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (UnsupportedOperationException noLinks) {
      throw new IOException(withoutLinks(target), noLinks);
    } catch (FileSystemException refused) {
      if (refused.getReason() != null && refused.getReason().contains("not permitted")) {
        throw new IOException(withoutLinks(target), refused);
      }
      throw refused;
    }
    forceFolder(folderOf(target));
  }

  /// Gives a written, forced file its name in one step, whoever had it before.
  public static void replace(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(folderOf(target));
  }

  public static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " lies in no folder");
    }
    return folder;
  }

  private static String withoutLinks(Path target) {
    return "The file system of "
        + target
        + " knows no hard links, and without them two writers could both win a commit";
  }

  private static void forceOpened(Path path, OpenOption option) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel channel = FileChannel.open(path, option)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException _) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
