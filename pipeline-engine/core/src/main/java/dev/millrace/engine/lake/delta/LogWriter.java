package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one table, written.
///
/// Not for several threads; the table's lock guards it.
final class LogWriter {

  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final TableName name;
  private final Path folder;
  private final Engine engine;
  private final DeltaLog log;

  /// Kernel's snapshot after the last commit of ours. It spares the next one a listing of the log,
  /// and is good for one transaction only: two from one object do not see each other.
  private @Nullable Snapshot prepared;

  private boolean checkpointDue;

  LogWriter(TableName name, Path folder, Engine engine, DeltaLog log) {
    this.name = name;
    this.folder = folder;
    this.engine = engine;
    this.log = log;
  }

  FileActions actions(TableState state) {
    return new FileActions(
        name, folder, state.shape().schema(), state.shape().partition());
  }

  /// Writes the entry after `from`, its data files first.
  ///
  /// @return false when another writer's entry stands there; nothing of this one does then
  boolean write(TableState from, DeltaTable.Change change) {
    List<Row> actions = rows(from, change);
    Snapshot snapshot = take(from);
    try {
      Transaction transaction =
          snapshot
              .buildUpdateTableTransaction(change.label().engine(), Operation.MANUAL_UPDATE)
              .withMaxRetries(0)
              .build(engine);
      transaction.withCommitterProperties(change.label()::properties);
      TransactionCommitResult result =
          transaction.commit(
              engine,
              CloseableIterable.inMemoryIterable(
                  Utils.toCloseableIterator(actions.iterator())));
      if (result.getVersion() != from.version() + 1) {
        throw new IllegalStateException(
            "Commit against " + from.version() + " became " + result.getVersion());
      }
      prepared = result.getPostCommitSnapshot().orElse(null);
      checkpointDue = isCheckpointDue(result.getPostCommitHooks());
      return true;
    } catch (KernelException | KernelEngineException | UncheckedIOException failed) {
      if (LostRace.isCauseOf(failed)) {
        return false;
      }
      throw DeltaFaults.of("Committing to", name, folder, failed);
    }
  }

  /// What may follow a commit that landed; nothing here can undo it.
  void afterCommit() {
    if (!checkpointDue) {
      return;
    }
    checkpointDue = false;
    // From here on the log is short again; the old snapshot would drag the long one along.
    prepared = null;
    try {
      log.newest().writeCheckpoint(engine);
    } catch (CheckpointAlreadyExistsException _) {
      LOG.debug("Another writer made the checkpoint of {}", name);
    } catch (IOException | RuntimeException failed) {
      LOG.warn("The checkpoint of {} failed; its data is safe and the next one will do", name, failed);
    }
  }

  private Snapshot take(TableState from) {
    Snapshot ready = prepared;
    prepared = null;
    return ready != null && ready.getVersion() == from.version() ? ready : log.kernel(from);
  }

  private List<Row> rows(TableState from, DeltaTable.Change change) {
    FileActions actions = actions(from);
    List<Row> rows = new ArrayList<>();
    change
        .markers()
        .forEach(
            // Without a time of its own a marker never expires, whatever the table's settings.
            (id, value) ->
                rows.add(
                    SingleAction.createTxnSingleAction(
                        new SetTransaction(id, value, Optional.empty()).toRow())));
    change
        .removed()
        .forEach((path, file) -> rows.add(actions.remove(path, file, change.label().at())));
    Set<Path> folders = new LinkedHashSet<>();
    for (Map.Entry<String, LakeFile> added : change.added().entrySet()) {
      rows.add(actions.add(added.getKey(), added.getValue(), secure(added.getValue())));
      for (Path at = added.getValue().path().getParent();
          at != null && at.startsWith(folder);
          at = at.getParent()) {
        folders.add(at);
      }
    }
    secureFolders(folders);
    return rows;
  }

  /// Forces a data file to the disk.
  ///
  /// @return when it was written
  private Instant secure(LakeFile file) {
    try {
      if (!Files.isRegularFile(file.path())) {
        throw DeltaFaults.notWritten(name, file, "is missing");
      }
      long bytes = Files.size(file.path());
      if (bytes != file.bytes()) {
        throw DeltaFaults.notWritten(
            name, file, "has " + bytes + " bytes and not " + file.bytes());
      }
      DurableFiles.force(file.path());
      return Files.getLastModifiedTime(file.path()).toInstant();
    } catch (IOException refused) {
      throw StoreFaults.of("Committing to " + name, folder, refused);
    }
  }

  private void secureFolders(Set<Path> folders) {
    try {
      for (Path each : folders) {
        DurableFiles.forceFolder(each);
      }
    } catch (IOException refused) {
      throw StoreFaults.of("Committing to " + name, folder, refused);
    }
  }

  private static boolean isCheckpointDue(List<PostCommitHook> hooks) {
    return hooks.stream().anyMatch(hook -> hook.getType() == PostCommitHookType.CHECKPOINT);
  }
}
