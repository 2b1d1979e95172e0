package dev.millrace.engine.lake.delta;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.lake.store.StoreException;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.lake.store.StoreFileIO;
import dev.millrace.engine.lake.store.Stored;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The log of one table, read.
///
/// A state once read is carried forward entry by entry, so a reading costs what is new and not what
/// stands. Any thread may call.
final class DeltaLog {

  static final String FOLDER = "_delta_log";
  private static final String LAST_CHECKPOINT = "_last_checkpoint";
  private static final Pattern ENTRY = Pattern.compile("\\d{20}\\.(json|checkpoint\\..*parquet)");

  private static final Pattern JSON_ENTRY = Pattern.compile("\\d{20}\\.json");

  private static final int MOST_READINGS = 5;

  private static final StructType WHOLE = SingleAction.CHECKPOINT_SCHEMA;
  private static final int WHOLE_ADD = WHOLE.indexOf("add");
  private static final int WHOLE_TXN = WHOLE.indexOf("txn");

  private final TableName name;
  private final Path folder;
  private final StoreFileIO files;
  private final Engine engine;

  /// @param folder the table's, absolute and normalised
  DeltaLog(TableName name, Path folder, StoreFileIO files, Engine engine) {
    this.name = name;
    this.folder = folder;
    this.files = files;
    this.engine = engine;
  }

  StoreFileIO files() {
    return files;
  }

  /// Whether there is a table.
  boolean stands() {
    try {
      Path log = folder.resolve(FOLDER);
      return files.find(log.resolve(LAST_CHECKPOINT)).isPresent()
          || files.find(entry(0)).isPresent()
          || files.store().list(files.nameOf(log), "").stream()
              .anyMatch(file -> ENTRY.matcher(file.lastName()).matches());
    } catch (IOException unreadable) {
      throw StoreFaults.of("Looking for a table", files.placeOf(folder), unreadable);
    }
  }

  /// Whether this version is the newest, told without reading anything.
  boolean endsAt(long version) {
    return reading(() -> !exists(entry(version + 1)) && exists(entry(version)));
  }

  /// The newest state, read from the checkpoint on.
  TableState load() {
    return readingBesideCleanUp(() -> whole(newest()));
  }

  /// The newest state, given an earlier one.
  TableState advance(TableState from) {
    return readingBesideCleanUp(
        () -> {
          TableState at = from;
          while (exists(entry(at.version() + 1))) {
            Optional<TableState> next = step(at);
            if (next.isEmpty()) {
              return whole(newest());
            }
            at = next.get();
          }
          // A clean-up may have taken the entries that led on from a state this old.
          return exists(entry(at.version())) ? at : whole(newest());
        });
  }

  /// The state at an earlier version.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when the log no longer tells it
  TableState at(long version) {
    return reading(
        () -> {
          Snapshot snapshot;
          try {
            snapshot =
                TableManager.loadSnapshot(StoreFileIO.textOf(folder))
                    .atVersion(version)
                    .build(engine);
          } catch (KernelException gone) {
            throw DeltaFaults.versionGone(name, version, gone);
          }
          return whole(snapshot);
        });
  }

  /// What the entries after `from`, up to and including `to`, did to the rows; empty when one of
  /// them is gone or says too little of what it took out.
  Optional<LakeChanges> changes(TableShape shape, long from, long to) {
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    return reading(
        () -> {
          FileActions actions = actions(shape);
          Map<String, LakeFile> came = new LinkedHashMap<>();
          Map<String, LakeFile> went = new LinkedHashMap<>();
          for (long version = from + 1; version <= to; version++) {
            Path entry = entry(version);
            if (!exists(entry)) {
              return Optional.empty();
            }
            LogEntry read = LogEntry.read(entry, actions, engine);
            for (Map.Entry<String, Optional<LakeFile>> gone : read.removedData().entrySet()) {
              if (came.remove(gone.getKey()) == null) {
                if (gone.getValue().isEmpty()) {
                  return Optional.empty();
                }
                went.put(gone.getKey(), gone.getValue().get());
              }
            }
            for (Map.Entry<String, LakeFile> added : read.addedData().entrySet()) {
              if (went.remove(added.getKey()) == null) {
                came.put(added.getKey(), added.getValue());
              }
            }
          }
          return Optional.of(
              new LakeChanges(List.copyOf(came.values()), List.copyOf(went.values())));
        });
  }

  /// The action that gives the newest version this schema and leaves the rest of it as it is.
  Row widened(Schema schema) {
    return reading(
        () ->
            SingleAction.createMetadataSingleAction(
                newest().getMetadata().withNewSchema(DeltaTypes.struct(schema)).toRow()));
  }

  /// Kernel's snapshot of the newest version.
  Snapshot newest() {
    return TableManager.loadSnapshot(StoreFileIO.textOf(folder)).build(engine);
  }

  /// Versions from the newest back as far as the log reaches, at most `limit`.
  List<LakeVersion> history(long newest, int limit) {
    return reading(
        () -> {
          List<LakeVersion> versions = new ArrayList<>();
          for (long version = newest; version >= 0 && versions.size() < limit; version--) {
            Path entry = entry(version);
            if (!exists(entry)) {
              break;
            }
            Optional<CommitInfo> info = info(entry);
            versions.add(
                new LakeVersion(
                    version,
                    info.map(i -> Instant.ofEpochMilli(i.getTimestamp()))
                        .orElseGet(() -> written(entry)),
                    info.flatMap(CommitInfo::getOperation).orElse(""),
                    info.flatMap(CommitInfo::getEngineInfo).orElse(""),
                    info.flatMap(i -> Change.effect(i.getOperationMetrics()))));
          }
          return versions;
        });
  }

