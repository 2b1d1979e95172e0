package dev.millrace.engine.lake.delta;

import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.lake.TableStorage;
import dev.millrace.engine.lake.store.DurableFiles;
import dev.millrace.engine.lake.store.StoreFaults;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import io.delta.kernel.data.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A Delta table in a store.
///
/// Any thread may call. One lock guards the log's further reading and the commits; a reader takes
/// it only when there is something new to read.
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
  public String id() {
    return state.shape().id();
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

  /// Adds the columns that are missing at the end; another writer may be faster.
  void widen(Schema wanted, Optional<String> partition) {
    lock.lock();
    try {
      while (true) {
        TableState from = catchUp();
        if (!from.shape().widensTo(wanted, partition)) {
          return;
        }
        refuseForeign(from);
        CommitLabel label = CommitLabel.now(clock, "ADD COLUMNS", engineInfo);
        if (writer.write(from.version() + 1, label, List.of(log.widened(wanted)))) {
          var _ = catchUp();
          return;
        }
      }
    } finally {
      lock.unlock();
    }
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
  public LakeSnapshot snapshotAt(long version) {
    LakeSnapshot newest = snapshot();
    if (version == newest.version()) {
      return newest;
    }
    if (version < 0 || version > newest.version()) {
      throw DeltaFaults.noVersion(name, version, newest.version());
    }
    return log.at(version).snapshot();
  }

  @Override
  public Schema schemaAt(long version) {
    LakeSnapshot newest = snapshot();
    return version == newest.version() ? schema() : log.at(version).shape().schema();
  }

  @Override
  public TableStorage storage() {
    return new DeltaStorage(name, folder, log, writer, log.files());
  }

  @Override
  public Optional<LakeChanges> changes(long from, long to) {
    return from == to
        ? Optional.of(new LakeChanges(List.of(), List.of()))
        : log.changes(shape(), from, to);
  }

  @Override
  public boolean isThere(LakeFile file) {
    return log.isThere(file.path());
  }

  @Override
  public CommitOutcome commit(LakeSnapshot base, LakeCommit commit) {
    lock.lock();
    try {
      TableState from = catchUp();
      if (from.version() != base.version()) {
        return new CommitOutcome.Conflict(from.version());
      }
      refuseForeign(from);
      Schema columns = commit.schema().orElse(from.shape().schema());
      refuseWithoutPartition(from.shape().partition(), columns);
      FileActions before = actions(from.shape().schema(), from.shape().partition());
      FileActions now = actions(columns, from.shape().partition());
      Change change = Change.of(from, commit, now);
      CommitLabel label =
          CommitLabel.now(clock, commit.operation(), engineInfo).with(change.metrics());
      writer.secure(change.added().values());
      List<Row> rows = new ArrayList<>();
      commit.schema().ifPresent(schema -> rows.add(log.widened(schema)));
      rows.addAll(change.rows(before, now, label));
      if (!writer.write(from.version() + 1, label, rows)) {
        return new CommitOutcome.Conflict(catchUp().version());
      }
      TableState after =
          commit.schema().isPresent()
              ? log.at(from.version() + 1)
              : from.next(label.at(), change.added(), change.removed().keySet(), change.markers());
      state = after;
      writer.data().landed(change.added().values());
      if (after.isCheckpointDue()) {
        writer.checkpoint();
      }
      return new CommitOutcome.Committed(after.snapshot());
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

  private FileActions actions(Schema columns, Optional<String> partition) {
    return new FileActions(name, folder, columns, partition);
  }

  private void refuseWithoutPartition(Optional<String> partition, Schema columns) {
    partition
        .filter(column -> !TableShape.isDate(columns, column))
        .ifPresent(
            column -> {
              throw DeltaFaults.partitionGone(name, column);
            });
  }

  private void refuseForeign(TableState from) {
    from.shape()
        .hindrance()
        .ifPresent(
            feature -> {
              throw DeltaFaults.foreign(name, feature);
            });
  }

  private TableState catchUp() {
    TableState newest = log.advance(state);
    state = newest;
    return newest;
  }
}
