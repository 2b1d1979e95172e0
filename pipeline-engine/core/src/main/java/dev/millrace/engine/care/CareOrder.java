package dev.millrace.engine.care;

import dev.millrace.engine.model.TableName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a person wants done for the tables of a pipeline.
public sealed interface CareOrder {

  /// A verb for people.
  String verb();

  /// Lays a table's rows out in files of a good size.
  ///
  /// @param targetBytes size a file should have
  /// @param zOrder columns whose near values shall lie in the same files; empty to merge small
  ///   files only
  /// @param from first date of the partitions meant; empty for no bound
  /// @param to last date of the partitions meant; empty for no bound
  record Optimize(
      TableName table,
      long targetBytes,
      List<String> zOrder,
      Optional<LocalDate> from,
      Optional<LocalDate> to)
      implements CareOrder {

    /// What readers of Parquet like best.
    public static final long DEFAULT_TARGET_BYTES = 128L << 20;

    public Optimize {
      zOrder = List.copyOf(zOrder);
    }

    @Override
    public String verb() {
      return "optimize";
    }
  }

  /// Deletes files that no version of the last while refers to.
  ///
  /// @param retention how long a version stays readable after it was replaced
  /// @param allowShort whether a retention under {@link VacuumTable#LEAST_RETENTION} is meant
  record Vacuum(TableName table, Duration retention, boolean allowShort) implements CareOrder {
    @Override
    public String verb() {
      return "vacuum";
    }
  }

  /// Makes an earlier version the newest.
  ///
  /// @param offsets what becomes of the stream's place in Kafka
  record Restore(TableName table, long version, Offsets offsets) implements CareOrder {
    @Override
    public String verb() {
      return "restore";
    }
  }

  /// What a restore does to the Kafka offsets that a table holds.
  enum Offsets {
    /// The stream goes on where it is; what came in after the version stays out of the table.
    KEEP,
    /// The stream goes back to where it was at the version and takes in what came after it again.
    REREAD
  }

  /// Takes partitions out that are older than the definition's retention.
  ///
  /// @param table the only one; empty for all
  record Expire(Optional<TableName> table) implements CareOrder {
    @Override
    public String verb() {
      return "expire";
    }
  }

  /// Changes a table's columns.
  record Evolve(TableName table, List<SchemaChange> changes) implements CareOrder {
    public Evolve {
      changes = List.copyOf(changes);
    }

    @Override
    public String verb() {
      return "alter";
    }
  }

  /// Erases a sensor, device or person from every table, its past included.
  record Erase(Subject subject) implements CareOrder {
    @Override
    public String verb() {
      return "erase";
    }
  }

  /// Looks through every file of every table for what should have been erased.
  record Prove(Subject subject) implements CareOrder {
    @Override
    public String verb() {
      return "prove";
    }
  }
}
