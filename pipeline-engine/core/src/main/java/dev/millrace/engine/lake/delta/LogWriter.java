package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeListener;
import dev.millrace.engine.lake.store.DataPlace;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.internal.util.Utils;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one table, written.
///
/// An entry is one file that appears whole under the next number or not at all, so a commit costs
/// the same however long the log is. Why Kernel's transactions are not used stands in
/// `docs/decisions/0004-commits-without-kernels-transactions.md`. Any thread may call.
record LogWriter(
    TableName name,
    Path folder,
    Engine engine,
    DeltaLog log,
    DataPlace data,
    LakeListener listener) {

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
      engine
          .getJsonHandler()
          .writeJsonFileAtomically(
              StoreFileIO.textOf(entry), Utils.toCloseableIterator(rows.iterator()), false);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException refused) {
      throw StoreFaults.of("Committing to " + name, folder, refused);
    }
  }

  /// Sees to it that the data files are in the store for good.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `INTERNAL` when a file is not what it is
  ///   said to be
  void secure(Collection<LakeFile> files) {
    try {
      data.secure(folder, files)
          .ifPresent(
              unfit -> {
                throw DeltaFaults.notWritten(name, unfit.file(), unfit.why());
              });
    } catch (IOException refused) {
      throw StoreFaults.of("Committing to " + name, folder, refused);
    }
  }

  /// Makes a checkpoint of the newest version and lets go of entries past their retention.
  ///
  /// A failure is logged and harms nothing, be it of the store or of a class that cannot be loaded:
  /// the entries tell all that the checkpoint would.
  void checkpoint() {
    long since = System.nanoTime();
    try {
      log.newest().writeCheckpoint(engine);
      listener.checkpointed(name, Duration.ofNanos(System.nanoTime() - since));
    } catch (CheckpointAlreadyExistsException _) {
      LOG.debug("Another writer made the checkpoint of {}", name);
    } catch (IOException | RuntimeException | LinkageError failed) {
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
      throw DeltaFaults.of("Making a checkpoint of", name, log.files().placeOf(folder), failed);
    }
    return newest.getVersion();
  }
}
