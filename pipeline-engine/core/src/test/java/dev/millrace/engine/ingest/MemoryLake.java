package dev.millrace.engine.ingest;

import dev.millrace.engine.event.ColumnBatch;
import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.DataFiles;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.lake.RowSelection;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.model.TopicPartition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A lake in memory that remembers which Kafka coordinates each file holds. Any thread may call.
///
/// The hooks run before and after every commit that lands, before every file and every opening;
/// what they throw is the fault of that moment.
final class MemoryLake implements Lake, DataFiles {

  private final Map<TableName, MemoryTable> tables = new TreeMap<>();
  private final Map<Path, List<String>> rows = new ConcurrentHashMap<>();
  private final AtomicLong files = new AtomicLong();
  volatile Consumer<TableName> beforeCommit = _ -> {};
  volatile Consumer<TableName> afterCommit = _ -> {};
  volatile Runnable beforeFile = () -> {};
  volatile Runnable beforeOpen = () -> {};

  /// `partition:offset` of every row, in the order of the files.
  List<String> coordinates(TableName name) {
    List<String> all = new ArrayList<>();
    find(name)
        .ifPresent(
            table ->
                table
                    .snapshot()
                    .files()
                    .forEach(f -> all.addAll(rows.getOrDefault(f.path(), List.of()))));
    return all;
  }

  @Override
  public synchronized List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public synchronized Optional<LakeTable> find(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  @Override
  public synchronized LakeTable open(TableName name, Schema schema, Optional<String> partition) {
    beforeOpen.run();
    return tables.computeIfAbsent(name, n -> new MemoryTable(n, schema, partition));
  }

  @Override
  public LakeFile write(
      Path folder, ColumnBatch batch, RowSelection selected, Optional<LocalDate> partitionValue) {
    beforeFile.run();
    int partition = batch.schema().indexOf("kafka_partition");
    int offset = batch.schema().indexOf("kafka_offset");
    List<String> held = new ArrayList<>();
    for (int i = 0; i < selected.size(); i++) {
      int row = selected.row(i);
      held.add(batch.ints(partition).at(row) + ":" + batch.longs(offset).at(row));
    }
    Path path = folder.resolve("file-" + files.incrementAndGet());
    rows.put(path, held);
    return new LakeFile(path, held.size(), held.size(), partitionValue, Map.of());
  }

  private final class MemoryTable implements LakeTable {

    private final TableName name;
    private final Schema schema;
    private final Optional<String> partition;
    private LakeSnapshot newest = new LakeSnapshot(0, Instant.EPOCH, List.of(), Map.of(), Map.of());

    MemoryTable(TableName name, Schema schema, Optional<String> partition) {
      this.name = name;
      this.schema = schema;
      this.partition = partition;
    }

    @Override
    public TableName name() {
      return name;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Optional<String> partition() {
      return partition;
    }

    @Override
    public synchronized LakeSnapshot snapshot() {
      return newest;
    }

    @Override
    public LakeSnapshot snapshotAt(long version) {
      throw new UnsupportedOperationException("This lake knows its newest version only");
    }

    @Override
    public CommitOutcome commit(LakeSnapshot base, LakeCommit commit) {
      beforeCommit.accept(name);
      LakeSnapshot committed;
      synchronized (this) {
        if (base.version() != newest.version()) {
          return new CommitOutcome.Conflict(newest.version());
        }
        List<LakeFile> live = new ArrayList<>(newest.files());
        live.removeAll(commit.removed());
        live.addAll(commit.added());
        Map<TopicPartition, Long> offsets = new HashMap<>(newest.nextOffsets());
        offsets.putAll(commit.nextOffsets());
        newest = new LakeSnapshot(newest.version() + 1, Instant.EPOCH, live, offsets, Map.of());
        committed = newest;
      }
      afterCommit.accept(name);
      return new CommitOutcome.Committed(committed);
    }

    @Override
    public Path dataFolder(Optional<LocalDate> partitionValue) {
      return Path.of(name.toString(), partitionValue.map(LocalDate::toString).orElse("all"));
    }

    @Override
    public List<LakeVersion> history(int limit) {
      return List.of();
    }
  }
}
