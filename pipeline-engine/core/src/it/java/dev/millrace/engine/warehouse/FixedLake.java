package dev.millrace.engine.warehouse;

import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeFile;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Layer;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// A lake whose tables are what the test last put there, as real Parquet files. It takes no
/// commits.
public final class FixedLake implements Lake {

  private final Path root;
  private final SqlEngine engine;
  private final Map<TableName, Table> tables = new TreeMap<>();

  public FixedLake(Path root, SqlEngine engine) {
    this.root = root;
    this.engine = engine;
  }

  /// Replaces the whole table by the rows of a query, in new files.
  public void put(String name, Optional<String> partition, String sql) {
    TableName table = new TableName(Layer.GOLD, name);
    Schema schema;
    try (SqlSession session = engine.session()) {
      schema = session.describe(sql);
    }
    set(table, schema, partition, write(table, schema, partition, sql));
  }

  /// Replaces one partition by the rows of a query; the other files stay.
  public void replace(String name, LocalDate day, String sql) {
    Table old = Objects.requireNonNull(tables.get(new TableName(Layer.GOLD, name)));
    List<LakeFile> files = new ArrayList<>(old.snapshot().files());
    files.removeIf(file -> file.partitionValue().equals(Optional.of(day)));
    files.addAll(write(old.name(), old.schema(), old.partition(), sql));
    set(old.name(), old.schema(), old.partition(), files);
  }

  /// Gives a table the columns of a query; its files stay as they are.
  public void reshape(String name, String sql) {
    Table old = Objects.requireNonNull(tables.get(new TableName(Layer.GOLD, name)));
    try (SqlSession session = engine.session()) {
      set(old.name(), session.describe(sql), old.partition(), old.snapshot().files());
    }
  }

  /// Removes one partition.
  public void remove(String name, LocalDate day) {
    Table old = Objects.requireNonNull(tables.get(new TableName(Layer.GOLD, name)));
    List<LakeFile> files = new ArrayList<>(old.snapshot().files());
    files.removeIf(file -> file.partitionValue().equals(Optional.of(day)));
    set(old.name(), old.schema(), old.partition(), files);
  }

  private List<LakeFile> write(
      TableName table, Schema schema, Optional<String> partition, String sql) {
    try (SqlSession session = engine.session()) {
      return session.write(
          sql,
          schema,
          partition,
          day -> {
            try {
              return Files.createDirectories(
                  root.resolve(table.name()).resolve(day.map(d -> "day=" + d).orElse("all")));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private void set(
      TableName name, Schema schema, Optional<String> partition, List<LakeFile> files) {
    Table old = tables.get(name);
    long version = old == null ? 0 : old.snapshot().version() + 1;
    tables.put(
        name,
        new Table(
            name,
            schema,
            partition,
            new LakeSnapshot(version, Instant.EPOCH, files, Map.of(), Map.of())));
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
    throw new UnsupportedOperationException();
  }

  private record Table(
      TableName name, Schema schema, Optional<String> partition, LakeSnapshot snapshot)
      implements LakeTable {

    @Override
    public LakeSnapshot snapshotAt(long version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommitOutcome commit(LakeSnapshot base, LakeCommit commit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path dataFolder(Optional<LocalDate> partitionValue) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<LakeVersion> history(int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
