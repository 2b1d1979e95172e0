package dev.millrace.engine.lake;

import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// One table of the lake.
///
/// Any thread may call. A snapshot is immutable and stays readable while later commits land, until
/// a vacuum removes its files. A commit is atomic: a reader sees all of it or nothing. Data files
/// are written before the commit; files of a commit that did not land are orphans which nothing
/// reads.
public interface LakeTable {

  TableName name();

  /// Tells this table from another that stood, or will stand, under its name.
  default String id() {
    return name().toString();
  }

  Schema schema();

  /// Date column the files are partitioned by, or empty.
  Optional<String> partition();

  /// The newest version as of now.
  LakeSnapshot snapshot();

  /// The table as it was at a version. Its data files can be gone when a vacuum ran since.
  ///
  /// @throws dev.millrace.engine.error.MillraceException `LAKE` when there is no such version, or
  ///   the log no longer tells it
  LakeSnapshot snapshotAt(long version);

  /// The columns the table had at a version; a version's files are read by these.
  ///
  /// @throws dev.millrace.engine.error.MillraceException as {@link #snapshotAt}
  default Schema schemaAt(long version) {
    return schema();
  }

  /// Everything that lies in the table's folder, for its care.
  default TableStorage storage() {
    throw new UnsupportedOperationException(name() + " lies in no folder");
  }

  /// What the commits after `from`, up to and including `to`, did to the rows; empty when the log
  /// no longer tells, or there are no such versions.
  default Optional<LakeChanges> changes(long from, long to) {
    return Optional.empty();
  }

  /// Whether the bytes of a file of this table are still there, which a vacuum may have removed.
  default boolean isThere(LakeFile file) {
    return Files.isRegularFile(file.path());
  }

  /// Commits against exactly `base`.
  ///
  /// A lost race changes nothing and returns {@link CommitOutcome.Conflict}; the caller takes a
  /// fresh snapshot, checks its premises there (offsets, removed files) and decides anew. The data
  /// files are on the disk for good before the commit is. A commit that throws has mostly not
  /// landed, but may have, if the disk failed at its very end: a fresh snapshot's markers tell.
  CommitOutcome commit(LakeSnapshot base, LakeCommit commit);

  /// Folder new data files of the partition value are written to; it exists after the call.
  ///
  /// @param partitionValue ISO date, or empty for an unpartitioned table
  Path dataFolder(Optional<LocalDate> partitionValue);

  /// Versions from the newest back, at most `limit`.
  List<LakeVersion> history(int limit);
}
