package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A Delta table in a local folder.
///
/// Any thread may call. One lock guards the log's further reading and the commits; a reader takes it
/// only when there is something new to read.
final class DeltaTable implements LakeTable {

  private final TableName name;
  private final Path folder;
  private final DeltaLog log;
  private final LogWriter writer;
  private final String engineInfo;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// The newest state anyone here has seen; replaced under the lock, read by all.
  private volatile TableState state;

  DeltaTable(
      TableName name,
      Path folder,
      DeltaLog log,
      LogWriter writer,
      String engineInfo,
      InstantSource clock) {
    this.name = name;
    this.folder = folder;
    this.log = log;
    this.writer = writer;
    this.engineInfo = engineInfo;
    this.clock = clock;
    this.state = log.load();
  }

  @Override
  public TableName name() {
    return name;
  }

  @Override
  public Schema schema() {
    return state.shape().schema();
  }

  @Override
  public Optional<String> partition() {
    return state.shape().partition();
  }

  TableShape shape() {
    return state.shape();
  }

  @Override
  public LakeSnapshot snapshot() {
    TableState seen = state;
    if (log.endsAt(seen.version())) {
      return seen.snapshot();
    }
    lock.lock();
    try {
      return catchUp().snapshot();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CommitOutcome commit(LakeSnapshot base, LakeCommit commit) {
    lock.lock();
    try {
      TableState from = catchUp();
      if (from.version() != base.version()) {
        return new CommitOutcome.Conflict(from.version());
      }
      Change change = change(from, commit);
      if (!writer.write(from, change)) {
        return new CommitOutcome.Conflict(catchUp().version());
      }
      state =
          from.next(
              change.label().at(), change.added(), change.removed().keySet(), change.markers());
      writer.afterCommit();
      return new CommitOutcome.Committed(state.snapshot());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Path dataFolder(Optional<LocalDate> partitionValue) {
    Optional<String> column = partition();
    if (column.isPresent() != partitionValue.isPresent()) {
      throw new IllegalArgumentException(
          name + " is partitioned by " + column.orElse("nothing") + ", not by " + partitionValue);
    }
    Path data =
        partitionValue.map(day -> folder.resolve(column.orElseThrow() + "=" + day)).orElse(folder);
    try {
      DurableFiles.createFolders(data);
    } catch (IOException refused) {
      throw StoreFaults.of("Writing " + name, data, refused);
    }
    return data;
  }

  @Override
  public List<LakeVersion> history(int limit) {
    return log.history(snapshot().version(), limit);
  }

  private TableState catchUp() {
    TableState newest = log.advance(state);
    state = newest;
    return newest;
  }

  private Change change(TableState from, LakeCommit commit) {
    FileActions actions = writer.actions(from);
    Map<String, LakeFile> added = new LinkedHashMap<>();
    for (LakeFile file : commit.added()) {
      if (file.partitionValue().isPresent() != from.shape().partition().isPresent()) {
        throw DeltaFaults.notWritten(name, file, "has no fitting partition value");
      }
      String path = actions.pathInLog(file.path());
      if (from.files().containsKey(path) || added.put(path, actions.kept(file)) != null) {
        throw DeltaFaults.notWritten(name, file, "is in the table already");
      }
    }
    Map<String, LakeFile> removed = new LinkedHashMap<>();
    for (LakeFile file : commit.removed()) {
      String path = liveAs(from, actions, file);
      removed.put(path, file);
    }
    // Delta keeps whole milliseconds; what a commit returns is what a later reading finds.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Map<String, String> metrics =
        Map.of(
            "numAddedFiles", Integer.toString(added.size()),
            "numRemovedFiles", Integer.toString(removed.size()),
            "numOutputRows",
                Long.toString(added.values().stream().mapToLong(LakeFile::rows).sum()));
    return new Change(
        new CommitLabel(commit.operation(), now, engineInfo, metrics),
        added,
        removed,
        Markers.of(commit));
  }

  /// The path the log knows a live file by.
  private String liveAs(TableState from, FileActions actions, LakeFile file) {
    String path = actions.pathInLog(file.path());
    if (from.files().containsKey(path)) {
      return path;
    }
    // Another program may have written the same path with other escapes.
    return from.files().entrySet().stream()
        .filter(live -> live.getValue().path().equals(file.path()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> DeltaFaults.notWritten(name, file, "was to be removed and is not live"));
  }

  /// What a commit changes, by the paths the log knows files by.
  record Change(
      CommitLabel label,
      Map<String, LakeFile> added,
      Map<String, LakeFile> removed,
      Map<String, Long> markers) {}
}
