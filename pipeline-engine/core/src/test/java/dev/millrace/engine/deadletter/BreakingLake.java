package dev.millrace.engine.deadletter;

import dev.millrace.engine.lake.CommitOutcome;
import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeCommit;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.LakeVersion;
import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// A lake whose commits are steps that can break.
record BreakingLake(Lake real, Breaks breaks) implements Lake {

  @Override
  public List<TableName> tables() {
    return real.tables();
  }

  @Override
  public Optional<LakeTable> find(TableName name) {
    return real.find(name).map(table -> new Table(table, breaks));
  }

  @Override
  public LakeTable open(TableName name, Schema schema, Optional<String> partition) {
    return new Table(real.open(name, schema, partition), breaks);
  }

  @Override
  public LakeTable openWidened(TableName name, Schema schema, Optional<String> partition) {
    return new Table(real.openWidened(name, schema, partition), breaks);
  }

  private record Table(LakeTable real, Breaks breaks) implements LakeTable {

    @Override
    public CommitOutcome commit(LakeSnapshot base, LakeCommit commit) {
      breaks.step("before commit " + commit.operation());
      CommitOutcome outcome = real.commit(base, commit);
      breaks.step("after commit " + commit.operation());
      return outcome;
    }

    @Override
    public TableName name() {
      return real.name();
    }

    @Override
    public Schema schema() {
      return real.schema();
    }

    @Override
    public Optional<String> partition() {
      return real.partition();
    }

    @Override
    public LakeSnapshot snapshot() {
      return real.snapshot();
    }

    @Override
    public LakeSnapshot snapshotAt(long version) {
      return real.snapshotAt(version);
    }

    @Override
    public Path dataFolder(Optional<LocalDate> partitionValue) {
      return real.dataFolder(partitionValue);
    }

    @Override
    public List<LakeVersion> history(int limit) {
      return real.history(limit);
    }
  }
}
