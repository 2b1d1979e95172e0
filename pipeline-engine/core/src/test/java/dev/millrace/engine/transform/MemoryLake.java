package dev.millrace.engine.transform;

import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.CommitOutcome.Committed;
import dev.millrace.engine.lake.CommitOutcome.Conflict;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeChanges;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A lake whose files are real and whose versions live in memory. For one thread.
public final class MemoryLake implements Lake {

  private final Path root;
  private final Map<TableName, Table> tables = new TreeMap<>();

  /// Commits that shall be refused as if another writer had been first.
  int conflictsToCome;

  public MemoryLake(Path root) {
    this.root = root;
  }

  @Override
  public List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public Optional<LakeTable> find(TableName name) {
    return Optional.ofNullable(tables.get(name));
  }

  @Override
  public LakeTable open(TableName name, Schema schema, Optional<String> partition) {
    return tables.computeIfAbsent(name, n -> new Table(n, schema, partition));
  }

  private final class Table implements LakeTable {
    private final TableName name;
    private final Schema schema;
    private final Optional<String> partition;
    private final List<LakeSnapshot> versions = new ArrayList<>();
    private final List<String> operations = new ArrayList<>();

    /// The i-th led from version i to the next.
    private final List<LakeCommit> commits = new ArrayList<>();

    Table(TableName name, Schema schema, Optional<String> partition) {
      this.name = name;
      this.schema = schema;
      this.partition = partition;
      versions.add(new LakeSnapshot(0, Instant.EPOCH, List.of(), Map.of(), Map.of()));
      operations.add("CREATE");
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
    public LakeSnapshot snapshot() {
      return versions.getLast();
    }

    @Override
    public LakeSnapshot snapshotAt(long version) {
      return versions.get(Math.toIntExact(version));
    }

    @Override
    public Optional<LakeChanges> changes(long from, long to) {
      List<LakeFile> added = new ArrayList<>();
      List<LakeFile> removed = new ArrayList<>();
      for (LakeCommit commit : commits.subList((int) from, (int) to)) {
        if (commit.dataChange()) {
          for (LakeFile file : commit.removed()) {
            if (!added.remove(file)) {
              removed.add(file);
            }
          }
          added.addAll(commit.added());
        }
      }
      return Optional.of(new LakeChanges(added, removed));
    }

    @Override
    public CommitOutcome commit(LakeSnapshot base, LakeCommit commit) {
      LakeSnapshot newest = snapshot();
      if (conflictsToCome > 0) {
        conflictsToCome--;
        return new Conflict(newest.version() + 1);
      }
      if (base.version() != newest.version()) {
        return new Conflict(newest.version());
      }
      List<LakeFile> files = new ArrayList<>(base.files());
      for (LakeFile file : commit.removed()) {
        if (!files.remove(file)) {
          throw new IllegalArgumentException(file.path() + " is not in the table");
        }
      }
      files.addAll(commit.added());
      Map<String, Long> sources = new HashMap<>(base.sourceVersions());
      sources.putAll(commit.sourceVersions());
      versions.add(
          new LakeSnapshot(base.version() + 1, Instant.EPOCH, files, base.nextOffsets(), sources));
      operations.add(commit.operation());
      commits.add(commit);
      return new Committed(snapshot());
    }

    @Override
    public Path dataFolder(Optional<LocalDate> partitionValue) {
      Path table = root.resolve(name.layer().sqlName()).resolve(name.name());
      Path folder =
          partition
              .flatMap(p -> partitionValue.map(value -> table.resolve(p + "=" + value)))
              .orElse(table);
      try {
        return Files.createDirectories(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public List<LakeVersion> history(int limit) {
      return versions.reversed().stream()
          .limit(limit)
          .map(
              v ->
                  new LakeVersion(
                      v.version(), v.committedAt(), operations.get((int) v.version()), "memory"))
          .toList();
    }
  }
}
