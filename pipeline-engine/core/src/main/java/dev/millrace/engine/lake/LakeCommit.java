package dev.millrace.engine.lake;

import dev.millrace.engine.model.TopicPartition;
import java.util.List;
import java.util.Map;

/// What one commit adds, removes and marks.
///
/// @param operation verb for the history, for example `STREAMING UPDATE` or `REBUILD`
/// @param nextOffsets progress of the Kafka partitions in it; the others keep theirs
/// @param sourceVersions versions of the source tables this state was built from
public record LakeCommit(
    String operation,
    List<LakeFile> added,
    List<LakeFile> removed,
    Map<TopicPartition, Long> nextOffsets,
    Map<String, Long> sourceVersions) {

  public LakeCommit {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    nextOffsets = Map.copyOf(nextOffsets);
    sourceVersions = Map.copyOf(sourceVersions);
  }
}