  /// Whether the bytes of a data file are there.
  boolean isThere(Path file) {
    return reading(() -> exists(file));
  }

  Path entry(long version) {
    return folder.resolve(FOLDER).resolve(String.format("%020d.json", version));
  }

  private TableState whole(Snapshot snapshot) {
    TableShape shape = TableShape.of(name, snapshot);
    FileActions actions = actions(shape);
    Map<String, LakeFile> files = new LinkedHashMap<>();
    Map<String, Long> markers = new HashMap<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getCreateCheckpointIterator(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            if (!row.isNullAt(WHOLE_ADD)) {
              AddFile add = new AddFile(row.getStruct(WHOLE_ADD));
              files.put(add.getPath(), actions.read(add));
            } else if (!row.isNullAt(WHOLE_TXN)) {
              SetTransaction marker = SetTransaction.fromRow(row.getStruct(WHOLE_TXN));
              markers.put(marker.getAppId(), marker.getVersion());
            }
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    Path entry = entry(snapshot.getVersion());
    Instant at =
        info(entry)
            .map(info -> Instant.ofEpochMilli(info.getTimestamp()))
            .orElseGet(() -> written(entry));
    return TableState.of(snapshot.getVersion(), at, shape, LiveFiles.of(files), markers);
  }

  /// The state one entry on, or empty when the entry changes the table's shape.
  private Optional<TableState> step(TableState from) {
    Path entry = entry(from.version() + 1);
    LogEntry read = LogEntry.read(entry, actions(from.shape()), engine);
    if (read.reshapes()) {
      return Optional.empty();
    }
    Instant at =
        info(entry)
            .map(info -> Instant.ofEpochMilli(info.getTimestamp()))
            .orElseGet(() -> written(entry));
    return Optional.of(from.next(at, read.added(), read.removed().keySet(), read.markers()));
  }

  private FileActions actions(TableShape shape) {
    return new FileActions(name, folder, shape.schema(), shape.partition());
  }

  private Optional<CommitInfo> info(Path entry) {
    return exists(entry)
        ? CommitInfo.tryReadCommitInfoFromDeltaFile(engine, status(entry))
        : Optional.empty();
  }

  private FileStatus status(Path entry) {
    try {
      return engine.getFileSystemClient().getFileStatus(StoreFileIO.textOf(entry));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private boolean exists(Path entry) {
    return find(entry).isPresent();
  }

  private Instant written(Path entry) {
    return find(entry).map(Stored::modified).orElse(Instant.EPOCH);
  }

  private Optional<Stored> find(Path entry) {
    try {
      return files.find(entry);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// As {@link #reading}, begun anew where a clean-up took a file between its listing and its
  /// reading: what leads to the newest version stands then under newer names.
  private <T> T readingBesideCleanUp(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return reading(work);
      } catch (MillraceException failed) {
        if (attempt == MOST_READINGS || !isForMissingFile(failed)) {
          throw failed;
        }
      }
    }
  }

  private static boolean isForMissingFile(Throwable failed) {
    return isFor(failed, NoSuchFileException.class, FileNotFoundException.class);
  }

  @SafeVarargs
  private static boolean isFor(Throwable failed, Class<? extends Throwable>... kinds) {
    for (Throwable at = failed; at != null; at = at.getCause()) {
      for (Class<? extends Throwable> kind : kinds) {
        if (kind.isInstance(at)) {
          return true;
        }
      }
    }
    return false;
  }

  private <T> T reading(Supplier<T> work) {
    try {
      return work.get();
    } catch (TableNotFoundException _) {
      throw DeltaFaults.gone(name, files.placeOf(folder));
    } catch (KernelException | KernelEngineException | UncheckedIOException failed) {
      throw brokenEntry(failed)
          .orElseGet(() -> DeltaFaults.of("Reading", name, files.placeOf(folder), failed));
    } catch (MillraceException told) {
      throw told;
    } catch (RuntimeException failed) {
      // Kernel takes what is no action for a fault of its own.
      Optional<MillraceException> broken = brokenEntry(failed);
      throw broken.isPresent() ? broken.get() : failed;
    }
  }

  /// The failure for the first entry that is no JSON, told with its line; empty when all are sound
  /// or what failed was the disk or a server.
  private Optional<MillraceException> brokenEntry(RuntimeException failed) {
    if (isFor(
        failed, NoSuchFileException.class, FileNotFoundException.class, StoreException.class)) {
      return Optional.empty();
    }
    try {
      Path log = folder.resolve(FOLDER);
      for (Stored each : files.store().list(files.nameOf(log), "")) {
        if (JSON_ENTRY.matcher(each.lastName()).matches()) {
          OptionalInt line = LogText.brokenLine(files.store().read(each.name()));
          if (line.isPresent()) {
            String place = files.placeOf(log.resolve(each.lastName()));
            return Optional.of(DeltaFaults.brokenLine(name, place, line.getAsInt(), failed));
          }
        }
      }
      return Optional.empty();
    } catch (IOException unreadable) {
      failed.addSuppressed(unreadable);
      return Optional.empty();
    }
  }
}
