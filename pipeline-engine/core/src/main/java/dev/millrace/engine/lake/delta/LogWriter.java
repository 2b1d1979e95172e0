package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.LocalFileIO;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.internal.util.Utils;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one table, written.
///
/// An entry is one file that appears whole under the next number or not at all, so a commit costs
/// the same however long the log is. Why Kernel's transactions are not used stands in
/// `docs/decisions/0004-commits-without-kernels-transactions.md`. Any thread may call.
record LogWriter(TableName name, Path folder, Engine engine, DeltaLog log) {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  /// Writes one entry.
  ///
  /// @return false when the version is another writer's; nothing of this one stands then
  boolean write(long version, CommitLabel label, List<Row> actions) {
    List<Row> rows = new ArrayList<>(actions.size() + 1);
    rows.add(label.row());
    rows.addAll(actions);
    Path entry = log.entry(version);
    try {
      DurableFiles.createFolders(DurableFiles.folderOf(entry));
      engine
          .getJsonHandler()
          .writeJsonFileAtomically(
              LocalFileIO.textOf(entry), Utils.toCloseableIterator(rows.iterator()), false);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException refused) {
      throw StoreFaults.of("Committing to " + name, folder, refused);
    }
  }

  /// Forces data files, and the folders that name them, to the disk.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `INTERNAL` when a file is not what it is
  ///   said to be
  void secure(Collection<LakeFile> files) {
    Set<Path> folders = new LinkedHashSet<>();
    try {
      for (LakeFile file : files) {
        secure(file);
        for (Path at = file.path().getParent();
            at != null && at.startsWith(folder);
            at = at.getParent()) {
          folders.add(at);
        }
      }
      for (Path each : folders) {
        DurableFiles.forceFolder(each);
      }
    } catch (IOException refused) {
      throw StoreFaults.of("Committing to " + name, folder, refused);
    }
  }

  /// Makes a checkpoint of the newest version and lets go of entries past their retention.
  ///
  /// A failure is logged and harms nothing: the entries tell all that the checkpoint would.
  void checkpoint() {
    try {
      log.newest().writeCheckpoint(engine);
    } catch (CheckpointAlreadyExistsException _) {
      LOG.debug("Another writer made the checkpoint of {}", name);
    } catch (IOException | RuntimeException failed) {
      LOG.warn("No checkpoint of {} this time; its data is safe", name, failed);
    }
  }

  /// As {@link #checkpoint()}, for one that must stand.
  ///
  /// @return its version
  long checkpointNow() throws IOException {
    Snapshot newest = log.newest();
    try {
      newest.writeCheckpoint(engine);
    } catch (CheckpointAlreadyExistsException _) {
      LOG.debug("The checkpoint of {} stands", name);
    } catch (RuntimeException failed) {
      throw DeltaFaults.of("Making a checkpoint of", name, folder, failed);
    }
    return newest.getVersion();
  }

  private void secure(LakeFile file) throws IOException {
    if (!Files.isRegularFile(file.path())) {
      throw DeltaFaults.notWritten(name, file, "is missing");
    }
    long bytes = Files.size(file.path());
    if (bytes != file.bytes()) {
      throw DeltaFaults.notWritten(name, file, "has " + bytes + " bytes and not " + file.bytes());
    }
    DurableFiles.force(file.path());
  }
}
