package dev.millrace.engine.lake;

import dev.millrace.engine.model.Schema;
import dev.millrace.engine.model.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one commit adds, removes and marks.
///
/// @param operation verb for the history, for example `STREAMING UPDATE` or `REBUILD`
/// @param nextOffsets progress of the Kafka partitions in it; the others keep theirs
/// @param sourceVersions versions of the source tables this state was built from
/// @param dataChange whether it changes what rows the table holds; false says that the added files
///   hold exactly the rows of the removed ones, so that no reader of changes needs to look
/// @param schema the table's columns from this version on; empty when they stay. The partition
///   column stays in any case, and the live files fit the new columns: a column no file has is null
public record LakeCommit(
    String operation,
    List<LakeFile> added,
    List<LakeFile> removed,
    Map<TopicPartition, Long> nextOffsets,
    Map<String, Long> sourceVersions,
    boolean dataChange,
    Optional<Schema> schema) {

  public LakeCommit {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    nextOffsets = Map.copyOf(nextOffsets);
    sourceVersions = Map.copyOf(sourceVersions);
  }

  /// A commit that leaves the columns as they are.
  public LakeCommit(
      String operation,
      List<LakeFile> added,
      List<LakeFile> removed,
      Map<TopicPartition, Long> nextOffsets,
      Map<String, Long> sourceVersions,
      boolean dataChange) {
    this(operation, added, removed, nextOffsets, sourceVersions, dataChange, Optional.empty());
  }

  /// A commit that changes data.
  public LakeCommit(
      String operation,
      List<LakeFile> added,
      List<LakeFile> removed,
      Map<TopicPartition, Long> nextOffsets,
      Map<String, Long> sourceVersions) {
    this(operation, added, removed, nextOffsets, sourceVersions, true);
  }

  /// A commit that lays the same rows out in other files.
  public static LakeCommit rearranging(
      String operation, List<LakeFile> added, List<LakeFile> removed) {
    return new LakeCommit(operation, added, removed, Map.of(), Map.of(), false);
  }

  /// This commit, which also gives the table other columns.
  public LakeCommit reshaping(Schema columns) {
    return new LakeCommit(
        operation, added, removed, nextOffsets, sourceVersions, dataChange, Optional.of(columns));
  }
}
